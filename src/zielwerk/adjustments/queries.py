"""Reads of moves of money."""

from django.db.models import QuerySet, Sum
from django.http import Http404

from zielwerk.adjustments.models import Adjustment
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import (
    ADJUSTMENT,
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


def moved_on_cents(waiver: Adjustment) -> int:
    """The part of a waiver that following moves take, declared or decided, in cents."""
    successors = waiver.followed_by.exclude(state=AdjustmentState.REJECTED)
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
