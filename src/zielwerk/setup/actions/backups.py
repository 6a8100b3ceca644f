"""That there is a backup."""

from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.models import Installation
from zielwerk.core.permissions import Actor


@action("setup.note_backup")
def note_backup(actor: Actor, of: datetime, *, at: datetime) -> Installation | None:
    """Note that there is a backup of a moment; of a database that is for nothing yet, nothing."""
    found = Installation.objects.select_for_update().filter(pk=1).first()
    if found is None:
        return None
    found.backed_up_at = of
    found.save()
    seal(found)
    return found
