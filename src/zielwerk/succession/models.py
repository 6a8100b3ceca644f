"""Acts of succession, and what passed on by them."""

from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q

from zielwerk.core.cases import Case
from zielwerk.core.fields import GermanField
from zielwerk.core.guards import append_only
from zielwerk.core.models import Sealed
from zielwerk.core.words import SearchText
from zielwerk.ledger.models import Place
from zielwerk.rulebook import succession as rules
from zielwerk.rulebook.planning import HELD, Fund
from zielwerk.rulebook.refusal import Refusal, msg


def without_empty(facts: Any, name: str) -> list[list[Any]]:
    """Facts that say nothing of a column while it is empty, as before there was one."""
    return [each for each in facts if not (each[0] == name and not each[1])]


class SuccessionAct(Case):
    """A succession of the programme carried out: declared by one person, decided by another.

    ``succession`` is its code in the programme, ``day`` its day, ``shares`` the parts of the
    successors on any scale, as decimal numbers, in their order, and ``reason`` why. ``years`` are
    the programme years that it covers, of which ``year`` is the first. ``proposed`` is what
    passes on as declared: exactly that is decided. ``ruled`` are the shares that the programme
    stated then, in the same shape, and ``own_years`` those of the years for which successors had
    allocations of their own. ``notices`` are the notices of the predecessors and who takes each.
    """

    seal_name = "succession_act"

    succession = models.CharField("Kennung der Rechtsnachfolge", max_length=60)
    label = GermanField("Bezeichnung", max_length=200)
    day = models.DateField(msg("Tag der Rechtsnachfolge"))
    shares = models.JSONField("Anteile")
    ruled = models.JSONField("Anteile nach dem Regelwerk", default=list)
    years = models.JSONField("Programmjahre")
    own_years = models.JSONField("Jahre mit eigenen Zuweisungen", default=list)
    reason = GermanField("Grund der Anteile", max_length=500)
    source = GermanField("Quelle", max_length=200, blank=True, default="")
    proposed = models.JSONField("erklärte Übergänge")
    notices = models.JSONField("erklärte Übergänge von Bescheiden", default=list)
    search_text = SearchText("Suchtext", of=("file_number", "label", "reason"))
    declared_by = models.CharField("erklärt von", max_length=80)
    declared_at = models.DateTimeField(msg("erklärt"))
    decided_by = models.CharField("entschieden von", max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(msg("entschieden"), null=True, blank=True)

    class Meta:
        verbose_name = msg("Rechtsnachfolge")
        verbose_name_plural = "Rechtsnachfolgen"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=F("declared_by")),
                name="succession_four_eyes",
            ),
            models.UniqueConstraint(
                fields=["programme", "succession"],
                condition=Q(state="declared"),
                name="succession_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_number} {self.label}"

    @property
    def parts(self) -> dict[str, Fraction]:
        """The shares of the successors, in their order."""
        return {ags: Fraction(share) for ags, share in self.shares}

    @property
    def ruled_parts(self) -> dict[str, Fraction]:
        """The shares that the programme stated when it was declared; none where it did not."""
        return {ags: Fraction(share) for ags, share in self.ruled}

    def sealed_facts(self) -> object:
        # One without notices says nothing of them, so that those from before stay sealed.
        return without_empty(super().sealed_facts(), "notices")

    @property
    def heirs_named(self) -> dict[str, str]:
        """Who takes each notice, by its number."""
        return {each.number: each.target for each in self.notices_declared}

    @property
    def notices_declared(self) -> tuple[rules.NoticePassage, ...]:
        """The notices and who takes each, as declared."""
        return tuple(
            rules.NoticePassage(number, Fund(self.programme, year, earmark), source, target, cents)
            for number, year, earmark, source, target, cents in self.notices
        )

    @property
    def passages_declared(self) -> tuple[rules.Passage, ...]:
        """What passes on as declared."""
        return tuple(
            rules.Passage(Fund(self.programme, year, earmark), place, source, target, cents)
            for year, earmark, place, source, target, cents in self.proposed
        )


PASSING = (*HELD, str(Place.COMMITTED))
"""The places from which something passes on: of planned money, and of what notices commit."""


class Passage(Sealed):
    """Money that passed from one body to another by succession, as it was booked.

    ``cents`` are below zero where the place is: what is uncovered, or came before these books.
    ``passed_on`` is the day on which it was booked. What a notice has committed passes under the
    ``number`` of the notice; of money without one it is empty.
    """

    seal_name = "passage"

    act = models.ForeignKey(
        SuccessionAct,
        on_delete=models.PROTECT,
        related_name="passages",
        verbose_name="Rechtsnachfolge",
    )
    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    earmark = models.CharField("Zweckbindung", max_length=60, blank=True, default="")
    place = models.CharField("Ort", max_length=20, choices=[(name, name) for name in PASSING])
    number = models.CharField("Bescheid", max_length=30, blank=True, default="")
    source = models.CharField("von", max_length=12)
    target = models.CharField("an", max_length=12)
    cents = models.BigIntegerField("Betrag in Cent")
    passed_on = models.DateField("übergegangen am")

    class Meta:
        verbose_name = "Übergang"
        verbose_name_plural = "Übergänge"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["act", "year", "earmark", "place", "number", "source", "target"],
                name="passage_once",
            ),
            models.CheckConstraint(
                condition=~Q(source=F("target")) & ~Q(cents=0), name="passage_moves"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "year", "target"], name="passage_to"),
            models.Index(fields=["programme", "year", "source"], name="passage_from"),
        ]

    def sealed_facts(self) -> object:
        # Money without a notice says nothing of one, so that what passed before stays sealed.
        return without_empty(super().sealed_facts(), "number")

    @property
    def fund(self) -> Fund:
        return Fund(self.programme, self.year, self.earmark)

    @property
    def place_label(self) -> str:
        """The German msgid of the place."""
        return Place(self.place).label


GUARDS = append_only("succession_passage")
RACES = {
    "succession_four_eyes": Refusal(
        "succession.four_eyes",
        msg("Erklärt und entschieden wird von zwei verschiedenen Personen."),
    ),
    "succession_open_once": Refusal(
        "succession.open_already",
        msg("Diese Rechtsnachfolge ist schon erklärt und wartet auf die Entscheidung."),
    ),
    "succession_successionact.programme": Refusal(  # as SQLite names it
        "succession.open_already",
        msg("Diese Rechtsnachfolge ist schon erklärt und wartet auf die Entscheidung."),
    ),
}
