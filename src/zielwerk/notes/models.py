"""Notes to the file."""

from django.db import models

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField, GermanTextField
from zielwerk.core.words import SearchText
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.refusal import msg


class Note(Case):
    """A note on a case, by one person, for her own organisation or for all who see the case.

    ``about`` is the case's name in the audit chain, ``about_number`` its file number.
    ``role``, ``ags`` and ``organisation_code`` are those of the author: together her own house.
    ``is_shared`` stays true when a shared note is withdrawn, for it was read.
    """

    seal_name = "note"

    about = models.CharField("Vorgang", max_length=80, db_index=True)
    about_number = models.CharField("Aktenzeichen des Vorgangs", max_length=30)
    role = models.CharField("Rolle", max_length=20)
    ags = models.CharField("Schlüssel", max_length=12, blank=True, default="")
    organisation_code = models.CharField(
        "Bewilligungsbehörde (Code)", max_length=60, blank=True, default=""
    )
    is_shared = models.BooleanField("für alle, die den Vorgang sehen")
    text = GermanTextField("Text", max_length=4000)
    attachment = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Anlage",
    )
    search_text = SearchText("Suchtext", of=("file_number", "about_number", "text"))
    attachment_name = GermanField("Name der Anlage", max_length=200, blank=True, default="")
    written_by = models.CharField("geschrieben von", max_length=80)
    written_at = models.DateTimeField(msg("geschrieben"))

    class Meta:
        verbose_name = msg("Vermerk")
        verbose_name_plural = "Vermerke"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_number} · {self.about_number}"
