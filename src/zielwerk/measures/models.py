"""Measures."""

from django.db import models

from zielwerk.core.guards import append_only


class Measure(models.Model):
    """A measure of a regional body in a programme year."""

    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    ags = models.CharField("AGS", max_length=8)
    type = models.CharField("Maßnahmeart", max_length=40)
    title = models.CharField("Titel", max_length=300)
    position = models.PositiveSmallIntegerField("Reihenfolge")

    class Meta:
        verbose_name = "Maßnahme"
        verbose_name_plural = "Maßnahmen"
        ordering = ["programme", "year", "ags", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "ags", "position"], name="measure_position"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def sealed_facts(self) -> object:
        return [self.programme, self.year, self.ags, self.type, self.title, self.position]


GUARDS = append_only("measures_measure")
