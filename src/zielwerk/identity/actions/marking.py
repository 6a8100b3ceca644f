"""Marking the database: whether its people are those of a demo or real ones."""

from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.installation import IS_DEMO, IS_REAL, Kind
from zielwerk.core.models import Installation
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.refusal import Refused


@action("identity.mark")
def mark(actor: Actor, wanted: str, *, at: datetime) -> Installation:
    """Say what the database is for; refused where it is for the other already.

    Of two who say it at one moment, the second waits for the first and goes on with its row.
    """
    rows = Installation.objects.select_for_update()
    found, is_new = rows.get_or_create(pk=1, defaults={"kind": wanted, "marked_at": at})
    if is_new:
        seal(found)
    if found.kind != wanted:
        raise Refused(IS_DEMO if found.kind == Kind.DEMO else IS_REAL)
    return found
