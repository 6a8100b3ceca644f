"""Reads of moves of money."""

from collections.abc import Iterable

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.http import Http404

from zielwerk.adjustments.models import Adjustment
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.ledger.models import Book, Place, Transfer
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import (
    ADJUSTMENT,
    GIVEN_UP,
    RIVALS,
    SETTLED,
    AdjustmentKind,
    AdjustmentState,
)
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.planning import Fund


def adjustments(user: Actor, programme: str, year: int | None = None) -> QuerySet[Adjustment]:
    """Moves of money within the person's perimeter, newest first."""
    moves = Adjustment.objects.filter(programme=programme).select_related("follows")
    moves = within(user, moves)
    return moves if year is None else moves.filter(year=year)


def adjustment(user: Actor, programme: str, pk: int) -> Adjustment:
    adjustment = adjustments(user, programme).filter(pk=pk).first()
    if adjustment is None:
        raise Http404
    return adjustment


def with_kinds(moves: QuerySet[Adjustment]) -> QuerySet[Adjustment]:
    """Each decided move with what of it is money, authority, or of no known kind, as booked."""
    booked = Transfer.objects.filter(
        case=OuterRef("file_number"),
        source__book=Book.PLANNING,
        source__place__in=(Place.ALLOCATED, Place.FREE),
    ).exclude(source__place=F("target__place"))
    authority, unknown = Q(source__due_year__gt=0), Q(source__due_year=0, source__budget_year=0)
    money = Q(source__due_year=0, source__budget_year__gt=0)
    return moves.annotate(
        money_cents=_if_decided(booked.filter(money)),
        authority_cents=_if_decided(booked.filter(authority)),
        unknown_cents=_if_decided(booked.filter(unknown)),
    )


def _if_decided(booked: QuerySet[Transfer]) -> Case:
    sums = booked.order_by().values("case").annotate(cents=Sum("amount_cents")).values("cents")
    decided = When(state=AdjustmentState.ORDERED, then=Coalesce(Subquery(sums), 0))
    return Case(decided, default=None)


def moved_by(adjustments: Iterable[Adjustment]) -> dict[str, list[Transfer]]:
    """What was booked for these moves, by file number; one query."""
    numbers = sorted(adjustment.file_number for adjustment in adjustments)
    booked = Transfer.objects.filter(case__in=numbers).select_related("source", "target")
    found: dict[str, list[Transfer]] = {}
    for transfer in booked.order_by("pk"):
        found.setdefault(transfer.case, []).append(transfer)
    return found


def moved_on_cents(waiver: Adjustment) -> int:
    """The part of a waiver that following moves take, declared or decided, in cents."""
    successors = waiver.followed_by.exclude(state__in=GIVEN_UP)
    return sum(successors.values_list("amount_cents", flat=True))


def pending(kind: AdjustmentKind, programme: str, ags: str = "") -> QuerySet[Adjustment]:
    """Moves nobody decided yet that take the same money as one of this kind.

    What a body waives is its own; what is given or covered takes what is free for all.
    """
    moves = Adjustment.objects.filter(programme=programme, kind__in=RIVALS[kind]).exclude(
        state__in=SETTLED
    )
    return moves.filter(ags=ags) if kind == AdjustmentKind.WAIVER else moves


def pending_by_fund(kind: AdjustmentKind, programme: str, ags: str = "") -> dict[Fund, int]:
    """The sums of :func:`pending` in cents, by fund; one query."""
    moves = pending(kind, programme, ags).order_by().values_list("year", "earmark")
    return {
        Fund(programme, year, earmark): cents
        for year, earmark, cents in moves.annotate(Sum("amount_cents"))
    }


def lifecycle_of(adjustment: Adjustment) -> Lifecycle:
    """The table of steps that the rules of the move's time declare."""
    rules = programmes.rules(adjustment.programme, adjustment.year, adjustment.rule_version)
    return ADJUSTMENT.lifecycle(rules.procedure("adjustment"))
