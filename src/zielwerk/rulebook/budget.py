"""A budget line at the end of its year: what was spent, carried over, and lapses.

Money that was provided for a year and neither spent in it nor carried over with consent
lapses. Commitment authority is a permission by due year: unused it lapses with its budget
year, used it burdens the later appropriation. So say §§ 38 and 45 of the federal budget code
(BHO); the code of Hesse (LHO), renewed on 1 April 2022, is assumed to say the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg

PlaceT = TypeVar("PlaceT")

UNCOVERED = "uncovered"

LAST_FIRST, FIRST_FIRST = "last_blocked", "first_blocked"
OLDEST_FIRST, NEWEST_FIRST = "oldest_year", "newest_year"


@dataclass(frozen=True)
class Orders:
    """The orders in which a budget's money is taken and given back.

    No public source states them: they are parameters of a programme year, assumed. ``block``,
    ``cut``, ``burden`` (by authority that falls due) and ``year_end`` (spending, carrying over
    and covering) name places; ``cover`` says which programme year covers after the one that
    lacks money, ``release`` which blocked money is released first.
    """

    block: tuple[str, ...] = ("supplementary", "appropriated", "carried_over")
    cut: tuple[str, ...] = ("supplementary", "appropriated", "carried_over")
    burden: tuple[str, ...] = ("appropriated", "supplementary")
    year_end: tuple[str, ...] = ("burdened", "carried_over", "appropriated", "supplementary")
    cover: tuple[str, ...] = (OLDEST_FIRST,)
    release: tuple[str, ...] = (LAST_FIRST,)


ASSUMED_ORDERS = Orders()
"""The orders of a year whose rules state none."""
CHOICES = {"cover": (OLDEST_FIRST, NEWEST_FIRST), "release": (LAST_FIRST, FIRST_FIRST)}
"""The orders that are one word out of these; every other names each of its places once."""


def is_order(code: str, order: Sequence[str]) -> bool:
    """Whether an order names what it must: each place once, or one of the choices.

    >>> is_order("burden", ["supplementary", "appropriated"]), is_order("release", ["sometimes"])
    (True, False)
    """
    if code in CHOICES:
        return len(order) == 1 and order[0] in CHOICES[code]
    return sorted(order) == sorted(getattr(ASSUMED_ORDERS, code))


WITHOUT_LIMIT = 2**62
"""More than any account can hold: what stands last takes whatever is left."""
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


def covering_order(
    years: Iterable[int], lacking: int, order: Sequence[str] = ASSUMED_ORDERS.cover
) -> list[int]:
    """The programme years whose money covers what a line lacks: the lacking one, then by age.

    >>> covering_order([2023, 2024, 2025], 2025)
    [2025, 2023, 2024]
    >>> covering_order([2023, 2024, 2025], 2025, ["newest_year"])
    [2025, 2024, 2023]
    """
    sign = -1 if NEWEST_FIRST in order else 1
    return sorted(years, key=lambda year: (year != lacking, sign * year))


class Origin(NamedTuple):
    """Where blocked money was taken from: the programme year that it serves, and its place."""

    programme_year: int
    place: str


class Move(NamedTuple):
    """One transfer that concerns blocked money, in cents.

    Above zero: blocked, from ``origin``. Below: gone from blocked, back to ``origin`` (to any,
    where it lapsed: then the place is empty). With ``covers`` nothing was blocked or released:
    money of ``origin`` covered what its year lacked.
    """

    origin: Origin
    cents: int
    covers: bool = False


def still_blocked(
    moves: Iterable[Move], order: Sequence[str] = ASSUMED_ORDERS.release
) -> list[tuple[Origin, int]]:
    """The blocked money by origin, in the order in which it is released, in cents.

    ``moves`` are those of one line in the order of their recording. What was blocked beyond
    the money that was there has the origin *uncovered*, until money covers the gap: from then
    on that money is what is blocked.

    >>> a, s = Origin(2025, "appropriated"), Origin(2025, "supplementary")
    >>> still_blocked([Move(s, 30), Move(a, 70), Move(a, -50)])
    [(Origin(programme_year=2025, place='appropriated'), 20), \
(Origin(programme_year=2025, place='supplementary'), 30)]
    """
    step = 1 if FIRST_FIRST in order else -1
    blocked: list[tuple[Origin, int]] = []
    for origin, cents, covers in moves:
        if cents > 0 and not covers:
            blocked.append((origin, cents))
            continue
        sought = Origin(origin.programme_year, UNCOVERED) if covers else origin
        left, rest = abs(cents), list[tuple[Origin, int]]()
        for entry, held in blocked[::step]:
            fits = entry == sought or (not sought.place and entry[0] == sought[0])
            part = min(held, left) if fits else 0
            left -= part
            rest += [(entry, held - part)] if held > part else []
            rest += [(origin, part)] if covers and part else []
        blocked = rest[::step]
    return blocked[::step]


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
