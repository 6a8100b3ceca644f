"""Moves of a body's money during the year."""

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.words import BodyKey, SearchText, body_of
from zielwerk.rulebook.adjustment import KIND_LABELS
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refusal, msg


class Adjustment(Case):
    """A waiver, a reallocation or a covering, declared by one person, decided by another.

    ``ags`` is the body whose money moves; empty for what is uncovered at the state itself.
    ``follows`` names the waiver whose money a reallocation passes on, where there is one.
    """

    seal_name = "adjustment"

    kind = models.CharField("Art", max_length=20, choices=list(KIND_LABELS.items()))
    earmark = models.CharField("Zweckbindung", max_length=60, blank=True, default="")
    ags = models.CharField("Schlüssel", max_length=12, blank=True, default="")
    body_name = GermanField("Gebietskörperschaft", max_length=120, blank=True, default="")
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    search_text = SearchText("Suchtext", of=("file_number", "body_name", "reason"))
    amount_cents = models.BigIntegerField("Betrag in Cent")
    reason = GermanField("Begründung", max_length=500)
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name="folgt auf",
    )
    rule_version = models.CharField("Regelfassung", max_length=64)
    declared_by = models.CharField("erklärt von", max_length=80)
    declared_at = models.DateTimeField(msg("erklärt"))
    decided_by = models.CharField("entschieden von", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(msg("entschieden"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Mitteländerung")
        verbose_name_plural = "Mitteländerungen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0), name="adjustment_amount_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("declared_by")),
                name="adjustment_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["programme", "year"], name="adjustment_of_year")]

    def __str__(self) -> str:
        return f"{self.file_number} {body_of(self)}"

    @property
    def fund(self) -> Fund:
        return Fund(self.programme, self.year, self.earmark)


RACES = {
    "adjustment_four_eyes": Refusal(
        "adjustments.four_eyes",
        msg("Vorgelegt und entschieden wird von zwei verschiedenen Personen."),
    ),
}
