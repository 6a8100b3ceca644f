"""Who looked at data of other persons: a log of its own, apart from the audit chain.

Whatever names a person to somebody says so (:func:`shown`); after the answer the door keeps one
row of it, however many persons were on the page. Nobody decides anything by it, so it is no verb;
it is forgotten after some time. Which pages show persons is declared in one place, ``PAGES``,
joined by wiring; a test opens every page and finds the one that is missing there.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar, Token
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zielwerk.core import exports
from zielwerk.core.capacity import numbers
from zielwerk.core.models import PersonalLook

PAGES: dict[str, str] = {}  # the routes that show persons, and what people call the page (msgid)
PAGE = "page"
SHOWN = frozenset({200, 409, 422})  # answers with a page or a file in them
_seen: ContextVar[set[int] | None] = ContextVar("seen", default=None)


def begin() -> Token[set[int] | None]:
    """A request begins: nobody was shown yet."""
    return _seen.set(set())


def end(token: Token[set[int] | None]) -> None:
    _seen.reset(token)


def shown(persons: Iterable[int]) -> None:
    """Say that the answer names these persons; outside a request nobody looks."""
    seen = _seen.get()
    if seen is not None:
        seen.update(persons)


def keep(request: HttpRequest, answer: HttpResponseBase, at: Callable[[], datetime]) -> None:
    """Keep one row where the answer shows others than whoever looks."""
    seen = _seen.get()
    if not seen or answer.status_code not in SHOWN or request.method == "HEAD":
        return
    looking: Any = request.user
    others = sorted(seen - {numbers(looking.audit_name)[0]})
    if others:
        match: Any = request.resolver_match
        PersonalLook.objects.create(
            at=at(),
            actor=looking.audit_name,
            route=match.view_name,
            address=request.path[:200],
            way=exports.file_format(request) or PAGE,
            persons="".join(f" {number}" for number in others) + " ",
        )


def looks() -> QuerySet[PersonalLook]:
    """All looks that are still kept, newest first."""
    return PersonalLook.objects.order_by("-pk")


def showing(number: int) -> Q:
    """The condition that a person was shown in a look."""
    return Q(GreaterThan(StrIndex("persons", Value(f" {number} ")), 0))


def at_person(number: int) -> QuerySet[PersonalLook]:
    """The looks in which a person was shown."""
    return looks().filter(showing(number))


def kept_for() -> timedelta:
    """How long a look is kept: a rule of the operation, which is an assumption."""
    return timedelta(days=settings.LOOK_DAYS)


def forget_old(at: datetime) -> None:
    """Remove the looks whose time is over."""
    PersonalLook.objects.filter(at__lte=at - kept_for()).delete()
