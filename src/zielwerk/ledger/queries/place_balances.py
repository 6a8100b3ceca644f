"""Balances of places, on both time axes, within a person's perimeter."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, Sum

from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import COUNTER_PLACES, Account, AccountDay, AccountKey, Book, Place
from zielwerk.ledger.queries.selection import EVERYTHING, Selection, of_account, until
from zielwerk.rulebook.money import Cents

Group = str | int  # a value of the dimension that a table is grouped by; "" without one


@dataclass(frozen=True)
class PlaceBalance:
    """The balance of one place of one book, in cents, perhaps of one group.

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

    @property
    def outside_cents(self) -> Cents:
        """What the accounts outside the selection have of this book, so that all is zero."""
        return Cents(-sum(self.totals))


def balance(
    key: AccountKey, *, counted_on: date | None = None, known_on: date | None = None
) -> Cents:
    """The balance of an account in cents; 0 for one that nobody opened.

    ``counted_on`` leaves out what counts from later days, ``known_on`` what was recorded on
    later days; None restricts nothing.
    """
    if counted_on is None and known_on is None:
        cents = Account.objects.filter(**asdict(key)).values_list("balance_cents", flat=True)
        return Cents(cents.first() or 0)
    days = AccountDay.objects.filter(account__in=Account.objects.filter(**asdict(key)))
    total = days.filter(until(counted_on, known_on)).aggregate(total=Sum("net_cents"))["total"]
    return Cents(total or 0)


def now(user: Actor, selection: Selection, dimension: str) -> list[PlaceBalance]:
    """What is in the places now, from the accounts' own balances; one query."""
    accounts = Account.objects.filter(of_account("", user, selection)).order_by()
    authority = ExpressionWrapper(Q(due_year__gt=0), BooleanField())
    names = ["book", "place", *([dimension] if dimension else [])]
    rows = accounts.annotate(authority=authority).values_list("authority", *names)
    return in_order(
        PlaceBalance(
            Book(book),
            Place(place),
            Cents(total),
            group[0] if dimension else "",
            bool(is_authority),
        )
        for is_authority, book, place, *group, total in rows.annotate(Sum("balance_cents"))
    )


def in_order(balances: Iterable[PlaceBalance]) -> list[PlaceBalance]:
    """Balances in the order of the books and their places."""
    books, spots = list(Book), list(Place)
    return sorted(
        balances,
        key=lambda row: (
            books.index(row.book),
            row.is_authority,
            spots.index(row.place),
            str(row.group),
        ),
    )


def tables(
    balances: Iterable[PlaceBalance], place: Callable[[Group], Any] | None = None
) -> list[BookTable]:
    """Balances as tables, one a book; groups and places that hold nothing are left out.

    ``place`` says where a group stands among the others.
    """
    books: dict[tuple[Book, bool], dict[tuple[Group, Place], int]] = {}
    for place_balance in balances:
        if place_balance.balance_cents:
            cells = books.setdefault((place_balance.book, place_balance.is_authority), {})
            cells[place_balance.group, place_balance.place] = place_balance.balance_cents
    order = place or (lambda group: (not group, group))
    return [
        _table(book, is_authority, cells, order) for (book, is_authority), cells in books.items()
    ]


def _table(
    book: Book,
    is_authority: bool,
    cells: dict[tuple[Group, Place], int],
    place_of: Callable[[Group], Any],
) -> BookTable:
    filled = {place for _, place in cells}
    # First where money is, then what must be resolved, then where it came from.
    order = [*(place for place in Place if place not in COUNTER_PLACES), *reversed(COUNTER_PLACES)]
    shown = tuple(place for place in order if place in filled)
    groups = sorted({group for group, _ in cells}, key=place_of)
    rows = tuple(
        (group, tuple(Cents(cells.get((group, place), 0)) for place in shown)) for group in groups
    )
    totals = tuple(Cents(sum(row[number] for _, row in rows)) for number in range(len(shown)))
    return BookTable(book, is_authority, shown, rows, totals)


def dimension_values(user: Actor, *names: str) -> list[set[Group]]:
    """Which values accounts have in these dimensions, within the perimeter; at most two queries.

    The bodies are asked apart: together with the years they would be as many rows as accounts.
    """
    accounts = Account.objects.filter(of_account("", user, EVERYTHING)).order_by()
    values: dict[str, set[Group]] = {name: set() for name in names}
    for asked in (["ags"], [name for name in names if name != "ags"]):
        together = [name for name in asked if name in values]
        for row in accounts.values_list(*together).distinct() if together else ():
            for name, value in zip(together, row, strict=True):
                values[name].add(value)
    return list(values.values())
