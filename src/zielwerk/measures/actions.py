"""Entering measures."""

from collections.abc import Sequence
from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.measures import queries
from zielwerk.measures.models import Measure


@action("measures.enter")
def enter(
    actor: Actor,
    nothing: None,
    programme: str,
    year: int,
    ags: str,
    named: Sequence[tuple[str, str]],
    *,
    at: datetime,
) -> list[Measure]:
    """Enter the measures (type code, title) that a body's agreement names, in its order."""
    first = queries.last_position(programme, year, ags) + 1
    entered = Measure.objects.bulk_create(
        Measure(programme=programme, year=year, ags=ags, type=kind, title=title, position=position)
        for position, (kind, title) in enumerate(named, first)
    )
    seal(*entered)
    return entered
