"""Published editions."""

from django.db import models

from zielwerk.agreements.models import Agreement
from zielwerk.core.fields import GermanField
from zielwerk.core.models import Sealed
from zielwerk.core.words import BodyKey, body_of
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.refusal import Refusal, msg


class Edition(Sealed):
    """An agreement as it was published: its public data and its PDF, never changed.

    The columns beside ``document`` are those by which the public list is searched and
    sorted. An edition may be withdrawn; it then shows nowhere, but stays.
    """

    seal_name = "edition"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="+", verbose_name="Vereinbarung"
    )
    number = models.PositiveSmallIntegerField("Ausgabe")
    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    ags = models.CharField("Schlüssel", max_length=12)
    ordinal = models.PositiveSmallIntegerField("laufende Nummer", default=1)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_kind = models.CharField("Art", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    amount_cents = models.BigIntegerField("vereinbarter Betrag in Cent")
    measure_count = models.PositiveSmallIntegerField("Zahl der Maßnahmen")
    measure_types = GermanField("Maßnahmearten", max_length=200)
    is_invented = models.BooleanField("für die Vorführung erfunden")
    is_trial = models.BooleanField("in der Vorführung erfasst", default=False)
    pdf = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="PDF"
    )
    published_at = models.DateTimeField("veröffentlicht")
    withdrawn_at = models.DateTimeField("zurückgezogen", null=True, blank=True)
    # The long ones come last: a list that does not read them need not pass over them.
    search_text = models.TextField("Suchtext")
    document = models.JSONField("öffentliche Daten")

    class Meta:
        verbose_name = "Ausgabe"
        verbose_name_plural = "Ausgaben"
        ordering = ["-year", "body_key"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="edition_number"),
            models.UniqueConstraint(
                fields=["programme", "year", "ags", "ordinal"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="edition_current_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-year", "body_key", "is_invented", "amount_cents"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="edition_list",
            ),
            # How many and how much there is, in the order in which it is added up.
            models.Index(
                fields=["year", "is_invented", "amount_cents", "withdrawn_at"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="edition_totals",
            ),
        ]

    def __str__(self) -> str:
        return f"{body_of(self)} {self.year}, Ausgabe {self.number}"

    @property
    def is_demo(self) -> bool:
        """Whether it shows only with a label, and not to search engines."""
        return self.is_invented or self.is_trial


RACES = {
    "edition_current_once": Refusal(
        "publication.published_already", msg("Diese Vereinbarung ist schon veröffentlicht.")
    ),
    "edition_number": Refusal(
        "publication.published_already", msg("Diese Vereinbarung ist schon veröffentlicht.")
    ),
}
