"""The transfers behind the places, and how much they moved from where to where."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Sum
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import Book, Place, Transfer
from zielwerk.ledger.queries.selection import (
    EVERYTHING,
    Selection,
    of_account,
    of_dimensions,
    until,
)
from zielwerk.rulebook.money import Cents


@dataclass(frozen=True)
class NetFlow:
    """What came to one place from another beyond what went back, above zero, in cents."""

    book: Book
    is_authority: bool
    source: Place
    target: Place
    amount_cents: Cents


def transfers(
    user: Actor,
    chosen: Selection = EVERYTHING,
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> QuerySet[Transfer]:
    """The transfers behind the places, newest first: who, when, why, for which case.

    Accounts and reversal come with each transfer, so a page of any size is one query.
    """
    found = Transfer.objects.filter(_touches(user, chosen), until(counted_on, known_on))
    if chosen.case:
        found = found.filter(case=chosen.case)
    return found.select_related("source", "target", "reversed_by").order_by("-pk")


def transfer(user: Actor, pk: int) -> Transfer:
    """One transfer that the person may see; raises Http404 otherwise."""
    found = transfers(user).select_related("source", "target", "reversed_by", "reverses")
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def flows(
    user: Actor,
    chosen: Selection = EVERYTHING,
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> list[NetFlow]:
    """The net amounts between places over the transfers of a selection; one query.

    What moves within one place (from one body or purpose to another) is no flow.
    """
    due = Q(source__due_year__gt=0) | Q(target__due_year__gt=0)
    found = transfers(user, chosen, counted_on=counted_on, known_on=known_on)
    found = found.select_related(None).order_by()
    rows = (
        found.annotate(authority=ExpressionWrapper(due, BooleanField()))
        .values_list("source__book", "authority", "source__place", "target__place")
        .annotate(Sum("amount_cents"))
    )
    moved = {(b, bool(a), Place(s), Place(t)): cents for b, a, s, t, cents in rows}
    books, spots = list(Book), list(Place)
    return [
        NetFlow(Book(book), is_authority, source, target, Cents(net))
        for (book, is_authority, source, target), cents in sorted(
            moved.items(),
            key=lambda row: (
                books.index(Book(row[0][0])),
                row[0][1],
                spots.index(row[0][2]),
                spots.index(row[0][3]),
            ),
        )
        if source != target
        if (net := cents - moved.get((book, is_authority, target, source), 0)) > 0
    ]


def _touches(user: Actor, chosen: Selection) -> Q:
    if not chosen.other_place:
        return of_account("source__", user, chosen) | of_account("target__", user, chosen)
    sides = of_dimensions("source__", user, chosen) | of_dimensions("target__", user, chosen)
    ends = (chosen.place, chosen.other_place)
    to = Q(source__place=ends[0], target__place=ends[1])
    fro = Q(source__place=ends[1], target__place=ends[0])
    return sides & (to | fro)
