"""Marking as read what one was told."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from zielwerk.messaging import queries
from zielwerk.messaging.models import Notice

KEPT = timedelta(days=365)
"""So long a notice is kept once it is read."""


def mark_read(user: Any, pks: Collection[int] | None, *, at: datetime) -> int:
    """Mark notices of one's own as read, all of them where none are named; how many they were.

    No verb of the audit chain: that somebody read something decides nothing, and the chain keeps
    no account of who read what.
    """
    unread = queries.unread(user)
    return (unread if pks is None else unread.filter(pk__in=pks)).update(read_at=at)


def forget_old(at: datetime) -> None:
    """Remove what was read long ago; the cases themselves tell of it for ever."""
    Notice.objects.filter(read_at__lt=at - KEPT).delete()
