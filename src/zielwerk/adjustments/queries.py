"""Reads of moves of money."""

from django.db.models import QuerySet
from django.http import Http404

from zielwerk.adjustments.models import Adjustment
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.adjustment import AdjustmentState


def adjustments(user: Actor, programme: str, year: int | None = None) -> QuerySet[Adjustment]:
    """Moves of money within the person's perimeter, newest first."""
    found = Adjustment.objects.filter(programme=programme).select_related("follows")
    found = found.filter(ags=user.ags) if user.ags else found
    return found if year is None else found.filter(year=year)


def adjustment(user: Actor, programme: str, pk: int) -> Adjustment:
    found = adjustments(user, programme).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def moved_on_cents(waiver: Adjustment) -> int:
    """What moves that follow this waiver already take of it, declared or decided, in cents."""
    following = waiver.followed_by.exclude(state=AdjustmentState.REJECTED)
    return sum(following.values_list("amount_cents", flat=True))
