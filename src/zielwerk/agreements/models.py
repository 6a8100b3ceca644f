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
from zielwerk.rulebook.agreement import FORMS, Terms
from zielwerk.rulebook.annulment import GIVEN_UP
from zielwerk.rulebook.refusal import Refusal, msg


class Agreement(Sealed):
    """A recorded agreement or notice of one body for one programme year.

    ``ordinal`` counts those of the same body and year. ``terms`` holds its whole content
    (:class:`~zielwerk.rulebook.agreement.Terms`); the columns beside it are those by which
    agreements are found. Nothing of it is ever edited.

    What changes it (a Nachtrag, or the same concluded anew) is a record of its own: ``amends``
    names the first one, ``version`` counts them as the papers do, from 2 on; ``form`` says which
    of both it is and ``basis`` the place in the agreement that it rests on. It has its own file
    number, signatures, sources and day, and the whole content as it holds since. ``take`` counts
    the recordings of one version: there are several where earlier ones were annulled.

    What was concluded here and not recorded from paper has the number of its conclusion in
    ``concluded_as``; ``concluded_by`` took the last stage of it.
    """

    seal_name = "agreement"

    file_number = models.CharField("Aktenzeichen", max_length=30, unique=True)
    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    ags = models.CharField("Schlüssel", max_length=12)
    ordinal = models.PositiveSmallIntegerField("laufende Nummer", default=1)
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    amends = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name="ändert",
    )
    take = models.PositiveSmallIntegerField("zum wievielten Mal erfasst", default=1)
    form = models.CharField(
        "Art der Änderung", max_length=20, blank=True, default="", choices=list(FORMS.items())
    )
    basis = GermanField("Grundlage der Änderung", max_length=200, blank=True, default="")
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    amount_cents = models.BigIntegerField("vereinbarter Betrag in Cent")
    terms = models.JSONField("Inhalt")
    rule_version = models.CharField("Regelfassung", max_length=64)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "year"))
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    is_trial = models.BooleanField("in der Vorführung erfasst", default=False)
    recorded_at = models.DateTimeField("erfasst")
    concluded_as = models.CharField("geschlossen als", max_length=30, blank=True, default="")
    concluded_by = models.CharField("geschlossen von", max_length=80, blank=True, default="")
    measures = models.ManyToManyField(
        Measure, through="AgreedMeasure", related_name="+", verbose_name="Maßnahmen"
    )

    class Meta:
        verbose_name = msg("Vereinbarung")
        verbose_name_plural = "Vereinbarungen"
        ordering = ["-year", "body_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "ags", "ordinal", "version", "take"],
                name="agreement_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0)
                | models.Q(amends__isnull=False, amount_cents=0),
                name="agreement_amount_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(amends__isnull=True, version=1, basis="", form="")
                | models.Q(amends__isnull=False, version__gt=1)
                & ~models.Q(basis="")
                & ~models.Q(form=""),
                name="agreement_amended_for_a_reason",
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

    @property
    def root_id(self) -> int:
        """The key of the first version."""
        return self.amends_id or self.pk

    def sealed_facts(self) -> object:
        # A first version says nothing of changes, so that those from before there were any stay
        # sealed.
        changed = [self.amends_id, self.version, self.form, self.basis] if self.amends_id else []
        changed += [self.take] if self.take > 1 else []
        names = ("position", "measure_id", "amount_cents", "planned")
        agreed = list(self.agreed.values_list(*names))
        if self.concluded_as:
            plans = [(position, planned) for position, *_, planned in agreed]
            changed += [self.concluded_as, self.concluded_by, plans]
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
            [each[:3] for each in agreed],
            *changed,
        ]


class AgreedMeasure(models.Model):
    """A measure in the place at which an agreement names it, with its own amount if it has one.

    ``planned`` is the number of the plan that it comes from, where that is known by more than its
    title.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="agreed", verbose_name="Vereinbarung"
    )
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="+", verbose_name="Maßnahme"
    )
    position = models.PositiveSmallIntegerField("Reihenfolge")
    amount_cents = models.BigIntegerField("eigener Betrag in Cent", null=True, blank=True)
    planned = models.CharField("geplant als", max_length=30, blank=True, default="")

    class Meta:
        verbose_name = "vereinbarte Maßnahme"
        verbose_name_plural = "vereinbarte Maßnahmen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="agreed_position")
        ]


OF_CHANGES = frozenset({"amends_id", "version", "form", "basis", "gap_reason"})


class Intake(Case):
    """The recording of an agreement that was concluded on paper.

    ``reading`` is the reader's result and never changes; ``terms`` are the reviewer's;
    ``doubts`` are the uncertain places, ``settled`` those of them the reviewer has looked
    at. ``answers`` has what was answered to the reader's questions, by their numbers, and which
    words stay as they are although another place was corrected. ``paper`` tells papers of one
    body and year apart where it may have several. Without a text (entered by hand) there is no
    reading. ``rule_version`` are the rules under which it was accepted; until then those of the
    day hold. The recording of a change names the version that it ``amends``, and its own
    ``version``, ``form`` and ``basis``, see :class:`Agreement`; ``gap_reason`` says why numbers
    are missing before it.
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
    answers = models.JSONField("Antworten", default=dict)
    rule_version = models.CharField("Regelfassung", max_length=64, blank=True)
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    is_trial = models.BooleanField("in der Vorführung erfasst", default=False)
    amends = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ändert",
    )
    version = models.PositiveSmallIntegerField("Fassung", default=1)
    form = models.CharField(
        "Art der Änderung", max_length=20, blank=True, default="", choices=list(FORMS.items())
    )
    basis = GermanField("Grundlage der Änderung", max_length=200, blank=True, default="")
    gap_reason = GermanField("warum Nummern fehlen", max_length=200, blank=True, default="")
    begun_by = models.CharField("begonnen von", max_length=80)
    begun_at = models.DateTimeField(msg("begonnen"))
    accepted_by = models.CharField("angenommen von", max_length=80, blank=True)
    accepted_at = models.DateTimeField(msg("angenommen"), null=True, blank=True)
    confirmed_by = models.CharField("bestätigt von", max_length=80, blank=True)
    confirmed_at = models.DateTimeField(msg("bestätigt"), null=True, blank=True)
    discarded_at = models.DateTimeField(msg("verworfen"), null=True, blank=True)
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

    def sealed_facts(self) -> object:
        # What changes nothing says nothing of a change, as it was sealed before there were any.
        facts = super().sealed_facts()
        assert isinstance(facts, list)
        return facts if self.amends_id else [each for each in facts if each[0] not in OF_CHANGES]

    def open_doubts(self) -> list[str]:
        """Paths of the uncertain values nobody has looked at yet, in reading order."""
        settled = set(self.settled)
        return [path for path in self.doubts if path not in settled]

    def evidence(self, path: str) -> dict[str, Any]:
        """Place, quote and doubt of a value in the text; empty where there is none."""
        evidence: dict[str, Any] = self.reading.get("evidence", {}).get(path, {})
        return evidence


class Lesson(Sealed):
    """What corrections taught the reader: a word as it was recognised, and what it is.

    Both are the same where the word is a name. ``origin`` is the recording in which it was
    corrected, empty where somebody entered it. One that was withdrawn is no longer used, and no
    correction brings it back; it stays on file, since earlier readings name it.
    """

    seal_name = "lesson"

    programme = models.CharField("Programm", max_length=40)
    read = GermanField("gelesen", max_length=80)
    meant = GermanField("gemeint", max_length=80)
    origin = models.CharField("gelernt aus", max_length=30, blank=True, default="")
    added_by = models.CharField("aufgenommen von", max_length=80)
    added_at = models.DateTimeField("aufgenommen")
    withdrawn_by = models.CharField("zurückgezogen von", max_length=80, blank=True, default="")
    withdrawn_at = models.DateTimeField("zurückgezogen", null=True, blank=True)

    class Meta:
        verbose_name = msg("Lernwort")
        verbose_name_plural = msg("Lernwörter")
        ordering = ["read", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "read", "meant"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="lesson_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by=""),
                name="lesson_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.read if self.is_name else f"{self.read} → {self.meant}"

    @property
    def is_name(self) -> bool:
        return self.read == self.meant


class Annulment(Case):
    """A record of an agreement that was a mistake: asked for by one person, confirmed by another.

    The agreement stays on file, marked; what was booked for it is taken back by its mirror.
    """

    seal_name = "annulment"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="annulments", verbose_name="Vereinbarung"
    )
    ags = models.CharField("Schlüssel", max_length=12)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "reason"))
    reason = GermanField("Begründung", max_length=500)
    asked_by = models.CharField("beantragt von", max_length=80)
    asked_at = models.DateTimeField(msg("beantragt"))
    decided_by = models.CharField("entschieden von", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(msg("entschieden"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Aufhebung einer Erfassung")
        verbose_name_plural = msg("Aufhebungen von Erfassungen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=~models.Q(state__in=GIVEN_UP),
                name="annulment_once",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("asked_by")),
                name="annulment_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)} {self.year}"


GUARDS = append_only("agreements_agreement") + append_only("agreements_agreedmeasure")
RECORDED_MEANWHILE = Refusal(
    "agreements.exists_already",
    msg(
        "Im selben Augenblick wurde für diese Gebietskörperschaft schon etwas erfasst. Bitte sehen "
        "Sie das an, bevor Sie noch einmal bestätigen."
    ),
)
ANNULMENT_OPEN = Refusal(
    "agreements.annulment_open", msg("Dafür ist schon eine Aufhebung beantragt oder erfolgt.")
)
KNOWN_ALREADY = Refusal("agreements.lesson_known", msg("Das steht schon in der Tabelle."))
SAME_FILE = Refusal(
    "agreements.same_file", msg("Diese Datei wird schon an anderer Stelle erfasst.")
)
RACES = {
    "agreement_once": RECORDED_MEANWHILE,
    "agreements_agreement.programme": RECORDED_MEANWHILE,
    "annulment_once": ANNULMENT_OPEN,
    "agreements_annulment.agreement_id": ANNULMENT_OPEN,  # as SQLite names it
    "lesson_once": KNOWN_ALREADY,
    "agreements_lesson.programme": KNOWN_ALREADY,
    "intake_source_once": SAME_FILE,
    "agreements_intake.source_id": SAME_FILE,
}
