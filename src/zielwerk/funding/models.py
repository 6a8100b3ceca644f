"""Applications, what was typed into them, papers, what was handed in, questions and outcomes."""

from typing import Any

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, body_of
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.application import ASPECTS, OUTCOMES
from zielwerk.rulebook.application.path import OVER
from zielwerk.rulebook.refusal import Refusal, msg


def without_unknown(facts: Any, name: str) -> list[list[Any]]:
    """Facts that say nothing of a column while it is null, as before there was one."""
    return [each for each in facts if each != [name, None]]


class Application(Case):
    """What a body applies for in a programme year.

    What it says is in its :class:`Entry` rows; the amounts beside are those of what is handed in,
    null while nothing is: ``amount_cents`` of the programme's money, ``cost_cents`` of all cost.
    ``submission`` is
    the number of the newest :class:`Submission`, 0 before the first. ``came_at`` is when it first
    came, which a way back by the authority does not change; ``handed_in_at`` when what stands was
    handed in. ``is_late`` marks one that came after its last day. ``rule_version`` names the rules
    that it was begun under. ``passed_from`` is the key of the body that made it, where its notice
    passed to a successor since; the successor's own application stands beside it.
    """

    seal_name = "application"

    ags = models.CharField("Schlüssel", max_length=12)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "year"))
    amount_cents = models.BigIntegerField("beantragt in Cent", null=True, blank=True)
    cost_cents = models.BigIntegerField("Kosten in Cent", null=True, blank=True)
    submission = models.PositiveIntegerField("Einreichung", default=0)
    is_late = models.BooleanField("nach der Frist eingereicht", default=False)
    rule_version = models.CharField("Regelfassung", max_length=64)
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    passed_from = models.CharField("übergegangen von", max_length=12, blank=True, default="")
    begun_at = models.DateTimeField(msg("begonnen"))
    handed_in_at = models.DateTimeField(msg("eingereicht"), null=True, blank=True)
    came_at = models.DateTimeField(msg("zuerst eingereicht"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Antrag")
        verbose_name_plural = msg("Anträge")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "ags"],
                condition=~models.Q(state__in=sorted(OVER)) & models.Q(passed_from=""),
                name="application_pursued_once",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "id", "state"], name="application_in_order"),
            models.Index(fields=["ags", "year"], name="application_of_body"),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)} {self.year}"

    def sealed_facts(self) -> object:
        facts = without_unknown(super().sealed_facts(), "came_at")
        return [each for each in facts if each != ["passed_from", ""]]


class OfApplication(Sealed):
    """What belongs to an application: who entered it, and when."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name="Antrag"
    )
    entered_by = models.CharField("eingetragen von", max_length=80)
    entered_at = models.DateTimeField("eingetragen")

    class Meta:
        abstract = True

    @property
    def ags(self) -> str:
        return self.application.ags


class Origin(models.TextChoices):
    """How an answer came about."""

    TYPED = "typed", msg("eingegeben")
    PLANNED = "planned", msg("aus der Planung")
    CARRIED = "carried", msg("aus dem Antrag des Vorjahrs")
    RESTORED = "restored", msg("wieder wie eingereicht")


class Entry(OfApplication):
    """An answer as it was typed at a place; of several the newest counts.

    ``number`` counts the entries of an application: whoever writes says up to which one she has
    seen, and what somebody else wrote since is shown to her and never overwritten.
    """

    seal_name = "application_entry"

    number = models.PositiveIntegerField("laufende Nummer")
    place = models.CharField("Stelle", max_length=160)
    text = models.TextField("Angabe", blank=True, default="")
    origin = models.CharField("Herkunft", max_length=10, choices=Origin)

    class Meta:
        verbose_name = msg("Angabe im Antrag")
        verbose_name_plural = msg("Angaben im Antrag")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="entry_number")
        ]

    def __str__(self) -> str:
        return self.place


class Paper(OfApplication):
    """A paper that goes with an application, under the code that the programme asks for it by."""

    seal_name = "application_paper"

    code = models.CharField("Kürzel", max_length=60)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="Datei"
    )
    name = GermanField("Dateiname", max_length=200)

    class Meta:
        verbose_name = msg("Anlage zum Antrag")
        verbose_name_plural = msg("Anlagen zum Antrag")
        ordering = ["application", "id"]

    def __str__(self) -> str:
        return self.name


class Removal(Sealed):
    """A paper that was taken out again; it stays on file and counts no longer."""

    seal_name = "application_removal"

    paper = models.OneToOneField(
        Paper, on_delete=models.PROTECT, related_name="removal", verbose_name="Anlage"
    )
    removed_by = models.CharField("herausgenommen von", max_length=80)
    removed_at = models.DateTimeField("herausgenommen")

    class Meta:
        verbose_name = msg("herausgenommene Anlage")
        verbose_name_plural = msg("herausgenommene Anlagen")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.paper)

    @property
    def ags(self) -> str:
        return self.paper.ags


class Submission(OfApplication):
    """What was handed in, as it stood, for good: its answers, papers, amounts and the receipt.

    ``number`` counts those of an application: the first, and one after each question answered or
    each time it was given back. ``digest`` is that of the content, ``late_days`` how many days it
    came after its last day, ``late_reason`` why.
    """

    seal_name = "submission"

    number = models.PositiveIntegerField("Einreichung")
    content = models.JSONField("Inhalt")
    digest = models.CharField("Prüfsumme", max_length=64)
    amount_cents = models.BigIntegerField("beantragt in Cent")
    cost_cents = models.BigIntegerField("Kosten in Cent")
    late_days = models.PositiveIntegerField("Tage nach der Frist", default=0)
    late_reason = GermanTextField("Grund der Verspätung", blank=True, default="")
    receipt = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="Eingangsbestätigung"
    )

    class Meta:
        verbose_name = msg("Einreichung")
        verbose_name_plural = msg("Einreichungen")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_number")
        ]

    def __str__(self) -> str:
        return f"{self.application.file_number}/{self.number}"

    @property
    def answers(self) -> dict[str, str]:
        """The answers by place, as they were handed in."""
        answers: dict[str, Any] = self.content["answers"]
        return answers

    @property
    def paper_codes(self) -> frozenset[str]:
        """The codes of the papers that were handed in."""
        return frozenset(each["code"] for each in self.content["papers"])


class SubmittedMeasure(models.Model):
    """A measure of a submission, as other applications look for it; made of its content.

    ``carrier_key`` is the beginning of the carrier's name as names are compared, empty where the
    body itself carries it out; within the ``programme`` it is found by that.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="measures", verbose_name="Einreichung"
    )
    programme = models.CharField("Programm", max_length=40)
    title = GermanTextField("Titel")
    carrier = GermanTextField("Träger", blank=True, default="")
    carrier_key = models.CharField("Träger, wie verglichen", max_length=120, blank=True, default="")
    planned = models.CharField("geplant als", max_length=120, blank=True, default="")
    first_day = models.DateField("erster Tag", null=True)
    last_day = models.DateField("letzter Tag", null=True)

    class Meta:
        verbose_name = msg("eingereichte Maßnahme")
        verbose_name_plural = msg("eingereichte Maßnahmen")
        ordering = ["id"]
        indexes = [models.Index(fields=["programme", "carrier_key"], name="submitted_by_carrier")]

    def __str__(self) -> str:
        return self.title


class Question(OfApplication):
    """A question of the authority; while it is open, the places it is about can be written.

    ``answer_by`` is the day until which the body is asked to answer.
    """

    seal_name = "application_question"

    number = models.PositiveSmallIntegerField("Nummer")
    places = models.JSONField("Stellen")
    text = GermanTextField("Frage")
    answer_by = models.DateField("zu beantworten bis")

    class Meta:
        verbose_name = msg("Frage zum Antrag")
        verbose_name_plural = msg("Fragen zum Antrag")
        ordering = ["application", "number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="question_number")
        ]

    def __str__(self) -> str:
        return f"{self.application.file_number}, Frage {self.number}"


class Closing(Sealed):
    """How a question ended: with an answer of the body, or since the authority withdrew it.

    ``submission`` is what was handed in anew with the answer; null where nothing was changed.
    """

    seal_name = "application_closing"

    question = models.OneToOneField(
        Question, on_delete=models.PROTECT, related_name="closing", verbose_name="Frage"
    )
    text = GermanTextField("Antwort")
    is_answer = models.BooleanField("von der Gebietskörperschaft beantwortet")
    submission = models.ForeignKey(
        Submission,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Einreichung",
    )
    closed_by = models.CharField("beendet von", max_length=80)
    closed_at = models.DateTimeField("beendet")

    class Meta:
        verbose_name = msg("Antwort auf eine Frage")
        verbose_name_plural = msg("Antworten auf Fragen")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.question)

    @property
    def ags(self) -> str:
        return self.question.ags


class Settlement(OfApplication):
    """What the authority says of an aspect of an application; of several the last one counts.

    ``submission`` is the number of the one that it had before it; null in rows from before it was
    kept.
    """

    seal_name = "application_settlement"

    aspect = models.CharField("Gegenstand", max_length=12, choices=list(ASPECTS.items()))
    outcome = models.CharField("Ergebnis", max_length=12, choices=list(OUTCOMES.items()))
    note = GermanTextField("Begründung", blank=True, default="")
    submission = models.PositiveIntegerField("Einreichung", null=True)

    class Meta:
        verbose_name = msg("Prüfung eines Antrags")
        verbose_name_plural = msg("Prüfungen eines Antrags")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.aspect

    def sealed_facts(self) -> object:
        return without_unknown(super().sealed_facts(), "submission")


GUARDS = tuple(
    guard
    for table in (
        *("entry", "paper", "removal", "submission", "submittedmeasure"),
        *("question", "closing", "settlement"),
    )
    for guard in append_only(f"funding_{table}")
)
BEGUN_ALREADY = Refusal(
    "funding.begun_already",
    msg("Für diese Gebietskörperschaft und dieses Jahr wird schon ein Antrag verfolgt."),
)
WRITTEN_MEANWHILE = Refusal(
    "funding.written_meanwhile", msg("Jemand hat eben geschrieben. Bitte noch einmal speichern.")
)
REMOVED_ALREADY = Refusal("funding.removed_already", msg("Diese Anlage ist schon herausgenommen."))
CLOSED_ALREADY = Refusal("funding.closed_already", msg("Diese Frage ist schon beendet."))
RACES = {
    "application_pursued_once": BEGUN_ALREADY,
    "entry_number": WRITTEN_MEANWHILE,
    "submission_number": WRITTEN_MEANWHILE,
    "question_number": WRITTEN_MEANWHILE,
    "funding_removal_paper_id": REMOVED_ALREADY,
    "funding_closing_question_id": CLOSED_ALREADY,
    # As SQLite names them: the columns of the index.
    "funding_application.programme": BEGUN_ALREADY,
    "funding_entry.application_id": WRITTEN_MEANWHILE,
    "funding_submission.application_id": WRITTEN_MEANWHILE,
    "funding_question.application_id": WRITTEN_MEANWHILE,
    "funding_removal.paper_id": REMOVED_ALREADY,
    "funding_closing.question_id": CLOSED_ALREADY,
}
