"""What flowed between places, and what was in them on a past day: sums over what is kept.

Whole months are summed by month; only what is left of the month that a day asked for falls
into is summed by day. So the number of rows depends on accounts and months, not on transfers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Q, QuerySet, Sum, Value, When

from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import Book, FlowDay, FlowMonth, Place
from zielwerk.ledger.queries.place_balances import Group, PlaceBalance, in_order, now
from zielwerk.ledger.queries.selection import EVERYTHING, Selection, of_account
from zielwerk.ledger.queries.transfers import touches
from zielwerk.rulebook.money import Cents


@dataclass(frozen=True)
class PlaceFlow:
    """What went from one place to another, above zero, in cents; what went back is another."""

    book: Book
    is_authority: bool
    source: Place
    target: Place
    amount_cents: Cents


class Moved(NamedTuple):
    """What went from one place to another, each perhaps of one group, in cents.

    ``source_in`` and ``target_in`` tell which sides are within the selection.
    """

    book: str
    is_authority: bool
    source: str
    target: str
    source_in: bool
    target_in: bool
    source_group: Group
    target_group: Group
    cents: int


def moved(
    user: Actor,
    selection: Selection = EVERYTHING,
    dimension: str = "",
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> list[Moved]:
    """What moved between places over the transfers that touch a selection; one query.

    A combination may come several times, once from months and once from days.
    """
    sides = [f"{side}__{dimension}" for side in ("source", "target")] if dimension else []
    parts = [
        rows.filter(touches(user, selection))
        .order_by()
        .annotate(
            authority=_flag(Q(source__due_year__gt=0) | Q(target__due_year__gt=0)),
            source_in=_flag(of_account("source__", user, selection)),
            target_in=_flag(of_account("target__", user, selection)),
        )
        .values_list(
            *("source__book", "authority", "source__place", "target__place"),
            *("source_in", "target_in", *sides),
        )
        .annotate(cents=Sum("amount_cents"))
        for rows in _rows(counted_on, known_on)
    ]
    return [_moved(*row) for row in parts[0].union(*parts[1:], all=True)]


def places(
    user: Actor,
    selection: Selection = EVERYTHING,
    dimension: str = "",
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> list[PlaceBalance]:
    """Where each euro is: the places of the books in their order, one query.

    ``dimension`` names the one to group by, if any. Whoever sees a part of the bodies sees
    their money only. ``selection.case`` has no meaning here, since money in a place is of no one
    case.
    """
    if counted_on is None and known_on is None:
        return now(user, selection, dimension)
    times = {"counted_on": counted_on, "known_on": known_on}
    return contents(moved(user, selection, dimension, **times))


def _moved(
    book: str,
    is_authority: object,
    source: str,
    target: str,
    source_in: object,
    target_in: object,
    *groups_and_cents: Any,
) -> Moved:
    *groups, cents = groups_and_cents
    source_group, target_group = groups or ("", "")
    within = bool(source_in), bool(target_in)
    return Moved(
        *(book, bool(is_authority), source, target, *within, source_group, target_group, cents)
    )


def _flag(condition: Q) -> Case:
    """A condition as a column; one that restricts nothing holds always."""
    yes, no = Value(True), Value(False)
    whens = [When(condition, then=yes)] if condition else []
    return Case(*whens, default=no if condition else yes, output_field=BooleanField())


def _rows(counted_on: date | None, known_on: date | None) -> Iterator[QuerySet[Any]]:
    """The kept sums that add up to all transfers until these days, each counted once."""
    whole, counted, known = Q(), Q(), Q()
    if counted_on is not None:
        whole &= Q(value_month__lt=_begun(counted_on))
        counted = Q(value_date__lte=counted_on)
    if known_on is not None:
        whole &= Q(recorded_month__lt=_begun(known_on))
        known = Q(recorded_on__lte=known_on)
    yield FlowMonth.objects.filter(whole)
    if counted_on is not None:
        yield FlowDay.objects.filter(counted, known, value_date__gte=_begun(counted_on))
    if known_on is not None:
        earlier = Q() if counted_on is None else Q(value_date__lt=_begun(counted_on))
        yield FlowDay.objects.filter(earlier, known, recorded_on__gte=_begun(known_on))


def _begun(day: date) -> date:
    """The first day of the month that has begun but not ended with this day."""
    return (day + timedelta(days=1)).replace(day=1)


def flows(moved: Iterable[Moved]) -> list[PlaceFlow]:
    """What flowed from place to place, there and back each for itself, in the books' order.

    What moves within one place (from one body or purpose to another) is a flow, too.
    """
    cents: Counter[tuple[str, bool, str, str]] = Counter()
    for row in moved:
        cents[row.book, row.is_authority, row.source, row.target] += row.cents
    found = [
        PlaceFlow(Book(book), is_authority, Place(source), Place(target), Cents(amount))
        for (book, is_authority, source, target), amount in cents.items()
    ]
    books, spots = list(Book), list(Place)
    return sorted(
        found,
        key=lambda flow: (
            *(books.index(flow.book), flow.is_authority),
            *(spots.index(flow.source), spots.index(flow.target)),
        ),
    )


def contents(moved: Iterable[Moved]) -> list[PlaceBalance]:
    """What was in the places of the selection after all that moved, in the books' order."""
    cents: Counter[tuple[str, bool, str, Group]] = Counter()
    for row in moved:
        if row.source_in:
            cents[row.book, row.is_authority, row.source, row.source_group] -= row.cents
        if row.target_in:
            cents[row.book, row.is_authority, row.target, row.target_group] += row.cents
    return in_order(
        PlaceBalance(Book(book), Place(place), Cents(amount), group, is_authority)
        for (book, is_authority, place, group), amount in cents.items()
    )


def places_within(moved: Iterable[Moved]) -> set[tuple[str, bool, str]]:
    """The places (book, whether of authority, place) where the selection has accounts."""
    within = set()
    for row in moved:
        ends = ((row.source, row.source_in), (row.target, row.target_in))
        within |= {(row.book, row.is_authority, place) for place, is_in in ends if is_in}
    return within
