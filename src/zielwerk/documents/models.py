"""Stored files."""

import hashlib

from django.db import models

from zielwerk.core.fields import GermanField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.races import LOST_RACE
from zielwerk.rulebook.refusal import msg


class StoredFile(Sealed):
    """A file under its checksum; the same content is stored once and never changed."""

    seal_name = "file"

    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64, unique=True)
    name = GermanField("Dateiname", max_length=200)
    media_type = models.CharField("Medientyp", max_length=100)
    size = models.PositiveIntegerField("Größe in Byte")
    content = models.BinaryField("Inhalt")
    stored_at = models.DateTimeField("abgelegt")

    class Meta:
        verbose_name = msg("Schriftstück")
        verbose_name_plural = "Schriftstücke"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    def sealed_facts(self) -> object:
        digest = hashlib.sha256(bytes(self.content)).hexdigest()
        return [digest, self.sha256, self.name, self.media_type, self.size, self.stored_at]


GUARDS = append_only("documents_storedfile")
RACES = {
    "documents_storedfile.sha256": LOST_RACE,  # as SQLite names it
    "documents_storedfile_sha256": LOST_RACE,  # as PostgreSQL names it
}
