"""The state's budget as people see it: line by line, place by place, never added across."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import PLACES, AccountKey, Book, Place
from zielwerk.programme.queries.money import frames
from zielwerk.rulebook.budget import covering_order
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund

PERMISSIONS = (Place.PERMITTED, Place.CONSUMED, Place.REDEEMED, Place.LAPSED)
"""Where commitment authority may be: a permission by due year, not money."""
MONEY = tuple(
    place
    for place in PLACES[Book.AUTHORISATION]
    if place not in (Place.OUTSIDE, Place.OPENING, *PERMISSIONS[:3])
)
"""Where the money of a budget may be, in order; what it came from is no place of it."""
LEFT = (Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.CARRIED_OVER, Place.BURDENED)
"""Money that a year's end spends, carries over or lets lapse."""


@dataclass(frozen=True, order=True)
class Heading:
    """What a row of the budget is about; ``due_year`` is 0 for money."""

    budget_year: int
    budget_line: str
    source: str
    earmark: str
    programme_year: int
    due_year: int


@dataclass(frozen=True)
class BudgetTable:
    """Lines by places, in cents; ``totals`` sums each place by itself."""

    places: tuple[Place, ...]
    rows: tuple[tuple[Heading, tuple[Cents, ...]], ...]
    totals: tuple[Cents, ...]


@dataclass(frozen=True)
class Frame:
    """What may be promised of a fund, and what of it is still free."""

    fund: Fund
    permitted_cents: Cents
    free_cents: Cents


def budget_of(programme: str, year: int) -> tuple[BudgetTable, BudgetTable, BudgetTable]:
    """One budget year: its money, its authority by due year, older authority due in it.

    Two queries. The three are never added: authority is a permission, not money.
    """
    own = ledger.account_balances(book=Book.AUTHORISATION, programme=programme, budget_year=year)
    due = ledger.account_balances(book=Book.AUTHORISATION, programme=programme, due_year=year)
    money = [one for one in own if not one[0].due_year]
    authority = [one for one in own if one[0].due_year]
    return _table(money, MONEY), _table(authority, PERMISSIONS), _table(due, PERMISSIONS)


def left_of(programme: str, year: int) -> list[tuple[Heading, Cents]]:
    """What a budget year still holds, by line and programme year; one query.

    What a line lacks is covered from it first and comes off.
    """
    left: dict[Heading, int] = defaultdict(int)
    lacking: dict[Heading, int] = defaultdict(int)
    for key, cents in ledger.account_balances(
        book=Book.AUTHORISATION,
        programme=programme,
        budget_year=year,
        due_year=0,
        place__in=(*LEFT, Place.UNCOVERED),
    ):
        (lacking if key.place == Place.UNCOVERED else left)[_heading(key)] += abs(cents)
    for gap, cents in lacking.items():
        same = {
            one.programme_year: one
            for one in left
            if replace(one, programme_year=gap.programme_year) == gap
        }
        for programme_year in covering_order(same, gap.programme_year):
            part = min(left[same[programme_year]], cents)
            left[same[programme_year]] -= part
            cents -= part
    return [(heading, Cents(cents)) for heading, cents in sorted(left.items()) if cents]


def budget_years(programme: str) -> list[int]:
    """The budget years of which the books know anything; one query."""
    found = ledger.account_balances(book=Book.AUTHORISATION, programme=programme)
    return sorted({key.budget_year for key, _ in found})


def frames_and_free(programme: str) -> list[Frame]:
    """What may be promised and what is free, fund by fund; two queries."""
    permitted = frames(programme)
    free = {
        key.fund: cents
        for key, cents in ledger.account_balances(
            book=Book.PLANNING, place=Place.FREE, programme=programme
        )
    }
    return [
        Frame(fund, Cents(permitted.get(fund, 0)), Cents(free.get(fund, 0)))
        for fund in sorted(permitted.keys() | free.keys())
        if permitted.get(fund) or free.get(fund)
    ]


def uncovered_anywhere(programme: str) -> list[tuple[AccountKey, Cents]]:
    """Accounts below zero in any book, whatever the year; one query."""
    found = ledger.account_balances(place=Place.UNCOVERED, programme=programme)
    return [(key, Cents(cents)) for key, cents in sorted(found)]


def _table(standing: Iterable[tuple[AccountKey, int]], order: Sequence[Place]) -> BudgetTable:
    """Places that hold nothing anywhere are left out, and so are lines without any."""
    cells: dict[Heading, dict[Place, int]] = defaultdict(dict)
    for key, cents in standing:
        if key.place in order:
            cells[_heading(key)][key.place] = cents
    shown = tuple(place for place in order if any(place in row for row in cells.values()))
    rows = tuple(
        (heading, tuple(Cents(cells[heading].get(place, 0)) for place in shown))
        for heading in sorted(cells)
    )
    totals = tuple(Cents(sum(row[number] for _, row in rows)) for number in range(len(shown)))
    return BudgetTable(shown, rows, totals)


def _heading(key: AccountKey) -> Heading:
    return Heading(
        key.budget_year,
        key.budget_line,
        key.source,
        key.earmark,
        key.programme_year,
        key.due_year,
    )
