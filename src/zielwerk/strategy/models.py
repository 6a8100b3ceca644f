"""Versions of regional strategies, their priorities, consents and requests for them."""

from datetime import date
from typing import Any

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.digests import digest_of, keyed_digest
from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.core.guards import Guard, append_only, no_replacing, refuse
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, body_of
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.consent import ANSWERS, ConsentAnswer, Party
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.strategy import ENDS, StrategyState, Validity

LAID_DOWN = (StrategyState.IN_FORCE, *ENDS)


class Strategy(Case):
    """One version of the regional strategy of a body.

    It holds from ``valid_from`` to ``valid_until``, whose absence says that the end is unknown;
    ``ended_on`` is the first day on which it holds no more, since ``ended_by`` took its place or
    it was withdrawn. ``priorities`` are its priorities as it reads, each with ``code``, ``title``
    and ``text``; in force they are rows of :class:`Priority` as well. ``version`` counts those
    of the body that were not discarded, ``replaces`` is the one before. Its programme year is
    that in which it begins to hold, ``rule_version`` names the rules whose stages it passes.
    """

    seal_name = "strategy"

    ags = models.CharField("Schlüssel", max_length=12)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "title"))
    title = GermanField("Titel", max_length=200)
    version = models.PositiveSmallIntegerField("Fassung")
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="folgt auf",
    )
    valid_from = models.DateField(msg("gilt ab"))
    valid_until = models.DateField(msg("gilt bis"), null=True, blank=True)
    ended_on = models.DateField(msg("gilt nicht mehr seit"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="abgelöst durch",
    )
    document = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Schriftstück",
    )
    document_name = GermanField("Dateiname", max_length=200, blank=True, default="")
    source_note = GermanField("Quelle", max_length=500, blank=True, default="")
    priorities = models.JSONField("Schwerpunkte", default=list)
    rule_version = models.CharField("Regelfassung", max_length=64)
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    drafted_at = models.DateTimeField(msg("begonnen"))
    in_force_at = models.DateTimeField(msg("in Kraft gesetzt"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(msg("zurückgezogen"), null=True, blank=True)

    class Meta:
        verbose_name = msg("regionale Strategie")
        verbose_name_plural = "regionale Strategien"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "ags", "version"],
                condition=~models.Q(state=StrategyState.DISCARDED),
                name="strategy_version_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "ags"],
                condition=~models.Q(state__in=LAID_DOWN),
                name="strategy_drafted_once",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="strategy_days_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=StrategyState.IN_FORCE)
                | models.Q(in_force_at__isnull=False),
                name="strategy_in_force_since",
            ),
        ]
        indexes = [models.Index(fields=["programme", "ags", "state"], name="strategy_of_body")]

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)}"

    @property
    def validity(self) -> Validity:
        """The days on which it holds once it is in force."""
        return Validity(self.file_number, self.valid_from, self.valid_until, self.ended_on)

    @property
    def last_day(self) -> date | None:
        return self.validity.last_day

    @property
    def contents(self) -> str:
        """The digest of what it says: a consent is given to that and to nothing else."""
        days = [self.valid_from, self.valid_until]
        return digest_of([self.title, *days, self.document_id, self.priorities])


class Priority(Sealed):
    """A priority of a version in force (Schwerpunkt), which measures point to.

    ``code`` is the same in every version of the body's strategy that has the priority.
    """

    seal_name = "priority"

    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, related_name="fixed", verbose_name="Strategie"
    )
    position = models.PositiveSmallIntegerField("Platz")
    code = models.CharField("Kürzel", max_length=12)
    title = GermanField("Titel", max_length=200)
    text = GermanTextField("Text", blank=True)

    class Meta:
        verbose_name = msg("Schwerpunkt")
        verbose_name_plural = "Schwerpunkte"
        ordering = ["strategy_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "code"], name="priority_once"),
            models.UniqueConstraint(fields=["strategy", "position"], name="priority_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class OfParty(Sealed):
    """What is about a version and one whose consent is wanted; ``contents`` is what it read.

    Names of people outside are sealed under ``seal_key``: once both are erased, nobody can find
    out from the seal who it was.
    """

    PERSONAL: tuple[str, ...] = ()

    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, related_name="+", verbose_name="Strategie"
    )
    actor = models.CharField("Akteur", max_length=60)
    region = models.CharField("Region", max_length=120, blank=True, default="")
    label = models.CharField("Bezeichnung", max_length=200)
    contents = models.CharField("Prüfsumme der Fassung", max_length=64)
    seal_key = models.CharField("Schlüssel des Siegels", max_length=64, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.label}"

    @property
    def ags(self) -> str:
        return self.strategy.ags

    @property
    def party(self) -> Party:
        return Party(self.actor, self.region)

    def sealed_facts(self) -> object:
        """All columns, those about persons under the record's own key."""
        hidden = {*self.PERSONAL, "seal_key"}
        names = [field.attname for field in self._meta.concrete_fields]
        facts: list[Any] = [[name, getattr(self, name)] for name in names if name not in hidden]
        who = [str(getattr(self, name)) for name in self.PERSONAL]
        return [*facts, keyed_digest(self.seal_key, who) if self.seal_key else who]


class ConsentRequest(OfParty):
    """That an actor was asked by a link, who may answer without signing in, once.

    Only the digest of the link's key is kept. ``office`` is whom it was addressed to,
    ``addressee`` the person, ``mail`` her address where it was sent by mail.
    """

    seal_name = "consent_request"
    PERSONAL = ("addressee", "mail")

    addressee = models.CharField("gerichtet an", max_length=120, blank=True)
    office = GermanField("Stelle", max_length=200)
    mail = models.EmailField("E-Mail-Adresse", blank=True)
    digest = models.CharField("Prüfsumme des Schlüssels", max_length=64, unique=True)
    made_by = models.CharField("gebeten von", max_length=80)
    made_at = models.DateTimeField("gebeten")
    expires_at = models.DateTimeField(msg("gilt bis"))
    used_at = models.DateTimeField("beantwortet", null=True, blank=True)
    withdrawn_at = models.DateTimeField(msg("zurückgezogen"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Bitte um Zustimmung")
        verbose_name_plural = "Bitten um Zustimmung"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["strategy", "actor", "region"], name="consent_request_of_party")
        ]


class Consent(OfParty):
    """What an actor said to a version: given, refused, or taken back; never edited.

    Of an actor the last answer counts, and only to what the version said then. ``on_day`` is when
    it was said, ``request`` the link by which it came; else ``entered_by`` entered it.
    """

    seal_name = "consent"
    PERSONAL = ("name", "office", "remark")

    answer = models.CharField("Antwort", max_length=12, choices=list(ANSWERS.items()))
    on_day = models.DateField("am")
    name = models.CharField("Name", max_length=120, blank=True)
    office = GermanField("Amt", max_length=200, blank=True)
    remark = GermanField("Bemerkung", max_length=1000, blank=True)
    request = models.ForeignKey(
        ConsentRequest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Bitte",
    )
    entered_by = models.CharField("eingetragen von", max_length=80)
    entered_at = models.DateTimeField("eingetragen")

    class Meta:
        verbose_name = msg("Zustimmung")
        verbose_name_plural = "Zustimmungen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(request__isnull=False),
                name="consent_by_link_once",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=[one.value for one in ConsentAnswer]),
                name="consent_answer_known",
            ),
        ]
        indexes = [models.Index(fields=["strategy", "id"], name="consent_of_strategy")]


def _only_erased(table: str, names: tuple[str, ...]) -> Guard:
    """Refuse any change of the columns about a person but to erase them all."""
    name = f"{table}_erased_only"
    columns = ", ".join((*names, "seal_key"))
    kept = " OR ".join(f"NEW.{column} <> ''" for column in (*names, "seal_key"))
    of_row = f"BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW WHEN ({kept})"
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} {of_row} BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = '23514'; END $$;"
        f"CREATE TRIGGER {name} {of_row} EXECUTE FUNCTION {name}()",
    )


def _never(table: str, columns: tuple[str, ...]) -> Guard:
    """Refuse to change these columns."""
    name = f"{table}_no_update"
    of_row = f"BEFORE UPDATE OF {', '.join(columns)} ON {table} FOR EACH ROW"
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} {of_row} BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = '23514'; END $$;"
        f"CREATE TRIGGER {name} {of_row} EXECUTE FUNCTION {name}()",
    )


CONSENTS = "strategy_consent"
NOT_PERSONAL = (
    *("strategy_id", "actor", "region", "label", "contents", "answer", "on_day"),
    *("request_id", "entered_by", "entered_at"),
)
GUARDS = (
    *append_only("strategy_priority"),
    _never(CONSENTS, NOT_PERSONAL),
    _only_erased(CONSENTS, Consent.PERSONAL),
    refuse(CONSENTS, "DELETE"),
    no_replacing(CONSENTS),
)
DRAFTED_ALREADY = Refusal(
    "strategy.drafted_already",
    msg("Zu dieser Gebietskörperschaft ist schon eine Fassung in Arbeit."),
)
RACES = {
    "strategy_drafted_once": DRAFTED_ALREADY,
    "strategy_version_once": DRAFTED_ALREADY,
    "consent_by_link_once": Refusal(
        "strategy.link_used", msg("Über diesen Link wurde schon geantwortet.")
    ),
    # As SQLite names them: the columns of the index.
    "strategy_strategy.programme": DRAFTED_ALREADY,
    "strategy_consent.request_id": Refusal(
        "strategy.link_used", msg("Über diesen Link wurde schon geantwortet.")
    ),
}
