"""Marking the database: whether its people are those of a demo or real ones."""

from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.installation import IS_DEMO, IS_REAL, Kind
from zielwerk.core.models import Installation
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.refusal import Refused


@action("identity.mark")
def mark(actor: Actor, wanted: str, *, at: datetime) -> Installation:
    """Say what the database is for; refused where it is for the other already."""
    found = Installation.objects.select_for_update().filter(pk=1).first()
    if found is None:
        found = Installation.objects.create(kind=wanted, marked_at=at)
        seal(found)
    if found.kind != wanted:
        raise Refused(IS_DEMO if found.kind == Kind.DEMO else IS_REAL)
    return found
