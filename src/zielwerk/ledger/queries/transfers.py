"""The transfers behind the places, and their net flows between places."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Sum
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import Account, Book, Place, Transfer
from zielwerk.ledger.queries.selection import (
    EVERYTHING,
    NONE,
    Selection,
    of_account,
    of_dimensions,
    until,
)
from zielwerk.rulebook.money import Cents


@dataclass(frozen=True)
class NetFlow:
    """The net amount from one place to another, above zero, in cents."""

    book: Book
    is_authority: bool
    source: Place
    target: Place
    amount_cents: Cents


def transfers(
    user: Actor,
    selection: Selection = EVERYTHING,
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> QuerySet[Transfer]:
    """The transfers behind the places, newest first: who, when, why, for which case.

    Accounts and reversal come with each transfer, so a page of any size is one query.
    """
    everything = Transfer.objects.select_related("source", "target", "reversed_by")
    times = {"counted_on": counted_on, "known_on": known_on}
    return touching(everything, user, selection, **times).order_by("-pk")


def touching(
    transfers: QuerySet[Transfer],
    user: Actor,
    selection: Selection,
    *,
    counted_on: date | None,
    known_on: date | None,
) -> QuerySet[Transfer]:
    """The transfers among these that touch a part of the books, at a time."""
    touching = transfers.filter(_touches(user, selection), until(counted_on, known_on))
    if not selection.case:
        return touching
    return touching.filter(case__in={selection.case, selection.case.upper()})


def transfer(user: Actor, pk: int) -> Transfer:
    """One transfer that the person may see; raises Http404 otherwise."""
    visible = transfers(user).select_related("source", "target", "reversed_by", "reverses")
    row = visible.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def unreversed(case: str) -> list[Transfer]:
    """What was booked for a case and is not reversed, the newest first; one query."""
    booked = Transfer.objects.filter(case=case, reverses__isnull=True, reversed_by__isnull=True)
    return list(booked.select_related("source", "target").order_by("-pk"))


def flows(
    user: Actor,
    selection: Selection = EVERYTHING,
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> list[NetFlow]:
    """The net amounts between places over the transfers of a selection; one query.

    What moves within one place (from one body or purpose to another) is no flow.
    """
    due = Q(source__due_year__gt=0) | Q(target__due_year__gt=0)
    visible = transfers(user, selection, counted_on=counted_on, known_on=known_on)
    visible = visible.select_related(None).order_by()
    rows = (
        visible.annotate(authority=ExpressionWrapper(due, BooleanField()))
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


def _touches(user: Actor, selection: Selection) -> Q:
    is_narrow = not user.perimeter.is_whole or selection.ags not in ("", NONE)
    if not selection.other_place and is_narrow:
        # The accounts of a few bodies are few, and lead to their transfers.
        own = Account.objects.filter(of_account("", user, selection))
        return Q(source__in=own) | Q(target__in=own)
    if not selection.other_place:
        return of_account("source__", user, selection) | of_account("target__", user, selection)
    sides = of_dimensions("source__", user, selection) | of_dimensions("target__", user, selection)
    ends = (selection.place, selection.other_place)
    forth = Q(source__place=ends[0], target__place=ends[1])
    fro = Q(source__place=ends[1], target__place=ends[0])
    return sides & (forth | fro)
