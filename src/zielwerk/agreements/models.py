"""Agreements and their recording."""

from typing import Any

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, body_of
from zielwerk.documents.models import StoredFile
from zielwerk.measures.models import Measure
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.refusal import Refusal, msg


class Agreement(Sealed):
    """A recorded agreement or notice of one body for one programme year.

    ``ordinal`` counts those of the same body and year. ``terms`` holds its whole content
    (:class:`~zielwerk.rulebook.agreement.Terms`); the columns beside it are those by which
    agreements are found. Nothing of it is ever edited.
    """

    seal_name = "agreement"

    file_number = models.CharField("Aktenzeichen", max_length=30, unique=True)
    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    ags = models.CharField("Schlüssel", max_length=12)
    ordinal = models.PositiveSmallIntegerField("laufende Nummer", default=1)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    amount_cents = models.BigIntegerField("vereinbarter Betrag in Cent")
    terms = models.JSONField("Inhalt")
    rule_version = models.CharField("Regelfassung", max_length=64)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "year"))
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    is_trial = models.BooleanField("in der Vorführung erfasst", default=False)
    recorded_at = models.DateTimeField("erfasst")
    measures = models.ManyToManyField(
        Measure, through="AgreedMeasure", related_name="+", verbose_name="Maßnahmen"
    )

    class Meta:
        verbose_name = msg("Vereinbarung")
        verbose_name_plural = "Vereinbarungen"
        ordering = ["-year", "body_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "ags", "ordinal"], name="agreement_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0), name="agreement_amount_positive"
            ),
        ]
        # With the amount: how many there are and how much is read from it, not from the terms.
        indexes = [
            models.Index(fields=["ags", "year"], name="agreement_of_body"),
            models.Index(fields=["-year", "body_key", "amount_cents"], name="agreement_list"),
        ]

    def __str__(self) -> str:
        return f"Vereinbarung {self.year} {body_of(self)}"

    @property
    def content(self) -> Terms:
        return Terms.from_json(self.terms)

    @property
    def address(self) -> tuple[int, str, int]:
        """What addresses name it by: year, body, and which of the body's documents."""
        return self.year, self.ags, self.ordinal

    def sealed_facts(self) -> object:
        return [
            self.file_number,
            self.programme,
            self.year,
            self.ags,
            self.ordinal,
            self.body_name,
            self.amount_cents,
            self.terms,
            self.rule_version,
            self.is_invented,
            self.is_trial,
            self.recorded_at,
            list(self.agreed.values_list("position", "measure_id", "amount_cents")),
        ]


class AgreedMeasure(models.Model):
    """A measure in the place at which an agreement names it, with its own amount if it has one."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="agreed", verbose_name="Vereinbarung"
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name="Maßnahme"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    amount_cents = models.BigIntegerField("eigener Betrag in Cent", null=True, blank=True)

    class Meta:
        verbose_name = "vereinbarte Maßnahme"
        verbose_name_plural = "vereinbarte Maßnahmen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="agreed_position")
        ]


class Intake(Case):
    """The recording of an agreement that was concluded on paper.

    ``reading`` is the reader's result and never changes; ``terms`` are the reviewer's;
    ``doubts`` are the uncertain places, ``settled`` those of them the reviewer has looked
    at. ``paper`` tells papers of one body and year apart where it may have several. Without a
    text (entered by hand) there is no reading. ``rule_version`` are the rules under which it was
    accepted; until then those of the day hold.
    """

    seal_name = "intake"

    ags = models.CharField("Schlüssel", max_length=12, blank=True)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    source = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Quelle",
    )
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "year"))
    paper = models.CharField("Kennzeichen des Inhalts", max_length=64, blank=True)
    source_note = GermanField("Herkunft der Angaben", max_length=200)
    reading = models.JSONField("Gelesenes", default=dict)
    terms = models.JSONField("Inhalt")
    doubts = models.JSONField("unsichere Stellen", default=list)
    settled = models.JSONField("geprüfte Stellen", default=list)
    rule_version = models.CharField("Regelfassung", max_length=64, blank=True)
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    is_trial = models.BooleanField("in der Vorführung erfasst", default=False)
    begun_by = models.CharField("begonnen von", max_length=80)
    begun_at = models.DateTimeField("begonnen")
    accepted_by = models.CharField("angenommen von", max_length=80, blank=True)
    accepted_at = models.DateTimeField("angenommen", null=True, blank=True)
    confirmed_by = models.CharField("bestätigt von", max_length=80, blank=True)
    confirmed_at = models.DateTimeField("bestätigt", null=True, blank=True)
    discarded_at = models.DateTimeField("verworfen", null=True, blank=True)
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="intakes",
        verbose_name="Vereinbarung",
    )

    class Meta:
        verbose_name = "Erfassung"
        verbose_name_plural = "Erfassungen"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(discarded_at__isnull=True),
                name="intake_source_once",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by="")
                | ~models.Q(confirmed_by=models.F("accepted_by")),
                name="intake_four_eyes",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by="")
                | models.Q(agreement__isnull=False) & ~models.Q(accepted_by=""),
                name="intake_recorded_by_two",
            ),
        ]
        # Rows are long; what is open and how many there are is read from here alone.
        indexes = [
            models.Index(fields=["state", "year", "programme"], name="intake_by_state"),
            models.Index(fields=["ags", "year"], name="intake_of_body"),
            # The list, newest first, and what comes before and after a case.
            models.Index(fields=["programme", "id", "state"], name="intake_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)} {self.year}"

    @property
    def content(self) -> Terms:
        return Terms.from_json(self.terms)

    def open_doubts(self) -> list[str]:
        """Paths of the uncertain values nobody has looked at yet, in reading order."""
        settled = set(self.settled)
        return [path for path in self.doubts if path not in settled]

    def evidence(self, path: str) -> dict[str, Any]:
        """Place, quote and doubt of a value in the text; empty where there is none."""
        evidence: dict[str, Any] = self.reading.get("evidence", {}).get(path, {})
        return evidence


GUARDS = append_only("agreements_agreement") + append_only("agreements_agreedmeasure")
RECORDED_MEANWHILE = Refusal(
    "agreements.exists_already",
    msg(
        "Im selben Augenblick wurde für diese Gebietskörperschaft schon etwas erfasst. Bitte sehen "
        "Sie das an, bevor Sie noch einmal bestätigen."
    ),
)
RACES = {
    "agreement_once": RECORDED_MEANWHILE,
    "agreements_agreement.programme": RECORDED_MEANWHILE,
    "intake_source_once": Refusal(
        "agreements.same_file", msg("Diese Datei wird schon an anderer Stelle erfasst.")
    ),
}
