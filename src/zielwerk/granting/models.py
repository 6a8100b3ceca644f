"""Notices, what they grant by measure and budget year, what happened with them, acts on them."""

from datetime import date
from typing import Any

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, body_of
from zielwerk.documents.models import StoredFile
from zielwerk.funding.models import Application
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.delivery import REMEDIES, WAYS, Change, DatedDay
from zielwerk.rulebook.grant.events import EVENTS
from zielwerk.rulebook.grant.paths import PATHS
from zielwerk.rulebook.refusal import Refusal, msg

KINDS_OF_ACT = [(kind.value, path.label) for kind, path in PATHS.items()]


class Issuing(Case):
    """What notices and acts share: a draft that is written, then issued for good.

    ``draft`` is what was written so far. ``content`` is what was issued, null before: all that
    the document says, with the words of the rules of that day; ``digest`` is its checksum and
    ``document`` the file. ``written_by`` is who wrote its amounts last. With ``needs_second``
    neither she nor whoever put it forward may issue it.
    """

    ags = models.CharField("Schlüssel", max_length=12)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "year"))
    draft = models.JSONField("Entwurf", default=dict)
    amount_cents = models.BigIntegerField("Betrag in Cent", default=0)
    needs_second = models.BooleanField("eine zweite Person erlässt", default=True)
    content = models.JSONField("Inhalt", null=True, blank=True)
    digest = models.CharField("Prüfsumme", max_length=64, blank=True, default="")
    document = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Schriftstück",
    )
    written_by = models.CharField("geschrieben von", max_length=80, blank=True, default="")
    rule_version = models.CharField("Regelfassung", max_length=64)
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    drafted_at = models.DateTimeField(msg("entworfen"))
    issued_by = models.CharField("erlassen von", max_length=80, blank=True, default="")
    issued_at = models.DateTimeField(msg("erlassen"), null=True, blank=True)
    issued_on = models.DateField("Datum", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)} {self.year}"

    @property
    def is_issued(self) -> bool:
        return self.state == GrantState.ISSUED


def _issued_whole(name: str) -> list[models.BaseConstraint]:
    """Nothing is issued without its document, and by one person only where that is allowed."""
    issued = models.Q(state=GrantState.ISSUED)
    whole = models.Q(document__isnull=False, content__isnull=False, issued_at__isnull=False)
    by_another = ~models.Q(issued_by=models.F("put_forward_by"))
    by_another &= ~models.Q(issued_by=models.F("written_by"))
    by_two = models.Q(needs_second=False) | models.Q(issued_by="") | by_another
    return [
        models.CheckConstraint(condition=~issued | whole, name=f"{name}_issued_whole"),
        models.CheckConstraint(condition=by_two, name=f"{name}_four_eyes"),
    ]


class GrantNotice(Issuing):
    """The decision about an application (Bescheid): granted, in part, or refused.

    ``submission`` is the number of the one that it decides about, ``applied_cents`` what that
    applies for; ``amount_cents`` is what is granted.
    """

    seal_name = "grant_notice"

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="+", verbose_name="Antrag"
    )
    submission = models.PositiveIntegerField("Einreichung")
    applied_cents = models.BigIntegerField("beantragt in Cent")

    class Meta:
        verbose_name = msg("Bescheid")
        verbose_name_plural = msg("Bescheide")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=~models.Q(state=GrantState.DISCARDED),
                name="notice_decides_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gte=0), name="notice_not_below_zero"
            ),
            *_issued_whole("notice"),
        ]
        indexes = [
            models.Index(fields=["programme", "id", "state"], name="notice_in_order"),
            models.Index(fields=["ags", "year"], name="notice_of_body"),
        ]


class GrantAct(Issuing):
    """An act on a notice: an amendment, a release, a revocation and so on.

    ``kind`` is one of :data:`zielwerk.rulebook.grant.paths.PATHS`; ``amount_cents`` is by how much
    it changes the grant, below zero where it gets less. ``pair`` is the release whose money a
    supplement passes on.
    """

    seal_name = "grant_act"

    notice = models.ForeignKey(
        GrantNotice, on_delete=models.PROTECT, related_name="acts", verbose_name="Bescheid"
    )
    kind = models.CharField("Art", max_length=20, choices=KINDS_OF_ACT)
    pair = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pairs",
        verbose_name="gehört zu",
    )
    counts_from = models.DateField("wirksam ab", null=True, blank=True)

    class Meta:
        verbose_name = msg("Änderung eines Bescheids")
        verbose_name_plural = msg("Änderungen von Bescheiden")
        ordering = ["-id"]
        constraints = _issued_whole("act")
        indexes = [models.Index(fields=["programme", "id", "state"], name="act_in_order")]


class OfNotice(Sealed):
    """What belongs to a notice: who entered it, and when."""

    notice = models.ForeignKey(
        GrantNotice, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="Bescheid"
    )
    entered_by = models.CharField("eingetragen von", max_length=80)
    entered_at = models.DateTimeField("eingetragen")

    class Meta:
        abstract = True

    @property
    def ags(self) -> str:
        return self.notice.ags


class GrantedAmount(OfNotice):
    """What a notice grants a measure in a budget year, or by how much an act changes that.

    ``measure`` is its key within the application, ``title`` its name then, ``earmark`` the purpose
    of its money. Of the notice itself ``act`` is null.
    """

    seal_name = "granted_amount"

    act = models.ForeignKey(
        GrantAct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amounts",
        verbose_name="Änderung",
    )
    measure = models.CharField("Maßnahme", max_length=20)
    title = models.CharField("Titel", max_length=300)
    budget_year = models.PositiveSmallIntegerField("Haushaltsjahr")
    earmark = models.CharField("Zweckbindung", max_length=60, blank=True, default="")
    cents = models.BigIntegerField("Betrag in Cent")

    class Meta:
        verbose_name = msg("bewilligter Betrag")
        verbose_name_plural = msg("bewilligte Beträge")
        ordering = ["notice", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "measure", "budget_year"],
                condition=models.Q(act__isnull=True),
                name="granted_once",
            ),
            models.UniqueConstraint(
                fields=["act", "measure", "budget_year"], name="granted_changed_once"
            ),
            models.CheckConstraint(condition=~models.Q(cents=0), name="granted_something"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.budget_year}"


class NoticeEvent(OfNotice):
    """What happened with a notice or an act: sent, received, waived, contested, settled.

    ``day`` is the day of it; of one kind the last entered counts, so that a mistake is corrected
    by entering it again; null says that it did not happen. ``way`` is how it was sent.
    """

    seal_name = "notice_event"

    act = models.ForeignKey(
        GrantAct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="Änderung",
    )
    kind = models.CharField("Ereignis", max_length=12, choices=list(EVENTS.items()))
    day = models.DateField("Tag", null=True, blank=True)
    way = models.CharField("Weg", max_length=12, choices=list(WAYS.items()), blank=True, default="")
    remedy = models.CharField(
        "Rechtsbehelf", max_length=12, choices=list(REMEDIES.items()), blank=True, default=""
    )
    note = GermanTextField("Vermerk", blank=True, default="")

    class Meta:
        verbose_name = msg("Ereignis zu einem Bescheid")
        verbose_name_plural = msg("Ereignisse zu einem Bescheid")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.kind


class ReckonedDays(OfNotice):
    """The days of a notice or an act as they were reckoned, each time that one of them changed.

    ``days`` are all of them since then: code, label, day. ``changed`` are those that are others
    than before: code, label, the day before and the day now, null where there was or is none.
    ``event`` is what was entered; null where something else was learnt, such as a holiday.
    """

    seal_name = "reckoned_days"

    act = models.ForeignKey(
        GrantAct,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reckoned",
        verbose_name="Änderung",
    )
    event = models.ForeignKey(
        NoticeEvent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Ereignis",
    )
    days = models.JSONField("Tage")
    changed = models.JSONField("geänderte Tage")

    class Meta:
        verbose_name = msg("Tage eines Bescheids")
        verbose_name_plural = msg("Tage von Bescheiden")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.notice_id}"

    @property
    def dated(self) -> list[DatedDay]:
        """All days since then, as the rules compare them."""
        return [DatedDay(code, label, date.fromisoformat(day)) for code, label, day in self.days]

    @property
    def changes(self) -> list[Change]:
        """The days that changed."""
        return [
            Change(code, label, _day(before), _day(after))
            for code, label, before, after in self.changed
        ]

    @property
    def moved(self) -> bool:
        """Whether a day that was known is another one now, or none; not the first reckoning."""
        return any(each.before for each in self.changes)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


class Takeover(OfNotice):
    """A notice passed from one body to its successor: from then on it is the successor's.

    The document names whom it was issued to, and stays. ``case`` is the number of the act of
    succession, ``passed_on`` the day on which it was carried out.
    """

    seal_name = "notice_takeover"

    source = models.CharField("von", max_length=12)
    source_name = GermanField("bisherige Körperschaft", max_length=120)
    target = models.CharField("an", max_length=12)
    target_name = GermanField("Nachfolgerin", max_length=120)
    case = models.CharField("Aktenzeichen der Rechtsnachfolge", max_length=30)
    passed_on = models.DateField("übergegangen am")

    class Meta:
        verbose_name = msg("Übergang eines Bescheids")
        verbose_name_plural = msg("Übergänge von Bescheiden")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="takeover_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.source} {self.target}"


class IssuedTogether(Sealed):
    """Several notices that one person issued at once, with the list that she had before her.

    ``entries`` name each notice with its number, recipient and amount; ``code`` is the check code
    of the list.
    """

    seal_name = "issued_together"

    entries = models.JSONField("Liste")
    code = models.CharField("Prüfzeichen", max_length=16)
    count = models.PositiveSmallIntegerField("Anzahl")
    amount_cents = models.BigIntegerField("Betrag in Cent")
    issued_by = models.CharField("erlassen von", max_length=80)
    issued_at = models.DateTimeField("erlassen")

    class Meta:
        verbose_name = msg("gemeinsamer Erlass")
        verbose_name_plural = msg("gemeinsame Erlasse")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code


GUARDS = tuple(
    guard
    for table in ("grantedamount", "noticeevent", "reckoneddays", "takeover", "issuedtogether")
    for guard in append_only(f"granting_{table}")
)
DECIDED_ALREADY = Refusal(
    "grant.decided_already",
    msg("Über diesen Antrag wird schon mit einem anderen Bescheid entschieden."),
)
FOUR_EYES = Refusal(
    "grant.four_eyes", msg("Vorgelegt und erlassen wird von zwei verschiedenen Personen.")
)
RACES: dict[str, Any] = {
    "notice_decides_once": DECIDED_ALREADY,
    "granting_grantnotice.application_id": DECIDED_ALREADY,
    "notice_four_eyes": FOUR_EYES,
    "act_four_eyes": FOUR_EYES,
}
