"""Corrections of entries into the budget."""

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.words import SearchText
from zielwerk.rulebook.refusal import Refusal, msg


class Correction(Case):
    """The taking back of everything booked for an entry by mistake; ``year`` is the budget year.

    ``about`` is the entry's file number in the books, ``booked_by`` who booked it. One person
    asks, a second decides; who booked the entry does not confirm.
    """

    seal_name = "correction"

    about = models.CharField("berichtigter Vorgang", max_length=30)
    reason = GermanField("Begründung", max_length=500)
    search_text = SearchText("Suchtext", of=("file_number", "about", "reason"))
    booked_by = models.CharField("gebucht von", max_length=80)
    asked_by = models.CharField("beantragt von", max_length=80)
    asked_at = models.DateTimeField(msg("beantragt"))
    decided_by = models.CharField("entschieden von", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(msg("entschieden"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Berichtigung")
        verbose_name_plural = "Berichtigungen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by="") | ~models.Q(decided_by=models.F("asked_by")),
                name="correction_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["programme", "about"], name="correction_about")]


RACES = {
    "correction_four_eyes": Refusal(
        "budget.four_eyes",
        msg("Eine Berichtigung beantragt und bestätigt nicht dieselbe Person."),
    ),
}
