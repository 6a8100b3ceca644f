"""The state's budget line by line, place by place, never added across."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Q, QuerySet

from zielwerk.budget.models import Correction
from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import (
    PLACES,
    Account,
    AccountKey,
    Book,
    EntryCode,
    Place,
    Transfer,
)
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme.queries.money import frames
from zielwerk.rulebook.budget import Move, Orders, Origin, still_blocked
from zielwerk.rulebook.correction import CorrectionState
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.tranche import FreeMoney, Tranche

PERMISSIONS = (
    *(Place.PERMITTED, Place.CONSUMED, Place.REDEEMED),
    *(Place.BLOCKED, Place.UNCOVERED, Place.LAPSED),
)
"""The places of commitment authority: a permission by due year, not money."""
MONEY = tuple(
    place
    for place in PLACES[Book.AUTHORISATION]
    if place not in (Place.OUTSIDE, Place.OPENING, *PERMISSIONS[:3])
)
"""The places of a budget's money, in order; the account it came from is none of them."""
LEFT = (Place.APPROPRIATED, Place.SUPPLEMENTARY, Place.CARRIED_OVER, Place.BURDENED)
"""Money that a year's end spends, carries over or lets lapse."""

ENTRY = "HH-"
"""What the file numbers of entries into the budget begin with."""
UNSETTLED = (Place.DRAFT, Place.PROVISIONAL, Place.BLOCKED, Place.PERMITTED, Place.UNCOVERED)
"""What else a year's end settles."""


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
class Line:
    """One line of one year's budget; ``budget_line`` is the state's own opaque code."""

    programme: str
    budget_year: int
    budget_line: str
    source: str
    earmark: str = ""

    @property
    def fund(self) -> Fund:
        """The fund that its money pays for, unless it is carried over for an earlier year."""
        return Fund(self.programme, self.budget_year, self.earmark)


@dataclass(frozen=True)
class BudgetTable:
    """Lines by places, in cents; ``totals`` sums each place by itself."""

    places: tuple[Place, ...]
    rows: tuple[tuple[Heading, tuple[Cents, ...]], ...]
    totals: tuple[Cents, ...]


@dataclass(frozen=True)
class Frame:
    """The money that may be promised of a tranche of a fund, and the part still free.

    Of what nobody was allocated, ``later_cents`` count from a later day only, ``gone_cents`` are
    no longer available, ``owed_cents`` must first make good what is uncovered; the rest is free.
    ``is_over`` where its budget year is over and not closed.
    """

    fund: Fund
    tranche: Tranche
    is_over: bool
    permitted_cents: Cents
    unallocated_cents: Cents
    later_cents: Cents
    gone_cents: Cents
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


def is_provided(programme: str, year: int) -> bool:
    """Whether the books hold anything that the budget of a year provides; one query."""
    balances = ledger.account_balances(
        book=Book.AUTHORISATION, programme=programme, budget_year=year
    )
    return any(cents > 0 for _, cents in balances)


def closing_of(programme: str, year: int) -> str:
    """The file number under which a budget year was closed; empty while it is open.

    A closing that was corrected as a whole counts no more.
    """
    closings = Transfer.objects.filter(
        code__in=(EntryCode.LAPSE, EntryCode.CARRY_OVER, EntryCode.EXPENDITURE),
        source__book=Book.AUTHORISATION,
        source__programme=programme,
        source__budget_year=year,
        reverses__isnull=True,
        reversed_by__isnull=True,
    )
    return closings.order_by("pk").values_list("case", flat=True).first() or ""


def open_before(programme: str, year: int) -> list[int]:
    """The earlier budget years that still hold something which a closing settles; one query."""
    balances = ledger.account_balances(
        book=Book.AUTHORISATION,
        programme=programme,
        budget_year__lt=year,
        place__in=(*LEFT, *UNSETTLED),
    )
    return sorted({key.budget_year for key, _ in balances})


def known_lines(programme: str) -> list[Line]:
    """The lines that the books know, whichever the year, by their codes; one query.

    Of a line that several budgets have it is that of the newest.
    """
    accounts = Account.objects.filter(book=Book.AUTHORISATION, programme=programme)
    rows = accounts.order_by("budget_year").values_list(
        "programme", "budget_year", "budget_line", "source", "earmark"
    )
    lines = {row[2:]: Line(*row) for row in rows.distinct()}
    return [lines[code] for code in sorted(lines)]


def line_word(programme: str) -> str:
    """What the programme's budget calls its lines: "Haushaltsstelle", "Förderprodukt"."""
    years = packs.years(programme)
    parameters = packs.load(programme, years[0]).parameters if years else ()
    own = (each.label for each in parameters if each.code == "budget_line")
    return next(own, Label(msg("Haushaltsstelle")))


def corrections(user: Actor, programme: str) -> QuerySet[Correction]:
    """Corrections of the budget, newest first: who sees the budget sees them all."""
    return Correction.objects.filter(programme=programme)


def is_being_corrected(programme: str, about: str) -> bool:
    """Whether somebody asked to correct an entry, and nobody decided."""
    asked = Correction.objects.filter(programme=programme, about=about)
    return asked.filter(state=CorrectionState.ASKED).exists()


def entry(programme: str, number: str) -> list[Transfer]:
    """What an entry into the budget booked and nobody took back, the newest first; one query.

    None where the number is that of another case.
    """
    booked = ledger.unreversed(number) if number.startswith(ENTRY) else []
    return booked if {each.source.programme for each in booked} == {programme} else []


@dataclass(frozen=True)
class BookedEntry:
    """An entry into the budget that stands in the books; ``code`` is that of its first transfer."""

    number: str
    code: EntryCode
    amount_cents: Cents
    recorded_on: date


def entries(programme: str) -> list[BookedEntry]:
    """The entries of all budget years that may be asked to be corrected, the newest first.

    Those that nobody took back and nobody asked to correct; one query.
    """
    asked = Correction.objects.filter(programme=programme, state=CorrectionState.ASKED)
    booked = Transfer.objects.filter(
        case__startswith=ENTRY,
        source__book=Book.AUTHORISATION,
        source__programme=programme,
        reverses__isnull=True,
        reversed_by__isnull=True,
    ).exclude(case__in=asked.values("about"))
    rows = booked.order_by("pk").values_list("case", "code", "amount_cents", "recorded_on")
    found: dict[str, BookedEntry] = {}
    for number, code, cents, day in rows:
        first = found.setdefault(number, BookedEntry(number, EntryCode(code), Cents(0), day))
        if code == first.code:
            total = Cents(first.amount_cents + cents)
            found[number] = replace(first, amount_cents=total)
    return list(found.values())[::-1]


def booked_for(number: str) -> QuerySet[Transfer]:
    """All transfers of an entry, those that take it back among them, in their order.

    ``mirror`` is the number of the transfer that takes one back, None without one.
    """
    booked = Transfer.objects.filter(case=number).annotate(mirror=F("reversed_by__pk"))
    return booked.select_related("source", "target").order_by("pk")


def year_of(booked: Sequence[Transfer]) -> int:
    """The budget year that an entry was made in, by its file number."""
    return int(booked[0].case.split("-")[1])


def orders(programme: str, year: int) -> Orders:
    """The orders in which the budget of a year takes money; assumed where no rules state them."""
    stated = rules_of(programme, year).budget_orders
    return Orders(**{each.code: each.order for each in stated})


def blocked(own: AccountKey) -> list[tuple[Origin, int]]:
    """The blocked money of a line by what it was, in the order of its release; one query.

    ``own`` is any account of the line, with the due year where it is authority.
    """
    line = {
        name: getattr(own, name)
        for name in ("programme", "budget_year", "budget_line", "source", "earmark", "due_year")
    }
    accounts = Account.objects.filter(book=Book.AUTHORISATION, **line)
    concerned = Transfer.objects.filter(
        Q(source__in=accounts.filter(place=Place.BLOCKED))
        | Q(target__in=accounts.filter(place=Place.BLOCKED))
        | Q(target__in=accounts.filter(place=Place.UNCOVERED), code=EntryCode.COVER),
        reverses__isnull=True,
        reversed_by__isnull=True,
    )
    rows = concerned.order_by("pk").values_list(
        "source__programme_year", "source__place", "target__place", "amount_cents"
    )
    order = orders(own.programme, own.budget_year).release
    return still_blocked((_move(*row) for row in rows), order)


def blocked_by(booked: Iterable[Transfer]) -> list[tuple[Origin, int]]:
    """What these transfers of one entry blocked, by what it was; what covered a gap, as that."""
    moves = [
        _move(one.source.programme_year, one.source.place, one.target.place, one.amount_cents)
        for one in sorted(booked, key=lambda one: one.pk)
        if one.source.book == Book.AUTHORISATION
        and (
            one.target.place == Place.BLOCKED
            or (one.target.place == Place.UNCOVERED and one.code == EntryCode.COVER)
        )
    ]
    return still_blocked(move for move in moves if move.cents > 0)


def _move(year: int, source: str, target: str, cents: int) -> Move:
    if source == Place.BLOCKED:  # what lapsed did not go back anywhere
        return Move(Origin(year, "" if target == Place.LAPSED else target), -cents)
    return Move(Origin(year, source), cents, covers=target == Place.UNCOVERED)


YEARS_AHEAD = 2
"""How far a budget is drafted before its year: a double budget (Doppelhaushalt) covers two."""


def years_to_choose(programme: str, on: date) -> list[int]:
    """The budget years that can be chosen on a day, the newest first; one query.

    Those with an entry in the books or with rules, the running one and the next ones, for a
    budget is drafted before the rules of its programme year.
    """
    accounts = Account.objects.filter(book=Book.AUTHORISATION, programme=programme)
    booked = accounts.order_by().values_list("budget_year", flat=True).distinct()
    ahead = range(on.year, on.year + YEARS_AHEAD + 1)
    return sorted({*booked, *packs.years(programme), *ahead}, reverse=True)


def no_such_year(year: object, years: Sequence[int]) -> Refusal:
    """Why a budget year cannot be chosen, and which can."""
    sentence = msg("Das Haushaltsjahr {year} kann nicht gewählt werden; möglich sind {known}.")
    known = ", ".join(map(str, sorted(years)))
    return Refusal("budget.no_such_year", sentence, {"year": str(year)[:20], "known": known})


def rules_of(programme: str, budget_year: int) -> Year:
    """The rules that a budget year follows: its own, else the newest before it, else the oldest."""
    known = packs.years(programme)
    year = next((each for each in known if each <= budget_year), known[-1])
    return packs.load(programme, year)


def due_years_waiting(programme: str) -> list[int]:
    """The years in which consumed authority falls due that no budget redeemed; one query."""
    accounts = ledger.account_balances(
        book=Book.AUTHORISATION, place=Place.CONSUMED, programme=programme
    )
    return sorted({key.due_year for key, _ in accounts})


def frames_and_free(programme: str, on: date) -> list[Frame]:
    """Frame and free money on a day, fund by fund and tranche by tranche; five queries.

    Money and authority, sources and years are never added.
    """
    permitted, free = frames(programme), ledger.free_money(programme, on)
    rows = []
    for fund in sorted(permitted.keys() | free.keys()):
        frame, money = permitted.get(fund, {}), free.get(fund, {})
        for tranche in sorted({*frame, *money}, key=lambda tranche: tranche.place):
            of = money.get(tranche, FreeMoney())
            amounts = (of.unallocated_cents, of.later_cents, of.gone_cents, of.owed_cents)
            cents = [frame.get(tranche, 0), *amounts, of.free_cents]
            if any(cents):
                rows.append(Frame(fund, tranche, of.is_over, *map(Cents, cents)))
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
