"""The state's budget line by line, place by place, never added across."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import PLACES, AccountKey, Book, Place
from zielwerk.programme.queries.money import frames, free_money
from zielwerk.rulebook.budget import covering_order
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import FreeMoney, Tranche

PERMISSIONS = (Place.PERMITTED, Place.CONSUMED, Place.REDEEMED, Place.LAPSED)
"""The places of commitment authority: a permission by due year, not money."""
MONEY = tuple(
    place
    for place in PLACES[Book.AUTHORISATION]
    if place not in (Place.OUTSIDE, Place.OPENING, *PERMISSIONS[:3])
)
"""The places of a budget's money, in order; the account it came from is none of them."""
LEFT = (Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.CARRIED_OVER, Place.BURDENED)
"""Money that a year's end spends, carries over or lets lapse."""


@dataclass(frozen=True, order=True)
class Heading:
    """The line, programme year and due year of a row of the budget; ``due_year`` is 0 for money."""

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
    """The money that may be promised of a tranche of a fund, and the part still free.

    Of what nobody was allocated, ``later_cents`` count from a later day only, ``owed_cents`` must
    first make good what is uncovered; the rest is free.
    """

    fund: Fund
    tranche: Tranche
    permitted_cents: Cents
    unallocated_cents: Cents
    later_cents: Cents
    owed_cents: Cents
    free_cents: Cents


def budget_of(programme: str, year: int) -> tuple[BudgetTable, BudgetTable, BudgetTable]:
    """One budget year: its money, its authority by due year, older authority due in it.

    Two queries. The three are never added: authority is a permission, not money.
    """
    balances = ledger.account_balances(
        book=Book.AUTHORISATION, programme=programme, budget_year=year
    )
    due_balances = ledger.account_balances(
        book=Book.AUTHORISATION, programme=programme, due_year=year
    )
    money = [balance for balance in balances if not balance[0].due_year]
    authority = [balance for balance in balances if balance[0].due_year]
    return _table(money, MONEY), _table(authority, PERMISSIONS), _table(due_balances, PERMISSIONS)


def remainders(programme: str, year: int) -> list[tuple[Heading, Cents]]:
    """The money that a budget year still holds, by line and programme year; one query.

    A line's shortfall is covered first and comes off.
    """
    left: dict[Heading, int] = defaultdict(int)
    shortfalls: dict[Heading, int] = defaultdict(int)
    for key, cents in ledger.account_balances(
        book=Book.AUTHORISATION,
        programme=programme,
        budget_year=year,
        due_year=0,
        place__in=(*LEFT, Place.UNCOVERED),
    ):
        (shortfalls if key.place == Place.UNCOVERED else left)[_heading(key)] += abs(cents)
    for gap, cents in shortfalls.items():
        headings = {
            heading.programme_year: heading
            for heading in left
            if replace(heading, programme_year=gap.programme_year) == gap
        }
        for programme_year in covering_order(headings, gap.programme_year):
            part = min(left[headings[programme_year]], cents)
            left[headings[programme_year]] -= part
            cents -= part
    return [(heading, Cents(cents)) for heading, cents in sorted(left.items()) if cents]


def budget_years(programme: str) -> list[int]:
    """The budget years with any entry in the books; one query."""
    balances = ledger.account_balances(book=Book.AUTHORISATION, programme=programme)
    return sorted({key.budget_year for key, _ in balances})


def frames_and_free(programme: str, on: date) -> list[Frame]:
    """Frame and free money on a day, fund by fund and tranche by tranche; three queries.

    Money and authority, sources and years are never added.
    """
    permitted, free = frames(programme), free_money(programme, on)
    rows = []
    for fund in sorted(permitted.keys() | free.keys()):
        frame, money = permitted.get(fund, {}), free.get(fund, {})
        for tranche in sorted({*frame, *money}, key=lambda tranche: tranche.place):
            of = money.get(tranche, FreeMoney())
            amounts = (of.unallocated_cents, of.later_cents, of.owed_cents, of.free_cents)
            cents = [frame.get(tranche, 0), *amounts]
            if any(cents):
                rows.append(Frame(fund, tranche, *map(Cents, cents)))
    return rows


def uncovered_accounts(programme: str) -> list[tuple[AccountKey, Cents]]:
    """Accounts below zero in any book, whatever the year; one query."""
    balances = ledger.account_balances(place=Place.UNCOVERED, programme=programme)
    return [(key, Cents(cents)) for key, cents in sorted(balances)]


def _table(balances: Iterable[tuple[AccountKey, int]], order: Sequence[Place]) -> BudgetTable:
    """Places without an amount on any line are left out, and so are lines without any amount."""
    cells: dict[Heading, dict[Place, int]] = defaultdict(dict)
    for key, cents in balances:
        if key.place in order:
            cells[_heading(key)][key.place] = cents
    places = tuple(place for place in order if any(place in row for row in cells.values()))
    rows = tuple(
        (heading, tuple(Cents(cells[heading].get(place, 0)) for place in places))
        for heading in sorted(cells)
    )
    totals = tuple(Cents(sum(row[column] for _, row in rows)) for column in range(len(places)))
    return BudgetTable(places, rows, totals)


def _heading(key: AccountKey) -> Heading:
    return Heading(
        key.budget_year,
        key.budget_line,
        key.source,
        key.earmark,
        key.programme_year,
        key.due_year,
    )
