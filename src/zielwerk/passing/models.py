"""Pass-ons, what they pass on by budget year, what was spent, papers that came, reminders."""

from typing import Any

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, SortKey, body_of
from zielwerk.documents.models import StoredFile
from zielwerk.granting.models import GrantNotice
from zielwerk.programme.models import Party
from zielwerk.rulebook.passing.course import COUNTING, PassState
from zielwerk.rulebook.refusal import Refusal, msg


class PassOn(Case):
    """What a body passes on of a measure's grant, to a Träger or to itself.

    ``measure`` is the measure's key within the application, ``title`` its name then. ``draft`` is
    what was written; the columns from ``way`` to ``proof_due`` are its, for lists. ``carrier`` is
    the name of ``party``, or of the body where it carries the measure out itself. ``content`` is
    what came into force, null before, ``document`` the file where its way has one.
    ``rule_version`` is that of the notice, for ever. ``changes`` is the pass-on whose place it
    takes, ``origin`` the first of that chain: to it belongs what was spent and which papers came.
    """

    seal_name = "pass_on"

    notice = models.ForeignKey(
        GrantNotice, on_delete=models.PROTECT, related_name="+", verbose_name="Bescheid"
    )
    measure = models.CharField("Schlüssel der Maßnahme", max_length=20)
    title = models.CharField("Maßnahme", max_length=300)
    title_key = SortKey("Sortierschlüssel der Maßnahme", of=("title",))
    last_day = models.DateField(msg("letzter Tag der Maßnahme"), null=True, blank=True)
    ags = models.CharField("Schlüssel", max_length=12)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Träger",
    )
    carrier = GermanField("Name des Trägers", max_length=160, blank=True, default="")
    carrier_key = SortKey("Sortierschlüssel des Trägers", of=("carrier",))
    search_text = SearchText("Suchtext", of=("file_number", "title", "carrier", "body_name"))
    way = models.CharField("Art der Weitergabe", max_length=40, blank=True, default="")
    amount_cents = models.BigIntegerField("Betrag in Cent", default=0)
    other_cents = models.BigIntegerField("Kofinanzierung in Cent", default=0)
    seats = models.PositiveIntegerField("Plätze", null=True, blank=True)
    proof_due = models.DateField("Nachweis bis", null=True, blank=True)
    draft = models.JSONField("Entwurf", default=dict)
    needs_second = models.BooleanField("eine zweite Person setzt in Kraft", default=True)
    written_by = models.CharField("geschrieben von", max_length=80, blank=True, default="")
    content = models.JSONField("Inhalt", null=True, blank=True)
    digest = models.CharField("Prüfsumme", max_length=64, blank=True, default="")
    document = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Dokument",
    )
    rule_version = models.CharField("Regelfassung", max_length=64)
    changes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changed_by",
        verbose_name="tritt an die Stelle von",
    )
    origin = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="later",
        verbose_name="geht zurück auf",
    )
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    drafted_at = models.DateTimeField(msg("entworfen"))
    concluded_by = models.CharField("in Kraft gesetzt von", max_length=80, blank=True, default="")
    concluded_at = models.DateTimeField("in Kraft gesetzt", null=True, blank=True)
    concluded_on = models.DateField(msg("in Kraft seit"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Weiterleitung")
        verbose_name_plural = msg("Weiterleitungen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["changes"],
                condition=~models.Q(state=PassState.DISCARDED),
                name="pass_on_changed_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gte=0), name="pass_on_not_below_zero"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(COUNTING))
                | models.Q(
                    content__isnull=False, concluded_at__isnull=False, concluded_on__isnull=False
                ),
                name="pass_on_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(needs_second=False)
                | models.Q(concluded_by="")
                | ~models.Q(concluded_by=models.F("put_forward_by"))
                & ~models.Q(concluded_by=models.F("written_by")),
                name="pass_on_four_eyes",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "id", "state"], name="pass_on_in_order"),
            models.Index(fields=["ags", "year"], name="pass_on_of_body"),
            models.Index(fields=["notice", "measure"], name="pass_on_of_measure"),
            models.Index(fields=["party", "state"], name="pass_on_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)} {self.year}"

    @property
    def first_pk(self) -> int:
        """The number of the first of its chain."""
        return self.origin_id or self.pk

    @property
    def counts(self) -> bool:
        """Whether it is, or was, in force."""
        return self.state in COUNTING


class OfPassOn(Sealed):
    """What belongs to a pass-on: who entered it, and when."""

    pass_on = models.ForeignKey(
        PassOn, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="Weiterleitung"
    )
    entered_by = models.CharField("eingetragen von", max_length=80)
    entered_at = models.DateTimeField("eingetragen")

    class Meta:
        abstract = True

    @property
    def ags(self) -> str:
        return self.pass_on.ags

    @property
    def party_id(self) -> int | None:
        return self.pass_on.party_id


class PassedAmount(OfPassOn):
    """What a pass-on in force passes on in a budget year."""

    seal_name = "passed_amount"

    budget_year = models.PositiveSmallIntegerField("Haushaltsjahr")
    cents = models.BigIntegerField("Betrag in Cent")

    class Meta:
        verbose_name = msg("weitergegebener Betrag")
        verbose_name_plural = msg("weitergegebene Beträge")
        ordering = ["pass_on", "budget_year"]
        constraints = [
            models.UniqueConstraint(fields=["pass_on", "budget_year"], name="passed_once"),
            models.CheckConstraint(condition=models.Q(cents__gt=0), name="passed_something"),
        ]

    def __str__(self) -> str:
        return f"{self.pass_on} {self.budget_year}"


class Spent(OfPassOn):
    """What was spent of a budget year by a day, and how many seats were taken.

    It counts up from the first day of the year. Of one budget year the last entered counts, so that
    a mistake is corrected by entering it again; ``cents`` null says that nothing is known of it any
    more. ``source`` is how it came in.
    """

    seal_name = "spent"

    class Source(models.TextChoices):
        TYPED = "typed", msg("eingetragen")
        PASTED = "pasted", msg("aus Tabelle eingefügt")

    budget_year = models.PositiveSmallIntegerField("Haushaltsjahr")
    day = models.DateField("Stand vom")
    cents = models.BigIntegerField("verausgabt in Cent", null=True, blank=True)
    taken = models.PositiveIntegerField("belegte Plätze", null=True, blank=True)
    source = models.CharField("Herkunft", max_length=10, choices=Source)
    note = GermanField("Vermerk", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = msg("Stand der Ausgaben")
        verbose_name_plural = msg("Stände der Ausgaben")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cents__isnull=True) | models.Q(cents__gte=0),
                name="spent_not_below_zero",
            ),
        ]
        indexes = [models.Index(fields=["pass_on", "budget_year", "id"], name="spent_newest")]

    def __str__(self) -> str:
        return f"{self.pass_on} {self.budget_year}"


class ProviderPaper(OfPassOn):
    """That a paper of the Träger is there, with the file where one came; or that it is not.

    Of one code the last entered counts.
    """

    seal_name = "provider_paper"

    code = models.CharField("Unterlage", max_length=60)
    is_there = models.BooleanField("liegt vor", default=True)
    name = GermanField("Dateiname", max_length=200, blank=True, default="")
    file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Datei",
    )

    class Meta:
        verbose_name = msg("Unterlage des Trägers")
        verbose_name_plural = msg("Unterlagen der Träger")
        ordering = ["id"]
        indexes = [models.Index(fields=["pass_on", "code", "id"], name="paper_newest")]

    def __str__(self) -> str:
        return f"{self.pass_on} {self.code}"


class ProviderReminder(OfPassOn):
    """That the Träger was reminded of what it owes, on a day; never twice on one.

    ``missing`` are the codes of the papers that were missing then, ``due`` the day told.
    """

    seal_name = "pass_on_reminder"

    day = models.DateField("Tag")
    missing = models.JSONField("fehlende Unterlagen", default=list)
    due = models.DateField("fällig", null=True, blank=True)

    class Meta:
        verbose_name = msg("Erinnerung an einen Träger")
        verbose_name_plural = msg("Erinnerungen an Träger")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["pass_on", "day"], name="reminded_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.pass_on} {self.day}"


GUARDS = tuple(
    guard
    for table in ("passedamount", "spent", "providerpaper", "providerreminder")
    for guard in append_only(f"passing_{table}")
)
CHANGED_ALREADY = Refusal(
    "passing.changed_already",
    msg("Diese Weiterleitung wird schon durch eine andere geändert."),
)
FOUR_EYES = Refusal(
    "passing.four_eyes",
    msg("Geschrieben oder vorgelegt und in Kraft gesetzt wird von zwei verschiedenen Personen."),
)
REMINDED_TODAY = Refusal(
    "passing.reminded_today", msg("An einen Teil der Auswahl ging heute schon eine Erinnerung.")
)
RACES: dict[str, Any] = {
    "pass_on_changed_once": CHANGED_ALREADY,
    "passing_passon.changes_id": CHANGED_ALREADY,
    "pass_on_four_eyes": FOUR_EYES,
    "reminded_once_a_day": REMINDED_TODAY,
    "passing_providerreminder.pass_on_id": REMINDED_TODAY,
}
