"""What every figure must be: a clerk's own notes, kept beside the product and without it.

The model is told in words what an official did, and knows by its own arithmetic where each cent
is after that. It imports nothing of the product, so the two agree only where both are right.

A *spot* is where money can lie: a book, a place, and of whom. Money moves from one spot to
another and is never lost. Three kinds of acts move it:

1. The **budget** works on a *line* (budget year, code, source, purpose). Its money lies in the
   draft, is provisional, appropriated, supplementary, carried over, blocked, burdened by what
   earlier years promised, or gone. Whatever may be promised is *provided*: planning has so much
   more free money of the same programme year and purpose. A permission (Verpflichtung) counts for
   the programme year of its budget; when its due year's budget comes, the new money is burdened,
   and the new programme year has so much less.
2. **Planning** works on a *fund* (programme year, purpose). Money is free, allocated to a body, or
   agreed with it. A decision says what each body has in all. Who loses gives back what is not
   agreed; what is agreed stays, and the loss shows as uncovered, below zero. Who gains is first
   covered. The state itself is covered before anybody gains.
3. What **happens** is never refused: what a spot does not have is taken from its *uncovered* one.

So for each body: given = allocated + agreed + uncovered. For each line: what it gives is what the
funds of its year were provided. What lies in no body's spot is the state's.

Free money and what bodies hold is kept apart by *tranche*: source, budget year, and the year in
which it is due (0 for money). Who receives by one act receives the mixture of all, money before
permissions; what is taken from a body is taken from its tranches in proportion. What is uncovered
is made good by its own tranche first.

Free is what nobody was allocated, less what counts from a later year only (money of a budget to
come), less what is gone (promises used it, as far as no body holds it; a permission of a budget
year that is over), less what must first make good what is uncovered or came before these books.
Money that is gone is drawn on only where an act takes more than there is.

The order in which money is taken is a rule of the product (an assumption): a cut or a block takes
from the supplementary budget, then from the budget itself, then from what was carried over; a
year's end covers and carries from burdened, carried over, appropriated and supplementary money in
this order; what was blocked last is released first, to where it was; an agreement draws on money
without a purpose, then on the purposes that it names in the order of their codes.

Beside the money the model notes what was decided, and when: the amounts of each decision, of each
move, of each agreement. They never change afterwards.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

AUTHORISATION, PLANNING, COMMITMENT = "authorisation", "planning", "commitment"
MAY_LACK = ("outside", "opening", "uncovered")


class Line(NamedTuple):
    """A line of one year's budget."""

    year: int
    code: str
    source: str
    earmark: str = ""

    @property
    def fund(self) -> "Fund":
        """The fund that its own year's money pays for."""
        return Fund(self.year, self.earmark)


class Spot(NamedTuple):
    """Where money can lie; what does not apply is empty or 0."""

    book: str
    place: str
    year: int = 0
    earmark: str = ""
    ags: str = ""
    budget_year: int = 0
    budget_line: str = ""
    source: str = ""
    due_year: int = 0
    measure: str = ""

    def at(self, place: str) -> "Spot":
        return self._replace(place=place)

    @property
    def whole(self) -> "Spot":
        """The same over all tranches and measures."""
        return self._replace(budget_year=0, source="", due_year=0, measure="")

    @property
    def tranche(self) -> "Tranche":
        return Tranche(
            self.due_year > 0, self.due_year or self.budget_year, self.budget_year, self.source
        )

    def of(self, tranche: "Tranche") -> "Spot":
        """The same of a tranche."""
        due = tranche.year if tranche.is_permission else 0
        return self._replace(budget_year=tranche.budget_year, source=tranche.source, due_year=due)

    @property
    def line(self) -> Line:
        """The line of the budget of which it is."""
        return Line(self.budget_year, self.budget_line, self.source, self.earmark)


class Tranche(NamedTuple):
    """A part of a fund, in the order in which it is drawn on: money first, the earlier year first.

    ``year`` is that out of which it is paid: the budget's own, or in which it is due.
    """

    is_permission: bool = False
    year: int = 0
    budget_year: int = 0
    source: str = ""


UNKNOWN = Tranche()


class Free(NamedTuple):
    """What nobody was allocated of a tranche, and what of it is not free."""

    unallocated: int = 0
    later: int = 0
    gone: int = 0
    owed: int = 0

    @property
    def there(self) -> int:
        return self.unallocated - self.later - self.gone

    @property
    def free(self) -> int:
        return self.there - self.owed


class Fund(NamedTuple):
    """The money of a programme year for one purpose."""

    year: int
    earmark: str = ""

    def spot(self, place: str, ags: str = "") -> Spot:
        return Spot(PLANNING, place, self.year, self.earmark, ags)


def of_line(line: Line, place: str, *, year: int = 0, due: int = 0) -> Spot:
    """A line's money of a programme year; that of its own year where none is named."""
    serves = year or line.year
    named = (line.year, line.code, line.source)
    return Spot(AUTHORISATION, place, serves, line.earmark, "", *named, due)


@dataclass
class Money:
    """Where each cent is, what was decided, and how it came there."""

    is_granted: bool = False
    """Whether what is agreed is committed at once, because a notice grants it."""
    today: int = 0
    """The year of the day on which an act is done."""
    held: Counter[Spot] = field(default_factory=Counter)
    flows: Counter[tuple[Spot, Spot]] = field(default_factory=Counter)
    decided: dict[str, dict[str, int]] = field(default_factory=dict)
    before: dict[str, dict[str, int]] = field(default_factory=dict)
    funds: dict[str, Fund] = field(default_factory=dict)
    free_before: dict[str, dict[Tranche, Free]] = field(default_factory=dict)
    agreed_before: dict[str, dict[str, int]] = field(default_factory=dict)
    given_after: dict[str, dict[str, dict[Spot, int]]] = field(default_factory=dict)
    moves: dict[str, int] = field(default_factory=dict)
    moved: dict[str, list[tuple[Spot, Spot, int]]] = field(default_factory=dict)
    agreements: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    published: set[tuple[int, str]] = field(default_factory=set)
    open_moves: dict[str, tuple[str, Fund, str, int]] = field(default_factory=dict)
    journal: list[tuple[Spot, Spot, int]] = field(default_factory=list)
    _at: dict[Spot, list[Spot]] = field(default_factory=lambda: defaultdict(list))

    # --- how money moves ------------------------------------------------------------------

    def move(self, source: Spot, target: Spot, cents: int) -> None:
        if cents:
            assert cents > 0, (source, target, cents)
            for spot in (source, target):
                if spot not in self.held:
                    self._at[spot.whole].append(spot)
            self.held[source] -= cents
            self.held[target] += cents
            self.flows[source, target] += cents
            self.journal.append((source, target, cents))
            assert source.place in MAY_LACK or self.held[source] >= 0, (source, self.held[source])

    def undo(self, first: int, last: int) -> None:
        """What was booked by mistake goes back the way it came."""
        for source, target, cents in reversed(self.journal[first:last]):
            self.move(target, source, cents)

    def pass_on(self, source: Spot, target: Spot, cents: int) -> None:
        """Money of planning moves, and what is committed of it with it."""
        self.move(source, target, cents)
        if not self.is_granted:
            return
        ends = [one for one in (source, target) if one.place == "agreed"]
        committed = [one._replace(book=COMMITMENT, place="committed") for one in ends]
        if len(ends) == 2 and source.ags != target.ags:
            self.move(*committed, cents)
            return
        for end, spot in zip(ends, committed, strict=True):
            outside = spot.at("outside")
            self.move(*((spot, outside) if end == source else (outside, spot)), cents)

    def happen(self, source: Spot, target: Spot, cents: int) -> None:
        """Take what is there, and the rest from what is uncovered."""
        there = min(self.held[source], cents)
        self.move(source, target, there)
        self.move(source.at("uncovered"), target, cents - there)

    def provide(self, authorised: Spot, cents: int) -> None:
        """Planning has so much more, or less, to give of the same tranche."""
        free = Fund(authorised.year, authorised.earmark).spot("free").of(authorised.tranche)
        if cents >= 0:
            self.move(free.at("outside"), free, cents)
        else:
            self.happen(free, free.at("outside"), -cents)

    def make_good(self, authorised: Spot, cents: int) -> None:
        """Planning has so much more; what it lacks of the same tranche is covered first."""
        fund = Fund(authorised.year, authorised.earmark)
        lacking = fund.spot("uncovered").of(authorised.tranche)
        covered = min(cents, -self.held[lacking])
        self.move(lacking.at("outside"), lacking, covered)
        self.provide(authorised, cents - covered)

    def parts(self, whole: Spot) -> dict[Spot, int]:
        """What a place has of each tranche and measure."""
        return {spot: self.held[spot] for spot in self._at[whole.whole] if self.held[spot]}

    def has(self, whole: Spot) -> int:
        """What a place has over all tranches and measures."""
        return sum(self.parts(whole).values())

    def taken(self, spots: Sequence[Spot], cents: int) -> tuple[list[tuple[Spot, int]], int]:
        """What each of the spots can give, in their order, and what none of them has."""
        parts = []
        for spot in spots:
            part = min(self.held[spot], cents)
            parts.append((spot, part))
            cents -= part
        return parts, cents

    def came_in(self, spot: Spot) -> bool:
        """Whether anything ever came to a spot of any tranche, even if it is gone."""
        return any(target.whole == spot.whole for _, target in self.flows)

    # --- what is asked of it --------------------------------------------------------------

    def of(self, book: str = "", year: int = 0) -> list[tuple[Spot, int]]:
        """What lies where, of one book and programme year or of all."""
        return [
            (spot, cents)
            for spot, cents in self.held.items()
            if book in ("", spot.book) and year in (0, spot.year)
        ]

    def total(self, place: str, **narrowed: object) -> int:
        """What is in a place, of what has these values."""
        return sum(
            cents
            for spot, cents in self.held.items()
            if spot.place == place
            and all(getattr(spot, name) == value for name, value in narrowed.items())
        )
