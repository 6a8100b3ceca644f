"""How long a person stays signed in: as long as she works, and some time after; never for ever.

The session slides with work; its row is written every few minutes at most. Some hours after the
sign-in it ends whatever she does. Pages say until when it lasts, and the browser asks before it
warns (``static/zielwerk/session.js``). The settings name this module as the engine of sessions.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from zielwerk.core.models import Session

SLIDE = timedelta(minutes=5)  # work within this time of the last extension writes nothing
KEY_LENGTH = 32  # letters and digits, as Django makes them
NOTICE = timedelta(minutes=5)  # so long before the end the page warns
BEGAN, AGENT = "began", "agent"  # what a session says of its sign-in


class SessionStore(db.SessionStore):
    """A session in the database that knows whose it is and when it ends."""

    ends_at: datetime | None = None  # None where it has just begun

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.person, row.agent = data.get(SESSION_KEY), data.get(AGENT, "")
        row.began_at = _moment(data.get(BEGAN))
        return row

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Seconds until the end: of the time without work, or of the longest session."""
        age: int = super().get_expiry_age(**kwargs)
        if began := _moment(self.get(BEGAN)):
            left = began + longest() - timezone.now()
            return max(0, min(age, int(left.total_seconds())))
        return age

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        ends_at: datetime = super().get_expiry_date(**kwargs)
        return _clamped(ends_at, _moment(self.get(BEGAN)))

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether a cookie can be the key of a session; the database is asked for no other."""
        return bool(key and key.isascii() and key.isalnum() and len(key) == KEY_LENGTH)

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]  # not in its stubs
        self.ends_at = row.expire_date if row else None
        return row


def begin(request: HttpRequest, at: datetime) -> None:
    """A person signs in: her session begins, in this browser."""
    request.session[BEGAN] = at.timestamp()
    request.session[AGENT] = request.headers.get("User-Agent", "")[:200]


def slide(request: HttpRequest, at: datetime) -> None:
    """Work was done: the session begins anew, unless it did so a few minutes ago."""
    if _end(request, at) - until(request) >= SLIDE:
        extend(request, at)


def extend(request: HttpRequest, at: datetime) -> None:
    """Begin the time of the session anew, as far as the longest session allows."""
    request.session.ends_at = _end(request, at)  # type: ignore[attr-defined]
    request.session.modified = True


def until(request: HttpRequest) -> datetime:
    """When the session of the person signed in ends if nothing more is done."""
    ends_at: datetime | None = getattr(request.session, "ends_at", None)
    return ends_at or _end(request, timezone.now())


def last(request: HttpRequest) -> datetime | None:
    """When the session ends whatever is done; None where it does not say when it began."""
    began = _moment(request.session.get(BEGAN))
    return began + longest() if began else None


def of_person(person: int, at: datetime) -> QuerySet[Session]:
    """The sessions by which a person is signed in, the newest first."""
    return Session.objects.filter(person=person, expire_date__gt=at).order_by("-began_at")


def name_of(session_key: str) -> str:
    """A name of a session for pages: its key opens it and is shown nowhere."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:16]


def end(person: int, name: str, at: datetime) -> bool:
    """End the one session of a person that has this name; whether there was one."""
    found = [row.pk for row in of_person(person, at) if name_of(row.pk) == name]
    Session.objects.filter(pk__in=found).delete()
    return bool(found)


def end_all(person: int, but: str = "") -> None:
    """End all sessions of a person, all but one where its key is given."""
    Session.objects.filter(person=person).exclude(pk=but).delete()


def length() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def longest() -> timedelta:
    return timedelta(hours=settings.SESSION_HOURS)


def forget_expired() -> None:
    """Remove the rows of sessions that are over."""
    SessionStore.clear_expired()


def forget_all() -> None:
    """End every session."""
    Session.objects.all().delete()


def _end(request: HttpRequest, at: datetime) -> datetime:
    """When the session ends if the last work was done at this moment."""
    return _clamped(at + length(), _moment(request.session.get(BEGAN)))


def _clamped(ends_at: datetime, began: datetime | None) -> datetime:
    return min(ends_at, began + longest()) if began else ends_at


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
