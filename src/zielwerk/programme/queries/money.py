"""A fund in the books: its frame, its free money, the holdings of the bodies."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from zielwerk.core.permissions import Actor, may_see
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey, Book, Place
from zielwerk.packs import loading as packs
from zielwerk.rulebook.kinds import in_order
from zielwerk.rulebook.planning import Fund, Holding, Standing
from zielwerk.rulebook.tranche import UNKNOWN, Tranche

Group = TypeVar("Group", int, str, Tranche)
HELD = (Place.ALLOCATED, Place.AGREED, Place.UNCOVERED, Place.OPENING)
AVAILABLE = (Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.CARRIED_OVER)
MONEY = frozenset({*AVAILABLE, Place.BURDENED, Place.EXPENDED, Place.UNCOVERED})
PERMISSION = frozenset({Place.PERMITTED, Place.CONSUMED, Place.UNCOVERED})


@dataclass(frozen=True)
class Gap:
    """A tranche of a fund with different sums in two books, in cents."""

    fund: Fund
    tranche: Tranche
    authorised_cents: int
    provided_cents: int


def standing(fund: Fund, on: date | None = None) -> Standing:
    """The standing of a fund in the planning book; three queries, two without a day.

    Free is what counts on the day ``on``; without one, whatever will count some day.
    """
    balances = _planned(fund)
    kinds = ledger.kinds_of(fund, balances, on)
    tranches = kinds.free
    sums = {place: _tranches(balances, place) for place in (Place.FREE, Place.UNCOVERED)}
    bodies = _of_bodies(balances)
    return Standing(
        sum(sums[Place.FREE].values()),
        sum(sums[Place.UNCOVERED].values()),
        bodies,
        _coverable(sums[Place.FREE], sums[Place.UNCOVERED]),
        sum(free.later_cents for free in tranches.values()),
        sum(free.gone_cents for free in tranches.values()),
        tranches,
        kinds,
    )


def _planned(fund: Fund) -> list[tuple[AccountKey, int]]:
    """All planning accounts of a fund; one query."""
    return ledger.account_balances(
        book=Book.PLANNING,
        programme=fund.programme,
        programme_year=fund.year,
        earmark=fund.earmark,
    )


def _of_bodies(balances: Iterable[tuple[AccountKey, int]]) -> dict[str, Holding]:
    return holdings((balance for balance in balances if balance[0].ags), lambda key: key.ags)


def _tranches(
    balances: Iterable[tuple[AccountKey, int]], *places: Place, of_state: bool = True
) -> dict[Tranche, int]:
    """What lies at places of the state, or of all bodies, by tranche."""
    sums: dict[Tranche, int] = defaultdict(int)
    for key, cents in balances:
        if key.place in places and of_state == (not key.ags):
            sums[key.tranche] += cents
    return dict(sums)


def _coverable(free: Mapping[Tranche, int], lacking: Mapping[Tranche, int]) -> int:
    """The part of the state's own gap for which there is money of its tranche."""
    same = {
        tranche: min(-cents, free.get(tranche, 0))
        for tranche, cents in lacking.items()
        if tranche != UNKNOWN
    }
    rest = sum(free.values()) - sum(same.values())
    return sum(same.values()) + min(-lacking.get(UNKNOWN, 0), rest)


def holdings(
    balances: Iterable[tuple[AccountKey, int]], group_of: Callable[[AccountKey], Group]
) -> dict[Group, Holding]:
    """The bodies' holdings on these accounts, summed by ``group_of`` an account."""
    sums: dict[Group, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, cents in balances:
        if key.place in HELD:
            sums[group_of(key)][f"{key.place}_cents"] += cents
    return {group: Holding(**cents) for group, cents in sums.items()}


def last_year(fund: Fund) -> dict[str, int]:
    """Each body's holding for the same purpose the year before, in cents, by AGS."""
    before = replace(fund, year=packs.year_before(fund.programme, fund.year))
    bodies = _of_bodies(_planned(before))
    return {ags: holding.total_cents for ags, holding in bodies.items()}


def last_year_of_bodies(fund: Fund) -> dict[str, int]:
    """The same, under its new key too where a body was renamed since: its series goes on."""
    held = last_year(fund)
    cents = dict(held)
    for body in packs.bodies_in(fund.programme, fund.year):
        for key in packs.earlier_keys(fund.programme, body.ags):
            if key in held:
                cents[body.ags] = cents.get(body.ags, 0) + held[key]
    return cents


def uncovered(programme: str, year: int) -> list[tuple[AccountKey, int]]:
    """The uncovered accounts of a year's planning, below zero until somebody covers them."""
    return ledger.account_balances(
        book=Book.PLANNING,
        place=Place.UNCOVERED,
        programme=programme,
        programme_year=year,
    )


def uncovered_planning(user: Actor, programme: str) -> list[tuple[AccountKey, int]]:
    """The uncovered planning accounts of all years, within the person's perimeter; one query."""
    balances = ledger.account_balances(
        book=Book.PLANNING, place=Place.UNCOVERED, programme=programme
    )
    return sorted(
        (balance for balance in balances if may_see(user, balance[0].ags)),
        key=lambda balance: (-balance[0].programme_year, balance[0].ags, balance[0].earmark),
    )


def left_of_body(programme: str, ags: str) -> dict[Fund, dict[Tranche, int]]:
    """The money that a body could waive, in cents by fund and tranche; one query."""
    left: dict[Fund, dict[Tranche, int]] = defaultdict(lambda: defaultdict(int))
    balances = ledger.account_balances(
        book=Book.PLANNING,
        place=Place.ALLOCATED,
        programme=programme,
        ags=ags,
    )
    for key, cents in balances:
        left[key.fund][key.tranche] += cents
    return {fund: in_order(left[fund]) for fund in sorted(left, reverse=True)}


def frames(programme: str) -> dict[Fund, dict[Tranche, int]]:
    """The frames that the authorisation book permits, in cents by fund and tranche; one query.

    For the year's own budget the money in force counts, for later years the authority to
    commit. Authority that was redeemed counts no more: the money that pays for it does, as
    *burdened*. So nothing is ever counted as both.
    """
    frames: dict[Fund, dict[Tranche, int]] = defaultdict(lambda: defaultdict(int))
    for key, cents in ledger.account_balances(book=Book.AUTHORISATION, programme=programme):
        if key.place in (PERMISSION if key.due_year else MONEY):
            frames[key.fund][key.tranche] += cents
    return {fund: dict(tranches) for fund, tranches in frames.items()}


def frame_cents(fund: Fund) -> int:
    """The frame that the authorisation book permits for a fund, in cents."""
    return sum(frames(fund.programme).get(fund, {}).values())


def is_in_force(fund: Fund) -> bool:
    """Whether a budget of this year is in force for the purpose, even if its money is used up."""
    return ledger.came_in(
        book=Book.AUTHORISATION,
        place__in=(Place.APPROPRIATED, Place.SUPPLEMENTARY),
        programme=fund.programme,
        budget_year=fund.year,
        earmark=fund.earmark,
    )


def unredeemed(programme: str) -> list[tuple[AccountKey, int]]:
    """Authority consumed and due in a year whose budget is in force, but not redeemed there.

    That happens where the later budget has another line, source or purpose than the authority:
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
    """The tranches in which authorisation and planning differ, though their sums should agree."""
    provided: dict[Fund, dict[Tranche, int]] = defaultdict(lambda: defaultdict(int))
    for key, cents in ledger.account_balances(
        book=Book.PLANNING, place=Place.OUTSIDE, programme=programme
    ):
        provided[key.fund][key.tranche] -= cents
    authorised = frames(programme)
    for fund in sorted(authorised.keys() | provided.keys()):
        permitted, given = authorised.get(fund, {}), provided.get(fund, {})
        if UNKNOWN in given:  # books from before there were tranches: only the sums compare
            permitted, given = ({UNKNOWN: sum(each.values())} for each in (permitted, given))
        for tranche in sorted(permitted.keys() | given.keys(), key=lambda each: each.place):
            authorised_cents = permitted.get(tranche, 0)
            provided_cents = given.get(tranche, 0)
            if authorised_cents != provided_cents:
                yield Gap(fund, tranche, authorised_cents, provided_cents)
