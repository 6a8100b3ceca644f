"""From which money of a body a grant is committed: purpose by purpose, budget year by budget year.

A body holds money by purpose (Zweckbindung) and tranche. What a notice grants for a budget year
binds money or a permission that is due in that year; money whose tranche nobody knows serves any
year, after all other. A measure without a purpose takes no money that is meant for one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.tranche import Tranche

Pot: TypeAlias = tuple[str, Tranche]
"""A purpose, empty for money without one, and a tranche of its money."""


@dataclass(frozen=True)
class Want:
    """What a notice grants a measure in a budget year, in cents; ``earmark`` is its purpose."""

    measure: str
    year: int
    cents: int
    earmark: str = ""


@dataclass(frozen=True)
class Bound:
    """A part of a grant and the money that it binds."""

    measure: str
    year: int
    pot: Pot
    cents: int


@dataclass(frozen=True)
class Cover:
    """A grant over the money that it binds, and what no money is there for, by budget year."""

    bound: tuple[Bound, ...] = ()
    missing: Mapping[int, int] = field(default_factory=dict)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Why it cannot be granted: a sentence for each budget year."""
        return tuple(
            Refusal(
                "grant.not_covered", _NOT_COVERED, {"year": str(year), "missing": Cents(missing)}
            )
            for year, missing in sorted(self.missing.items())
        )


def covered(
    wants: Iterable[Want],
    free: Mapping[Pot, int],
    draws_first: Literal["general", "earmarked"] = "general",
) -> Cover:
    """The money that a grant binds, out of what is ``free``, in cents.

    Measures without a purpose come first, for they can take one kind of money alone; of the others
    each draws on its purpose and on general money in the order of the programme.

    >>> now, later = Tranche("land", 2026), Tranche("land", 2026, 2027)
    >>> free = {("", now): 100, ("", later): 30}
    >>> cover = covered([Want("a", 2026, 70), Want("a", 2027, 40)], free)
    >>> [each.cents for each in cover.bound], cover.missing
    ([70, 30], {2027: 10})
    """
    left = {pot: cents for pot, cents in free.items() if cents > 0}
    bound, missing = [], dict[int, int]()
    for want in sorted(wants, key=lambda want: bool(want.earmark)):
        lacking = want.cents
        for pot in _order(want, left, draws_first):
            part = min(left[pot], lacking)
            left[pot] -= part
            lacking -= part
            if part:
                bound.append(Bound(want.measure, want.year, pot, part))
        if lacking:
            missing[want.year] = missing.get(want.year, 0) + lacking
    return Cover(tuple(bound), missing)


def free_by_year(free: Mapping[Pot, int]) -> dict[int, int]:
    """What is free by the budget year that pays it, in order; 0 where nobody knows the tranche."""
    sums: dict[int, int] = {}
    for (_, tranche), cents in free.items():
        sums[tranche.year] = sums.get(tranche.year, 0) + max(cents, 0)
    return dict(sorted(sums.items()))


def released(
    measure: str, year: int, cents: int, committed: Mapping[Pot, int]
) -> tuple[tuple[Bound, ...], int]:
    """What of a measure's commitments goes when it gets less, and what none is there for.

    Money that is due in the year goes first: it can serve no other one.
    """
    pots = sorted((pot for pot in committed if pot[1].year in (0, year)), key=_place)
    parts, lacking = [], cents
    for pot in pots:
        part = min(committed[pot], lacking)
        lacking -= part
        if part:
            parts.append(Bound(measure, year, pot, part))
    return tuple(parts), lacking


def _order(want: Want, pots: Iterable[Pot], draws_first: str) -> Sequence[Pot]:
    """The money that a want may bind, in its order."""
    mine = [pot for pot in pots if pot[0] in ("", want.earmark) and pot[1].year in (0, want.year)]
    is_general_first = draws_first == "general"
    return sorted(
        mine, key=lambda pot: (pot[1].year == 0, (pot[0] != "") == is_general_first, _place(pot))
    )


def _place(pot: Pot) -> tuple[bool, tuple[bool, int, int, str], str]:
    return pot[1].year == 0, pot[1].place, pot[0]


_NOT_COVERED = msg("Für das Haushaltsjahr {year} fehlen {missing}: So viel ist nicht mehr frei.")
