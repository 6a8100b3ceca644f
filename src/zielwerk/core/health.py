"""Whether the installation can work now: it is up to date, it can be read, it can be written.

Asked by the monitoring, and where a table is missing.
"""

import shutil
import time
from functools import cache
from secrets import token_hex

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from zielwerk.core import queries, surroundings
from zielwerk.core.models import SentForm
from zielwerk.rulebook.refusal import Refusal

WRITE_SECONDS = 5.0  # anybody may ask; so often at most a process writes for it
LEAST_FREE = 2_000_000  # bytes; the journal of one verb with a file fits
PASSING = ("database.", "files.disk_full")
_written_at: list[float] = []


def fault() -> Refusal | None:
    """Why no work can be done now, None where it can."""
    try:
        if is_behind():
            return surroundings.not_prepared()
        queries.audit_length()
        return fault_of_writing()
    except (DatabaseError, OSError) as error:
        found = unavailable(error)
        if found is None:
            raise
        return found


def unavailable(error: BaseException) -> Refusal | None:
    """What the surroundings did wrong if it may pass without a new program, else None."""
    found = surroundings.fault_of(error)
    if found is None or not found.rule.startswith(PASSING):
        return None
    if found.rule != surroundings.not_prepared().rule:
        return found
    try:
        return found if is_behind() else None  # else a table of ours is misspelt
    except DatabaseError as further:
        return surroundings.fault_of(further)


def is_behind() -> bool:
    """Whether migrations are open."""
    return bool(_migrations() - MigrationRecorder(connection).applied_migrations().keys())


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def fault_of_writing() -> Refusal | None:
    """Write as a verb does, to the disk, and take it back in the same transaction.

    What is only rolled back never reaches the disk, and would not show that it is full.
    """
    if _written_at and time.monotonic() - _written_at[0] < WRITE_SECONDS:
        return None
    if shutil.disk_usage(settings.ENVIRONMENT.data).free < LEAST_FREE:
        return surroundings.disk_full(str(settings.ENVIRONMENT.data))
    with transaction.atomic():
        sent = SentForm.objects.create(
            number=f"health-{token_hex(8)}",
            actor="",
            address="",
            contents="",
            sent_at=timezone.now(),
        )
        sent.delete()
    _written_at[:] = [time.monotonic()]
    return None


def forget() -> None:
    """Write anew when asked next."""
    _written_at.clear()
