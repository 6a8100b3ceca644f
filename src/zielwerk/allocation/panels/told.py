"""What a body's people are told: that money was allocated to it."""

from django.urls import reverse

from zielwerk.allocation import queries
from zielwerk.allocation.models import BodyAllocation
from zielwerk.messaging.queries import Told
from zielwerk.rulebook.refusal import Said, msg


def said(allocation: BodyAllocation, verb: str) -> Said:
    """The year and the body; what it got stands on the page."""
    return Said(msg("Entschieden: {allocation}."), {"allocation": str(allocation)})


def url(allocation: BodyAllocation) -> str:
    return reverse("allocation:allocation", args=[allocation.pk])


TELLING = (
    Told(
        BodyAllocation,
        queries.allocations,
        said,
        url,
        lambda allocation: allocation.file_number,
        body=lambda allocation: allocation.ags,
        look="allocation.look_at_allocations",
    ),
)
