"""The transfers behind the places."""

from datetime import date

from django.db.models import Q, QuerySet
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


def transfers(
    user: Actor,
    selection: Selection = EVERYTHING,
    *,
    counted_on: date | None = None,
    known_on: date | None = None,
) -> QuerySet[Transfer]:
    """The transfers behind the places, newest first: who, when, why, for which case.

    Accounts come with each transfer, so a page of any size is one query.
    """
    everything = Transfer.objects.select_related("source", "target")
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
    touching = transfers.filter(touches(user, selection), until(counted_on, known_on))
    if not selection.case:
        return touching
    return touching.filter(case__in={selection.case, selection.case.upper()})


def transfer(user: Actor, pk: int) -> Transfer:
    """One transfer that the person may see; raises Http404 otherwise."""
    row = transfers(user).select_related("source", "target", "reverses").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def unreversed(case: str) -> list[Transfer]:
    """What was booked for a case and is not reversed, the newest first; one query.

    Without what shows that a commitment is uncovered: that follows from the rest.
    """
    booked = Transfer.objects.filter(case=case, reverses__isnull=True, reversed_by__isnull=True)
    gaps = Q(source__place=Place.UNCOVERED) | Q(target__place=Place.UNCOVERED)
    booked = booked.exclude(gaps, source__book=Book.COMMITMENT)
    return list(booked.select_related("source", "target").order_by("-pk"))


def reversal_of(transfer: Transfer) -> Transfer | None:
    """The transfer that reversed this one."""
    return Transfer.objects.filter(reverses=transfer).first()


def moved_since(case: str) -> list[str]:
    """File numbers of what was booked later on the accounts to which a case brought money."""
    booked = Transfer.objects.filter(case=case, reverses__isnull=True, reversed_by__isnull=True)
    last = booked.order_by("-pk").values_list("pk", flat=True).first() or 0
    targets = booked.order_by().values("target")
    later = Transfer.objects.filter(Q(source__in=targets) | Q(target__in=targets), pk__gt=last)
    return sorted(set(later.exclude(case=case).order_by().values_list("case", flat=True)))


def touches(user: Actor, selection: Selection) -> Q:
    """The condition that a transfer, or what is kept of several, touches a selection."""
    if selection.other_place:
        return _between(user, selection)
    is_narrow = not user.perimeter.is_whole or selection.ags not in ("", NONE)
    if is_narrow:
        # The accounts of a few bodies are few, and lead to their transfers.
        own = Account.objects.filter(of_account("", user, selection))
        source, target = Q(source__in=own), Q(target__in=own)
    else:
        source = of_account("source__", user, selection)
        target = of_account("target__", user, selection)
    if selection.is_crossing:  # nothing is outside of everything
        return (source & ~target) | (target & ~source) if source else Q(pk__in=[])
    return source | target


def _between(user: Actor, selection: Selection) -> Q:
    sides = of_dimensions("source__", user, selection) | of_dimensions("target__", user, selection)
    ends = (selection.place, selection.other_place)
    forth = Q(source__place=ends[0], target__place=ends[1])
    fro = Q(source__place=ends[1], target__place=ends[0])
    return sides & (forth if selection.is_one_way else forth | fro)
