"""Tables that people send in, between the preview and the writing."""

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.refusal import msg


class TableImport(Case):
    """A table that was sent in: previewed first, then written as a whole or not at all.

    ``kind`` is a code that a room declares on its shelf ``tables``; ``options`` are the
    facts that its rows do not hold (source, reference date). The rows are read from the file
    each time, so what is written is what was shown.
    """

    seal_name = "import"

    kind = models.CharField("Art", max_length=20)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="Datei"
    )
    file_name = GermanField("Dateiname", max_length=200)
    options = models.JSONField("Angaben", default=dict)
    sent_by = models.CharField("gesendet von", max_length=80)
    sent_at = models.DateTimeField(msg("gesendet"))
    ended_by = models.CharField("beendet von", max_length=80, blank=True, default="")
    ended_at = models.DateTimeField(msg("beendet"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Einlesung")
        verbose_name_plural = msg("Einlesungen")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_number} {self.file_name}"
