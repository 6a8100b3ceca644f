"""Parties beside the regional bodies: providers, own companies, Jobcenters."""

from django.db import models
from django.db.models import F, Q

from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.core.words import SearchText, SortKey
from zielwerk.rulebook.refusal import msg


class PartyKind(models.TextChoices):
    """The kinds of parties."""

    PROVIDER = "provider", msg("Träger")
    OWN_COMPANY = "own_company", msg("eigene Gesellschaft")
    JOBCENTER = "jobcenter", msg("Jobcenter")


class Party(Sealed):
    """An organisation that takes part in the programme beside bodies and ministry."""

    seal_name = "party"

    programme = models.CharField("Programm", max_length=40)
    name = GermanField("Name", max_length=160)
    name_key = SortKey("Sortierschlüssel", of=("name",))
    search_text = SearchText("Suchtext", of=("name",))
    kind = models.CharField("Art", max_length=20, choices=PartyKind)
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    entered_by = models.CharField("eingetragen von", max_length=80)
    entered_at = models.DateTimeField("eingetragen")

    class Meta:
        verbose_name = msg("Beteiligter")
        verbose_name_plural = "Beteiligte"
        ordering = ["name_key"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="party_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PartyRelation(Sealed):
    """How a party and a body belong together, for a time (inclusive bounds, either open).

    ``passing_on`` is the kind by which the body passes its work on to the party (a code of
    the programme's pack), empty where it passes nothing on, as to most Jobcenters. Which
    measures a party carries out stands with the measures.
    """

    seal_name = "relation"

    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="relations", verbose_name="Beteiligter"
    )
    ags = models.CharField("Schlüssel", max_length=12)
    passing_on = models.CharField("Art der Weitergabe", max_length=40, blank=True, default="")
    valid_from = models.DateField("gilt ab", null=True, blank=True)
    valid_until = models.DateField("gilt bis", null=True, blank=True)

    class Meta:
        verbose_name = msg("Beziehung")
        verbose_name_plural = "Beziehungen"
        ordering = ["ags", "party__name_key"]
        constraints = [
            models.UniqueConstraint(fields=["party", "ags", "passing_on"], name="relation_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=F("valid_until")),
                name="relation_in_order",
            ),
        ]
