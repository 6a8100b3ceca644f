"""How long a person stays signed in: as long as she works, and some time after.

The session slides with work; its row is written every few minutes at most. Pages say until when
it lasts, and the browser asks before it warns (``static/zielwerk/session.js``). The settings
name this module as the engine of sessions.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

SLIDE = timedelta(minutes=5)  # work within this time of the last extension writes nothing
KEY_LENGTH = 32  # letters and digits, as Django makes them
NOTICE = timedelta(minutes=5)  # so long before the end the page warns


class SessionStore(db.SessionStore):
    """A session in the database that knows when it ends."""

    ends_at: datetime | None = None  # None where it has just begun

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether a cookie can be the key of a session; the database is asked for no other."""
        return bool(key and key.isascii() and key.isalnum() and len(key) == KEY_LENGTH)

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]  # not in its stubs
        self.ends_at = row.expire_date if row else None
        return row


def slide(request: HttpRequest, at: datetime) -> None:
    """Work was done: the session begins anew, unless it did so a few minutes ago."""
    if at + length() - until(request) >= SLIDE:
        extend(request, at)


def extend(request: HttpRequest, at: datetime) -> None:
    """Begin the time of the session anew."""
    request.session.ends_at = at + length()  # type: ignore[attr-defined]
    request.session.modified = True


def until(request: HttpRequest) -> datetime:
    """When the session of the person signed in ends if nothing more is done."""
    ends_at: datetime | None = getattr(request.session, "ends_at", None)
    return ends_at or timezone.now() + length()


def length() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def forget_expired() -> None:
    """Remove the rows of sessions that are over."""
    SessionStore.clear_expired()


def forget_all() -> None:
    """End every session."""
    Session.objects.all().delete()
