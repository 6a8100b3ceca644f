"""Publications of agreements."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from zielwerk.agreements.models import Agreement
from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.words import BodyKey, Kept, body_of
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.publication import EditionState
from zielwerk.rulebook.refusal import Refusal, msg

IS_PUBLISHED = models.Q(state=EditionState.PUBLISHED)
IS_PUBLIC = IS_PUBLISHED & models.Q(superseded_at__isnull=True)
# Columns that older editions had not.
ADDED = (
    "superseded_at",
    "not_before",
    "redactions",
    "withdrawal_asked_by",
    "withdrawal_decided_by",
    "reinstated_at",
)
ENDED = (EditionState.WITHDRAWN, EditionState.DISCARDED)


class EarmarkCodes(Kept):
    """The codes of the earmarks of the public data, each between blanks: what a filter asks for."""

    def made(self, row: models.Model) -> str:
        return f" {' '.join(each['code'] for each in row.document['earmarks'])} "  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Gap:
    """A time in which an edition was held: not public, and public again afterwards."""

    since: datetime
    until: datetime


class Edition(Case):
    """An agreement on its way to the public, and as it was published.

    ``document`` is its public data, the same from the first stage on; publishing adds the day
    and the ``number`` and sets the PDF. Before and after that it shows nowhere, but stays. Where
    the agreement was changed, the edition of the change supersedes it: it stays readable under its
    number, marked as such.

    One person withdraws (``withdrawal_asked_by``): it is down at once, since ``withdrawn_at``.
    Another (``withdrawal_decided_by``) confirms that, or it is public again, ``reinstated_at``.

    ``not_before`` is the day of an embargo. ``redactions`` says of each place that may tell of a
    person whether it is published: the place alone, since what stands there is the agreement's.
    ``rule_version`` names the rules whose stages it passes. The columns beside ``document``
    are those by which the public list is searched and sorted.
    """

    seal_name = "edition"

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="+", verbose_name="Vereinbarung"
    )
    rule_version = models.CharField("Regelfassung", max_length=64)
    number = models.PositiveSmallIntegerField("Ausgabe", null=True, blank=True)
    ags = models.CharField("Schlüssel", max_length=12)
    ordinal = models.PositiveSmallIntegerField("laufende Nummer", default=1)
    body_name = GermanField("Gebietskörperschaft", max_length=120)
    body_kind = models.CharField("Art", max_length=120)
    body_key = BodyKey("Sortierschlüssel", of=("programme", "ags", "body_name"))
    amount_cents = models.BigIntegerField("vereinbarter Betrag in Cent")
    measure_count = models.PositiveSmallIntegerField("Zahl der Maßnahmen")
    measure_types = GermanField("Maßnahmearten", max_length=200)
    earmarks = EarmarkCodes("Zweckbindungen")
    is_invented = models.BooleanField("für die Vorführung erfunden")
    is_trial = models.BooleanField("in der Vorführung erfasst", default=False)
    pdf = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="PDF",
        null=True,
        blank=True,
    )
    not_before = models.DateField(msg("Sperrfrist bis"), null=True, blank=True)
    prepared_at = models.DateTimeField(msg("vorbereitet"))
    published_at = models.DateTimeField(msg("veröffentlicht"), null=True, blank=True)
    superseded_at = models.DateTimeField(msg("abgelöst"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(msg("zurückgezogen"), null=True, blank=True)
    withdrawn_because = models.CharField("Grund des Zurückziehens", max_length=1000, blank=True)
    withdrawal_asked_by = models.CharField(
        "Zurückziehen veranlasst von", max_length=80, blank=True, default=""
    )
    withdrawal_decided_by = models.CharField(
        "Zurückziehen entschieden von", max_length=80, blank=True, default=""
    )
    reinstated_at = models.DateTimeField(msg("wieder veröffentlicht"), null=True, blank=True)
    # The long ones come last: a list that does not read them need not pass over them.
    public_text = models.TextField("öffentlicher Suchtext")
    document = models.JSONField("öffentliche Daten")
    redactions = models.JSONField("Schwärzungen", default=list, blank=True)

    class Meta:
        verbose_name = "Veröffentlichung"
        verbose_name_plural = "Veröffentlichungen"
        ordering = ["-year", "body_key"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="edition_number"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=~models.Q(state__in=ENDED),
                name="edition_current_once",
            ),
            models.CheckConstraint(
                condition=~IS_PUBLISHED
                | models.Q(
                    pdf__isnull=False,
                    number__isnull=False,
                    published_at__isnull=False,
                    withdrawn_at__isnull=True,
                ),
                name="edition_public_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawal_decided_by="")
                | ~models.Q(withdrawal_decided_by=models.F("withdrawal_asked_by")),
                name="edition_withdrawal_four_eyes",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-year", "body_key", "id"], condition=IS_PUBLIC, name="edition_list"
            ),
            # How many and how much there is, in the order in which it is added up.
            models.Index(
                fields=["year", "is_invented", "is_trial", "amount_cents", "state"],
                condition=IS_PUBLIC,
                name="edition_totals",
            ),
            models.Index(
                fields=["year", "ags", "ordinal"], condition=IS_PUBLIC, name="edition_of_body"
            ),
            # By the programme first: what is public is never asked for by its state alone here.
            models.Index(fields=["programme", "state", "state_since"], name="edition_waiting"),
        ]

    def __str__(self) -> str:
        edition = f", Ausgabe {self.number}" if self.number else ""
        return f"{self.file_number}: {body_of(self)} {self.year}{edition}"

    def sealed_facts(self) -> object:
        # What is empty is left out, so that older ones are sealed as before there was such a thing.
        facts = super().sealed_facts()
        assert isinstance(facts, list)
        return [each for each in facts if each[1] or each[0] not in ADDED]

    @property
    def address(self) -> tuple[int, str, int]:
        """What addresses name its document by, see :class:`Agreement`."""
        return self.year, self.ags, self.ordinal

    @property
    def is_public(self) -> bool:
        """Whether it is what everybody reads of the agreement now."""
        return self.state == EditionState.PUBLISHED and self.superseded_at is None

    @property
    def is_held(self) -> bool:
        """Whether it is down until a second person has decided."""
        return self.state == EditionState.HELD

    @property
    def gaps(self) -> list[Gap]:
        """The times in which it was down and after which it was public again, oldest first."""
        found, since = list[Gap](), None
        for word in self.words:
            at = datetime.fromisoformat(word["at"])
            if word["stage"] == "withdraw":
                since = at
            elif word["stage"] == "reinstate" and since:
                found.append(Gap(since, at))
        return found

    @property
    def is_demo(self) -> bool:
        """Whether it shows only with a label, and not to search engines."""
        return self.is_invented or self.is_trial


PUBLISHED_ALREADY = Refusal(
    "publication.published_already",
    msg("Diese Vereinbarung ist schon veröffentlicht oder dazu vorgelegt."),
)
HELD_UNTIL_DECIDED = Refusal(
    "publication.held",
    msg(
        "Eine Ausgabe ist vorläufig nicht öffentlich; zuerst entscheidet darüber eine zweite "
        "Person."
    ),
)
WITHDREW_IT_HERSELF = Refusal(
    "publication.four_eyes",
    msg("Sie haben diese Ausgabe selbst zurückgezogen. Entscheiden muss eine zweite Person."),
)
RACES = {
    "edition_current_once": PUBLISHED_ALREADY,
    "edition_number": PUBLISHED_ALREADY,
    "edition_withdrawal_four_eyes": WITHDREW_IT_HERSELF,
}
