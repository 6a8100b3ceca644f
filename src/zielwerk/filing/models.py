"""Offers of files to the archive, and what it answered."""

from django.db import models
from django.db.models import Q

from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.core.races import LOST_RACE
from zielwerk.rulebook.refusal import msg


class ArchiveOffer(Sealed):
    """That a file whose time is over was offered to the archive, once, and the archive's answer.

    ``about`` is the case's name in the audit chain, ``about_number`` its file number.
    ``kept_until`` is the last day on which it had to be kept, ``answered_on`` the day of the
    archive's letter, ``answered_at`` when it was entered here, by another than who offered.
    """

    class Answer(models.TextChoices):
        TAKEN = "taken", msg("übernimmt die Akte")
        DECLINED = "declined", msg("übernimmt die Akte nicht")

    seal_name = "archive_offer"

    about = models.CharField("Vorgang", max_length=80, unique=True)
    about_number = models.CharField("Aktenzeichen des Vorgangs", max_length=30)
    programme = models.CharField("Programm", max_length=40)
    kept_until = models.DateField("aufzubewahren bis")
    archive = GermanField("Archiv", max_length=200)
    offered_by = models.CharField("angeboten von", max_length=80)
    offered_at = models.DateTimeField(msg("angeboten"))
    answer = models.CharField(
        "Antwort des Archivs", max_length=10, choices=Answer, blank=True, default=""
    )
    answered_on = models.DateField(msg("Antwort vom"), null=True, blank=True)
    reference = GermanField("Zeichen des Archivs", max_length=60, blank=True, default="")
    answered_by = models.CharField("Antwort eingetragen von", max_length=80, blank=True, default="")
    answered_at = models.DateTimeField(msg("Antwort eingetragen"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Angebot an das Archiv")
        verbose_name_plural = "Angebote an das Archiv"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, answered_at=None, answered_by="")
                | ~Q(answer="")
                & Q(answered_on__isnull=False, answered_at__isnull=False)
                & ~Q(answered_by="")
                & ~Q(answered_by=models.F("offered_by")),
                name="archive_answer_by_a_second",
            ),
        ]

    def __str__(self) -> str:
        return self.about_number


RACES = {"filing_archiveoffer.about": LOST_RACE, "filing_archiveoffer_about": LOST_RACE}
