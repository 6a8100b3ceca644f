"""The release of a programme year: proposed by one person, decided by another."""

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.release import ReleaseState


class YearRelease(Case):
    """The rules of a programme year in one version, put forward to be released.

    ``differences`` is what differs from the rules of ``before_year`` in their version then, as
    both persons saw it; both are empty of a programme's first year.
    """

    seal_name = "year_release"

    version = models.CharField("Regelfassung", max_length=64)
    before_year = models.PositiveSmallIntegerField("Jahr davor", null=True, blank=True)
    before_version = models.CharField("Fassung davor", max_length=64, blank=True, default="")
    differences = models.JSONField("Unterschiede", default=list)
    remark = GermanField("Bemerkung", max_length=500, blank=True, default="")
    proposed_by = models.CharField("vorgeschlagen von", max_length=80)
    proposed_at = models.DateTimeField(msg("vorgeschlagen"))
    decided_by = models.CharField("entschieden von", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(msg("entschieden"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Freigabe eines Programmjahrs")
        verbose_name_plural = "Freigaben von Programmjahren"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                condition=models.Q(state=ReleaseState.PROPOSED),
                name="year_release_open_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ReleaseState.RELEASED)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="year_release_four_eyes",
            ),
        ]


class AdoptedYear(Sealed):
    """A programme year that was there when the installation was set up.

    From then on any other year is a draft, whatever its folder says, until two have released it.
    """

    seal_name = "adopted_year"

    programme = models.CharField("Programm", max_length=60)
    year = models.PositiveSmallIntegerField("Programmjahr")
    version = models.CharField("Regelfassung", max_length=64)
    adopted_at = models.DateTimeField("übernommen")

    class Meta:
        verbose_name = "übernommenes Programmjahr"
        verbose_name_plural = "übernommene Programmjahre"
        ordering = ["programme", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="adopted_year_once")
        ]


FOUR_EYES = Refusal(
    "programme.four_eyes",
    msg("Sie haben diese Regeln selbst vorgeschlagen. Freigeben muss eine zweite Person."),
)
PROPOSED_ALREADY = Refusal(
    "programme.proposed_already",
    msg("Die Regeln dieses Programmjahrs sind schon vorgeschlagen und noch nicht entschieden."),
)
RELEASE_RACES = {
    "year_release_four_eyes": FOUR_EYES,
    "year_release_open_once": PROPOSED_ALREADY,
    "programme_yearrelease.programme": PROPOSED_ALREADY,
}
