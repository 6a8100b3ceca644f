"""Where each euro is: balances of places, on both time axes, as people see them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Sum

from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import COUNTER_PLACES, Account, AccountDay, AccountKey, Book, Place
from zielwerk.ledger.queries.selection import EVERYTHING, Selection, of_account, until
from zielwerk.rulebook.money import Cents

Group = str | int  # a value of the dimension that a table is grouped by; "" without one


@dataclass(frozen=True)
class Standing:
    """What is in one place of one book, in cents, perhaps of one group.

    ``is_authority`` tells commitment authority from money; the two are never added.
    """

    book: Book
    place: Place
    balance_cents: Cents
    group: Group = ""
    is_authority: bool = False


@dataclass(frozen=True)
class BookTable:
    """One book (commitment authority apart) as a table: groups by places, in cents.

    ``totals`` sums the rows, place by place.
    """

    book: Book
    is_authority: bool
    places: tuple[Place, ...]
    rows: tuple[tuple[Group, tuple[Cents, ...]], ...]
    totals: tuple[Cents, ...]


def balance(
    key: AccountKey, *, counted_on: date | None = None, known_on: date | None = None
) -> Cents:
    """The balance of an account in cents; 0 for one that nobody opened.

    ``counted_on`` leaves out what counts from later days, ``known_on`` what was recorded on
    later days; None restricts nothing.
    """
    if counted_on is None and known_on is None:
        found = Account.objects.filter(**asdict(key)).values_list("balance_cents", flat=True)
        return Cents(found.first() or 0)
    days = AccountDay.objects.filter(account__in=Account.objects.filter(**asdict(key)))
    total = days.filter(until(counted_on, known_on)).aggregate(total=Sum("net_cents"))["total"]
    return Cents(total or 0)


def places(
    user: Actor,
    chosen: Selection = EVERYTHING,
    by: str = "",
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> list[Standing]:
    """Where each euro is: the places of the books in their order, one query.

    ``by`` names a dimension of accounts to group by. Whoever acts for one body sees that
    body's money only. ``chosen.case`` has no meaning here, since money in a place is of no one
    case.
    """
    if counted_on is None and known_on is None:
        prefix, cents = "", "balance_cents"
        found: QuerySet[Any] = Account.objects.filter(of_account("", user, chosen))
    else:
        prefix, cents = "account__", "net_cents"
        days = AccountDay.objects.filter(until(counted_on, known_on))
        found = days.filter(of_account(prefix, user, chosen))
    authority = ExpressionWrapper(Q(**{f"{prefix}due_year__gt": 0}), BooleanField())
    names = [f"{prefix}book", f"{prefix}place", *([prefix + by] if by else [])]
    rows = found.order_by().annotate(authority=authority).values_list("authority", *names)
    books, spots = list(Book), list(Place)
    standings = [
        Standing(Book(book), Place(place), Cents(total), group[0] if by else "", bool(is_authority))
        for is_authority, book, place, *group, total in rows.annotate(Sum(cents))
    ]
    return sorted(
        standings,
        key=lambda row: (
            books.index(row.book),
            row.is_authority,
            spots.index(row.place),
            str(row.group),
        ),
    )


def tables(standings: Iterable[Standing]) -> list[BookTable]:
    """Standings as tables, one a book; groups and places that hold nothing are left out.

    What belongs to no group stands last.
    """
    books: dict[tuple[Book, bool], dict[tuple[Group, Place], int]] = {}
    for one in standings:
        if one.balance_cents:
            cells = books.setdefault((one.book, one.is_authority), {})
            cells[one.group, one.place] = one.balance_cents
    return [_table(book, is_authority, cells) for (book, is_authority), cells in books.items()]


def _table(book: Book, is_authority: bool, cells: dict[tuple[Group, Place], int]) -> BookTable:
    found = {place for _, place in cells}
    # First where money is, then what must be resolved, then where it came from.
    order = [*(place for place in Place if place not in COUNTER_PLACES), *reversed(COUNTER_PLACES)]
    shown = tuple(place for place in order if place in found)
    groups = sorted({group for group, _ in cells}, key=lambda group: (not group, group))
    rows = tuple(
        (group, tuple(Cents(cells.get((group, place), 0)) for place in shown)) for group in groups
    )
    totals = tuple(Cents(sum(row[number] for _, row in rows)) for number in range(len(shown)))
    return BookTable(book, is_authority, shown, rows, totals)


def dimension_values(user: Actor, *names: str) -> list[set[Group]]:
    """Which values accounts have in these dimensions, within the perimeter; one query."""
    found = Account.objects.filter(of_account("", user, EVERYTHING)).order_by()
    rows = list(found.values_list(*names).distinct())
    return [set(column) for column in zip(*rows, strict=True)] or [set() for _ in names]
