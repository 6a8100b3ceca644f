"""A budget line at the end of its year: what was spent, carried over, and lapses.

Money that was provided for a year and neither spent in it nor carried over with consent
lapses. Commitment authority is a permission by due year: unused it lapses with its budget
year, used it burdens the later appropriation. So say §§ 38 and 45 of the federal budget code
(BHO); the code of Hesse (LHO), renewed on 1 April 2022, is assumed to say the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg

PlaceT = TypeVar("PlaceT")

LATER_YEARS = 4
"""How far commitment authority reaches beyond its budget year where the pack says nothing."""


@dataclass(frozen=True)
class Closing:
    """What becomes of the money of one line and programme year, in cents by place.

    ``spent``, ``carried`` and ``lapsed`` say how much leaves each place; ``overspent_cents``
    is what was paid beyond all that was there.
    """

    spent: tuple[tuple[str, int], ...]
    carried: tuple[tuple[str, int], ...]
    lapsed: tuple[tuple[str, int], ...]
    overspent_cents: int


def close(available: Sequence[tuple[str, int]], spent_cents: int, carried_cents: int) -> Closing:
    """Close a line: ``available`` are its places in the order in which they pay.

    >>> close([("burdened", 30), ("appropriated", 100)], 80, 20)
    Closing(spent=(('burdened', 30), ('appropriated', 50)), carried=(('appropriated', 20),), \
lapsed=(('appropriated', 30),), overspent_cents=0)

    Refused where more is to be carried over than is left.
    """
    spent, rest = taken(available, spent_cents)
    left = [(place, cents - dict(spent).get(place, 0)) for place, cents in available]
    there = sum(cents for _, cents in left)
    if carried_cents > there:
        raise Refused(
            Refusal(
                "budget.carried_too_much",
                msg("Übrig sind {left}, übertragen werden sollen {carried}."),
                {"left": Cents(there), "carried": Cents(carried_cents)},
            )
        )
    carried, _ = taken(left, carried_cents)
    lapsed = [(place, cents - dict(carried).get(place, 0)) for place, cents in left]
    return Closing(tuple(spent), tuple(carried), tuple(one for one in lapsed if one[1]), rest)


def taken(places: Iterable[tuple[PlaceT, int]], cents: int) -> tuple[list[tuple[PlaceT, int]], int]:
    """What each place gives, in order, and what none could give."""
    given = []
    for place, there in places:
        part = min(there, cents)
        cents -= part
        if part:
            given.append((place, part))
    return given, cents


def covering_order(years: Iterable[int], lacking: int) -> list[int]:
    """The programme years whose money covers what a line lacks: the lacking one, then by age."""
    return sorted(years, key=lambda year: (year != lacking, year))


def authority_refusals(
    budget_year: int, due_year: int, later_years: int = LATER_YEARS
) -> tuple[Refusal, ...]:
    """Commitment authority falls due in one of the ``later_years`` after its budget year."""
    if budget_year < due_year <= budget_year + later_years:
        return ()
    return (
        Refusal(
            "budget.due_year",
            msg(
                "Verpflichtungsermächtigungen des Haushalts {year} werden in den Jahren {first} "
                "bis {last} fällig, nicht {due}."
            ),
            {
                "year": budget_year,
                "first": budget_year + 1,
                "last": budget_year + later_years,
                "due": due_year,
            },
        ),
    )


def enacted(draft: Mapping[str, int], amount_cents: int) -> tuple[dict[str, int], int]:
    """What an act takes from each place of the draft, in their order, and what comes on top.

    >>> enacted({"provisional": 20, "draft": 80}, 90)
    ({'provisional': 20, 'draft': 70}, 0)
    """
    given, on_top = taken(draft.items(), amount_cents)
    return dict(given), on_top
