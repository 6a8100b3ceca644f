"""Marking as read what one was told."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from zielwerk.messaging import queries


def mark_read(user: Any, pks: Collection[int] | None, *, at: datetime) -> int:
    """Mark notices of one's own as read, all of them where none are named; how many they were.

    No verb of the audit chain: that somebody read something decides nothing, and the chain keeps
    no account of who read what.
    """
    unread = queries.unread(user)
    return (unread if pks is None else unread.filter(pk__in=pks)).update(read_at=at)
