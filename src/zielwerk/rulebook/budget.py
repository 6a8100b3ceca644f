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
    """The closing of one line and programme year, in cents by place.

    ``spent``, ``carried`` and ``lapsed`` say how much leaves each place; ``overspent_cents``
    is what was paid beyond the money available.
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
    spent, overspent_cents = draw(available, spent_cents)
    remaining = [(place, cents - dict(spent).get(place, 0)) for place, cents in available]
    remaining_cents = sum(cents for _, cents in remaining)
    if carried_cents > remaining_cents:
        raise Refused(
            Refusal(
                "budget.carried_too_much",
                msg("Übrig sind {left}, übertragen werden sollen {carried}."),
                {"left": Cents(remaining_cents), "carried": Cents(carried_cents)},
            )
        )
    carried, _ = draw(remaining, carried_cents)
    lapsed = [(place, cents - dict(carried).get(place, 0)) for place, cents in remaining]
    return Closing(
        tuple(spent), tuple(carried), tuple(part for part in lapsed if part[1]), overspent_cents
    )


def draw(places: Iterable[tuple[PlaceT, int]], cents: int) -> tuple[list[tuple[PlaceT, int]], int]:
    """The parts drawn from places, in their order, and the rest that none could cover."""
    parts = []
    for place, available_cents in places:
        part = min(available_cents, cents)
        cents -= part
        if part:
            parts.append((place, part))
    return parts, cents


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
    """The parts an act takes from the places of the draft, in their order, and the excess.

    >>> enacted({"provisional": 20, "draft": 80}, 90)
    ({'provisional': 20, 'draft': 70}, 0)
    """
    parts, on_top = draw(draft.items(), amount_cents)
    return dict(parts), on_top
