"""What a fund holds, told apart by kind of money (tranche), before and after an act.

Money and permission are never one figure, so what an act takes, gives back, covers and leaves
free is told for each kind by itself. The figures come from the bookings as the books keep
them, tranche by tranche; see :mod:`zielwerk.rulebook.tranche` for the kinds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from zielwerk.rulebook.tranche import FreeMoney, Tranche, free_money, gone

Place: TypeAlias = Literal["free", "allocated", "agreed", "uncovered", "opening"]
Cents: TypeAlias = Mapping[Tranche, int]


class Account(NamedTuple):
    """An account of a fund in the planning book; ``ags`` is empty where it is the state's."""

    place: Place
    ags: str = ""


FREE = Account("free")
LACKING = Account("uncovered")
"""The uncovered amount of the state itself: a budget gave less than was free."""


class Moved(NamedTuple):
    """Money of one kind that passes to another account of the fund, or becomes another kind."""

    source: Account
    tranche: Tranche
    target: Account
    becomes: Tranche
    cents: int


@dataclass(frozen=True)
class Kinds:
    """The money of a fund by account and kind, in cents, as booked.

    ``later`` counts from a later day than ``on`` only, ``bound`` is what commitments have used.
    """

    held: Mapping[Account, Cents] = field(default_factory=dict)
    later: Cents = field(default_factory=dict)
    bound: Cents = field(default_factory=dict)
    on: date | None = None

    def at(self, account: Account) -> dict[Tranche, int]:
        """What lies on an account, by kind in order; empty kinds are left out."""
        return in_order(self.held.get(account, {}))

    def given(self, ags: str) -> dict[Tranche, int]:
        """What a body was given in all: allocated and agreed, less what is uncovered."""
        places: tuple[Place, ...] = ("allocated", "agreed", "uncovered")
        return added(*(self.held.get(Account(place, ags), {}) for place in places))

    @property
    def free(self) -> dict[Tranche, FreeMoney]:
        """What is free of each kind."""
        of_bodies = [one for one in self.held.items() if one[0].ags]
        held = added(*(kinds for at, kinds in of_bodies if at.place in ("allocated", "agreed")))
        gaps = added(*(kinds for at, kinds in of_bodies if at.place in ("uncovered", "opening")))
        unallocated, own_gaps = self.held.get(FREE, {}), self.held.get(LACKING, {})
        return free_money(
            unallocated,
            self.later,
            gone(unallocated, self.bound, held, self.on),
            {one: -cents for one, cents in own_gaps.items()},
            {one: -cents for one, cents in gaps.items()},
            self.on,
        )

    def after(self, moves: Iterable[Moved]) -> "Kinds":
        """The same once these moves are booked."""
        held = {account: dict(kinds) for account, kinds in self.held.items()}
        for move in moves:
            ends = ((move.source, move.tranche, -1), (move.target, move.becomes, 1))
            for account, tranche, sign in ends:
                kinds = held.setdefault(account, {})
                kinds[tranche] = kinds.get(tranche, 0) + sign * move.cents
        return replace(self, held=held)


def added(*parts: Cents) -> dict[Tranche, int]:
    """The sums by kind in order; empty ones are left out."""
    sums: dict[Tranche, int] = {}
    for part in parts:
        for tranche, cents in part.items():
            sums[tranche] = sums.get(tranche, 0) + cents
    return in_order(sums)


def in_order(kinds: Cents) -> dict[Tranche, int]:
    filled = (one for one in kinds.items() if one[1])
    return dict(sorted(filled, key=lambda one: one[0].place))


class Forms(NamedTuple):
    """An amount in its three forms, in cents: money, authority, and what is of no known kind."""

    money_cents: int = 0
    authority_cents: int = 0
    unknown_cents: int = 0


def forms(kinds: Cents) -> Forms:
    """What of an amount is money of a budget, what authority, of what nobody knows it."""
    sums = [0, 0, 0]
    for tranche, cents in kinds.items():
        sums[1 if tranche.is_authority else 2 * (not tranche.budget_year)] += cents
    return Forms(*sums)


@dataclass(frozen=True)
class Effect:
    """What an act does to the free money of one kind, in cents.

    ``gains_cents`` are drawn for what bodies gain, ``returned_cents`` are what bodies lose and
    was not agreed. What else there is of a difference between what is free before and after
    comes from what must first be made good, or is no longer available (``other_cents``).
    """

    before_cents: int = 0
    gains_cents: int = 0
    returned_cents: int = 0
    after_cents: int = 0

    @property
    def other_cents(self) -> int:
        moved_cents = self.returned_cents - self.gains_cents
        return self.after_cents - self.before_cents - moved_cents

    @property
    def other_size_cents(self) -> int:
        return abs(self.other_cents)

    @property
    def needed_cents(self) -> int:
        """What the act takes of the free money."""
        return max(self.before_cents - self.after_cents, 0)

    @property
    def freed_cents(self) -> int:
        """What can be given anew afterwards and could not before."""
        rise_cents = max(self.after_cents - self.before_cents, 0)
        return min(rise_cents, max(self.after_cents, 0))

    @property
    def covered_cents(self) -> int:
        """What the act gives back and is not free, for it makes good what was lacking."""
        return max(self.after_cents - self.before_cents, 0) - self.freed_cents


def effects(kinds: Kinds, moves: Iterable[Moved]) -> dict[Tranche, Effect]:
    """What an act does to the free money, by kind; kinds that it does not touch included.

    >>> money, later = Tranche("state", 2026), Tranche("state", 2026, 2027)
    >>> kreis = Account("allocated", "06435")
    >>> fund = Kinds({LACKING: {money: -60}, kreis: {money: 100, later: 50}})
    >>> cut = [Moved(kreis, money, FREE, money, 80), Moved(kreis, later, FREE, later, 40)]
    >>> found = effects(fund, [*cut, Moved(FREE, money, LACKING, money, 60)])
    >>> (found[money].freed_cents, found[money].covered_cents, found[later].freed_cents)
    (20, 60, 40)
    """
    moves = list(moves)
    before, after = kinds.free, kinds.after(moves).free
    gains = added(*_between(moves, "free", "allocated"))
    returned = added(*_between(moves, "allocated", "free"))
    tranches = sorted({*before, *after, *gains, *returned}, key=lambda tranche: tranche.place)
    nothing = FreeMoney()
    return {
        one: Effect(
            before.get(one, nothing).free_cents,
            gains.get(one, 0),
            returned.get(one, 0),
            after.get(one, nothing).free_cents,
        )
        for one in tranches
    }


def _between(moves: Iterable[Moved], source: Place, target: Place) -> Iterator[Cents]:
    for move in moves:
        if (move.source.place, move.target.place) == (source, target):
            yield {move.tranche: move.cents}


def drawn(moves: Iterable[Moved]) -> dict[Tranche, int]:
    """What a move of money takes from its sources, by kind; what only turns its kind left out."""
    sources = [move for move in moves if move.source.place in ("allocated", "free")]
    return added(*({move.tranche: move.cents} for move in sources if move.source != move.target))


def turned(moves: Iterable[Moved]) -> dict[tuple[Tranche, Tranche], int]:
    """What is agreed and becomes another kind of money by an act, in cents: (before, after)."""
    changed: dict[tuple[Tranche, Tranche], int] = {}
    for move in moves:
        if move.source == move.target and move.source.place == "agreed":
            pair = (move.tranche, move.becomes)
            changed[pair] = changed.get(pair, 0) + move.cents
    return changed
