"""Targets of a body's whole agreement of a year as they are planned, and their versions."""

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanTextField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.races import LOST_RACE
from zielwerk.core.words import BodyKey, SearchText
from zielwerk.measures.models.planned import CARRIED_ALREADY, Origin
from zielwerk.rulebook.planned import Review
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.target import Target


class OverallTarget(Case):
    """A target that a body sets for a whole programme year, not for one of its measures.

    ``content`` is the :class:`~zielwerk.rulebook.target.Target`; the columns beside it are made
    from it and are there to list and find it by. ``position`` is its number among those of the
    body and year, for good. ``version`` is the number of the newest :class:`OverallVersion`.
    ``carried_from`` is last year's target that it was taken over from; ``to_review`` are the
    details that ask to be looked at since then.
    """

    seal_name = "overall_target"

    ags = models.CharField("Schlüssel", max_length=12)
    body_key = BodyKey("Sortierschlüssel der Körperschaft", of=("programme", "ags"))
    search_text = SearchText("Suchtext", of=("file_number", "wording"))
    position = models.PositiveSmallIntegerField("Nummer")
    kind = models.CharField("Art", max_length=12)
    indicator = models.CharField("Messgröße", max_length=60, blank=True, default="")
    subgroup = models.CharField("Zielgruppe", max_length=60, blank=True, default="")
    value = models.BigIntegerField("Zielwert", null=True, blank=True)
    wording = GermanTextField("Wortlaut", blank=True, default="")
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
    to_review = models.JSONField("zu prüfen", default=list)
    review_count = models.PositiveSmallIntegerField("Zahl der zu prüfenden Angaben", default=0)

    class Meta:
        verbose_name = msg("übergreifendes Ziel")
        verbose_name_plural = msg("Übergreifende Ziele")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["carried_from"], name="overall_carried_once"),
            models.UniqueConstraint(
                fields=["programme", "year", "ags", "position"], name="overall_position"
            ),
        ]
        indexes = [models.Index(fields=["programme", "review_count"], name="overall_to_review")]

    @property
    def target(self) -> Target:
        return Target.from_json(self.content)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """What of it asks to be looked at, each with its reason."""
        return tuple(Review(**review) for review in self.to_review)


class OverallVersion(Sealed):
    """What an overall target said once it was saved; for good."""

    seal_name = "overall_version"

    overall = models.ForeignKey(
        OverallTarget,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name="übergreifendes Ziel",
    )
    number = models.PositiveIntegerField("Fassung")
    origin = models.CharField("Herkunft", max_length=10, choices=Origin)
    content = models.JSONField("Inhalt")
    changed_by = models.CharField("geändert von", max_length=80)
    changed_at = models.DateTimeField("geändert")

    class Meta:
        verbose_name = msg("Fassung eines übergreifenden Ziels")
        verbose_name_plural = msg("Fassungen übergreifender Ziele")
        ordering = ["overall", "number"]
        constraints = [
            models.UniqueConstraint(fields=["overall", "number"], name="overall_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.overall}, {self.number}"

    @property
    def target(self) -> Target:
        return Target.from_json(self.content)


GUARDS = append_only("measures_overallversion")
RACES = {
    "overall_carried_once": CARRIED_ALREADY,
    "measures_overalltarget.carried_from_id": CARRIED_ALREADY,
    "overall_position": LOST_RACE,
    "measures_overalltarget.programme": LOST_RACE,
}
