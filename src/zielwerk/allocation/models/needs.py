"""Statistical needs of the bodies, as a source stated them on a day."""

from django.db import models

from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.documents.models import StoredFile


class IndicatorData(Sealed):
    """Values of one or several indicators for the bodies, from one source, for good.

    ``values`` is ``{ags: {indicator: "123.5"}}``, decimal numbers as text so that nothing is
    rounded. Newer figures are a new set beside this one.
    """

    seal_name = "needs"

    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    source = GermanField("Quelle", max_length=200)
    reference_date = models.DateField("Stichtag")
    values = models.JSONField("Werte")
    file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Datei",
    )
    is_invented = models.BooleanField("für die Vorführung erfunden", default=False)
    entered_by = models.CharField("eingetragen von", max_length=80)
    entered_at = models.DateTimeField("eingetragen")

    class Meta:
        verbose_name = "Datenstand"
        verbose_name_plural = "Datenstände"
        ordering = ["-reference_date", "-id"]

    def __str__(self) -> str:
        return f"{self.source} ({self.reference_date:%d.%m.%Y})"
