"""Reads of moves of money."""

from django.db.models import QuerySet
from django.http import Http404

from zielwerk.adjustments.models import Adjustment
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.adjustment import AdjustmentState


def adjustments(user: Actor, programme: str, year: int | None = None) -> QuerySet[Adjustment]:
    """Moves of money within the person's perimeter, newest first."""
    moves = Adjustment.objects.filter(programme=programme).select_related("follows")
    moves = moves.filter(ags=user.ags) if user.ags else moves
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
