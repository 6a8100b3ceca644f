"""Measures as they are planned, and every version of what was planned."""

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, SearchText, SortKey
from zielwerk.measures.models.measures import Measure
from zielwerk.rulebook.planned import Plan, Review
from zielwerk.rulebook.refusal import Refusal, msg


class Origin(models.TextChoices):
    """How a version of a plan came about."""

    TYPED = "typed", msg("eingegeben")
    PASTED = "pasted", msg("aus einer Tabelle")
    CARRIED = "carried", msg("aus dem Vorjahr")


class PlannedMeasure(Case):
    """What a regional body plans to do in a programme year, one measure.

    ``content`` is the :class:`~zielwerk.rulebook.planned.Plan`; the columns beside it are made
    from it and are there to list and find it by: ``cost_cents`` is the sum of the costs,
    ``programme_cents`` what of it the programme pays (both null where nothing is planned yet),
    ``costs_by`` the sums by source and budget year. ``version`` is the number of the newest
    :class:`PlannedVersion`. What it was taken over from is ``carried_from``, last year's plan,
    or ``carried_measure`` where nothing was planned; ``to_review`` are the fields that
    ask to be looked at since then.
    """

    seal_name = "planned_measure"

    ags = models.CharField("Schlüssel", max_length=12)
    body_key = BodyKey("Sortierschlüssel der Körperschaft", of=("programme", "ags"))
    title = GermanField("Titel", max_length=300, blank=True, default="")
    title_key = SortKey("Sortierschlüssel", of=("title",))
    search_text = SearchText("Suchtext", of=("file_number", "title"))
    type = models.CharField("Maßnahmeart", max_length=60, blank=True, default="")
    earmark = models.CharField("Zweckbindung", max_length=60, blank=True, default="")
    seats = models.PositiveIntegerField("Plätze", null=True, blank=True)
    cost_cents = models.BigIntegerField("geplante Kosten in Cent", null=True, blank=True)
    programme_cents = models.BigIntegerField("davon aus dem Programm", null=True, blank=True)
    costs_by = models.JSONField("Kosten nach Quelle und Haushaltsjahr", default=dict)
    content = models.JSONField("Inhalt", default=dict)
    version = models.PositiveIntegerField("Fassung", default=1)
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name="übernommen von",
    )
    carried_measure = models.ForeignKey(
        Measure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name="übernommen von der vereinbarten Maßnahme",
    )
    to_review = models.JSONField("zu prüfen", default=list)
    review_count = models.PositiveSmallIntegerField("Zahl der zu prüfenden Angaben", default=0)

    class Meta:
        verbose_name = msg("geplante Maßnahme")
        verbose_name_plural = msg("Geplante Maßnahmen")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["carried_from"], name="planned_carried_once"),
            models.UniqueConstraint(fields=["carried_measure"], name="planned_agreed_carried_once"),
        ]
        indexes = [
            models.Index(fields=["programme", "year", "ags"], name="planned_of_body"),
            models.Index(fields=["programme", "review_count"], name="planned_to_review"),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {self.title}".strip()

    @property
    def plan(self) -> Plan:
        return Plan.from_json(self.content)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """What of it asks to be looked at, each with its reason."""
        return tuple(Review(**review) for review in self.to_review)


class PlannedVersion(Sealed):
    """What was planned of a measure once it was saved; for good."""

    seal_name = "planned_version"

    measure = models.ForeignKey(
        PlannedMeasure,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name="geplante Maßnahme",
    )
    number = models.PositiveIntegerField("Fassung")
    origin = models.CharField("Herkunft", max_length=10, choices=Origin)
    content = models.JSONField("Inhalt")
    changed_by = models.CharField("geändert von", max_length=80)
    changed_at = models.DateTimeField("geändert")

    class Meta:
        verbose_name = msg("Fassung einer geplanten Maßnahme")
        verbose_name_plural = msg("Fassungen geplanter Maßnahmen")
        ordering = ["measure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="planned_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.number}"

    @property
    def plan(self) -> Plan:
        return Plan.from_json(self.content)


GUARDS = append_only("measures_plannedversion")
CARRIED_ALREADY = Refusal(
    "measures.carried_already",
    msg("Das wurde eben schon übernommen. Bitte laden Sie die Seite neu."),
)
RACES = {
    "planned_carried_once": CARRIED_ALREADY,
    "planned_agreed_carried_once": CARRIED_ALREADY,
    "measures_plannedmeasure.carried_from_id": CARRIED_ALREADY,
    "measures_plannedmeasure.carried_measure_id": CARRIED_ALREADY,
}
