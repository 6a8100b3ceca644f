"""What the books say of a fund: its frame, what is free of it, what bodies hold of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey, Book, Place
from zielwerk.rulebook.planning import Fund, Holding, Standing

Group = TypeVar("Group", int, str)
HELD = (Place.ALLOCATED, Place.AGREED, Place.UNCOVERED, Place.OPENING)
AVAILABLE = (Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.CARRIED_OVER)
MONEY = frozenset({*AVAILABLE, Place.BURDENED, Place.EXPENDED, Place.UNCOVERED})
PERMISSION = frozenset({Place.PERMITTED, Place.CONSUMED, Place.UNCOVERED})


@dataclass(frozen=True)
class Gap:
    """A fund of which two books tell different sums, in cents."""

    fund: Fund
    authorised_cents: int
    provided_cents: int


def standing(fund: Fund) -> Standing:
    """What the planning book says of a fund; one query."""
    found = ledger.account_balances(
        book=Book.PLANNING,
        programme=fund.programme,
        programme_year=fund.year,
        earmark=fund.earmark,
    )
    state = {key.place: cents for key, cents in found if not key.ags}
    bodies = holdings((one for one in found if one[0].ags), lambda key: key.ags)
    return Standing(state.get(Place.FREE, 0), state.get(Place.UNCOVERED, 0), bodies)


def holdings(
    standing: Iterable[tuple[AccountKey, int]], of: Callable[[AccountKey], Group]
) -> dict[Group, Holding]:
    """What bodies hold on these accounts, summed by what ``of`` says of an account."""
    found: dict[Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, cents in standing:
        if key.place in HELD:
            found[of(key)][f"{key.place}_cents"] += cents
    return {group: Holding(**cents) for group, cents in found.items()}


def last_year(fund: Fund) -> dict[str, int]:
    """What each body was given for the same purpose the year before, in cents, by AGS."""
    bodies = standing(fund.last_year).bodies
    return {ags: holding.total_cents for ags, holding in bodies.items()}


def uncovered(programme: str, year: int) -> list[tuple[AccountKey, int]]:
    """What somebody must still resolve in the planning of a year: accounts below zero."""
    return ledger.account_balances(
        book=Book.PLANNING,
        place=Place.UNCOVERED,
        programme=programme,
        programme_year=year,
    )


def uncovered_planning(user: Actor, programme: str) -> list[tuple[AccountKey, int]]:
    """What is uncovered in the planning of any year, within the person's perimeter; one query."""
    own = {"ags": user.ags} if user.ags else {}
    found = ledger.account_balances(
        book=Book.PLANNING, place=Place.UNCOVERED, programme=programme, **own
    )
    return sorted(found, key=lambda one: (-one[0].programme_year, one[0].ags, one[0].earmark))


def left_of_body(programme: str, ags: str) -> dict[Fund, int]:
    """What a body has and could waive, in cents by fund; one query."""
    found: dict[Fund, int] = defaultdict(int)
    standing = ledger.account_balances(
        book=Book.PLANNING,
        place__in=(Place.ALLOCATED, Place.AGREED),
        programme=programme,
        ags=ags,
    )
    for key, cents in standing:
        found[key.fund] += cents
    return dict(sorted(found.items(), reverse=True))


def frames(programme: str) -> dict[Fund, int]:
    """What the authorisation book permits, in cents by fund.

    For the year's own budget the money in force counts, for later years the authority to
    commit. Authority that was redeemed counts no more: the money that pays for it does, as
    *burdened*. So nothing is ever counted as both.
    """
    found: dict[Fund, int] = defaultdict(int)
    for key, cents in ledger.account_balances(book=Book.AUTHORISATION, programme=programme):
        if key.place in (PERMISSION if key.due_year else MONEY):
            found[key.fund] += cents
    return dict(found)


def frame_cents(fund: Fund) -> int:
    """What the authorisation book permits for a fund, in cents."""
    return frames(fund.programme).get(fund, 0)


def is_in_force(fund: Fund) -> bool:
    """Whether a budget of this year is in force for the purpose, whatever became of its money."""
    return ledger.came_in(
        book=Book.AUTHORISATION,
        place__in=(Place.APPROPRIATED, Place.SUPPLEMENTARY),
        programme=fund.programme,
        budget_year=fund.year,
        earmark=fund.earmark,
    )


def unredeemed(programme: str) -> list[tuple[AccountKey, int]]:
    """Authority consumed and due in a year whose budget is in force, but not redeemed there.

    So it is where the later budget has another line, source or purpose than the authority:
    both would count. Somebody must say which money pays for it.
    """
    consumed = ledger.account_balances(
        book=Book.AUTHORISATION, place=Place.CONSUMED, programme=programme
    )
    in_force = ledger.came_in_by(
        "budget_year",
        book=Book.AUTHORISATION,
        place__in=(Place.APPROPRIATED, Place.SUPPLEMENTARY),
        programme=programme,
    )
    return [(key, cents) for key, cents in consumed if key.due_year in in_force]


def gaps(programme: str) -> Iterator[Gap]:
    """Where authorisation and planning differ, though they should tell the same sum."""
    provided: dict[Fund, int] = defaultdict(int)
    for key, cents in ledger.account_balances(
        book=Book.PLANNING, place=Place.OUTSIDE, programme=programme
    ):
        provided[key.fund] -= cents
    authorised = frames(programme)
    for fund in sorted(authorised.keys() | provided.keys()):
        permitted, given = authorised.get(fund, 0), provided.get(fund, 0)
        if permitted != given:
            yield Gap(fund, permitted, given)
