"""The days in a person's calendar: deadlines of what waits for her and of the programme years.

Also the days on which she is reminded of a move, and those that cases themselves have.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from zielwerk.core import cases
from zielwerk.core.cases import Case
from zielwerk.identity import queries as identity
from zielwerk.identity.models import User
from zielwerk.messaging.models import CalendarAddress, CalendarDay
from zielwerk.messaging.queries.dated import dates_of, is_dated
from zielwerk.messaging.queries.open_steps import waiting
from zielwerk.messaging.queries.recalled import moves_of
from zielwerk.packs import loading as packs
from zielwerk.packs.due import days_of
from zielwerk.packs.model import Deadline

YEARLY = "deadline"  # names a deadline of a programme year
MOVE = "move"  # names the day on which people are reminded of a move that they owe
KEY = "schluessel"  # names the key in an address: the log of requests has no parameters
SHOWN = timedelta(days=60)
"""So long a calendar tells that a deadline is moot, and what its day was."""


def key_digest(key: str) -> str:
    """What is kept of the key of a calendar's address; the key is random, nobody guesses it."""
    return hashlib.sha256(b"calendar " + key.encode()).hexdigest()


def owner(key: str, today: date) -> tuple[User, CalendarAddress] | None:
    """Whose calendar it is that has this key; nobody's who may not sign in any more."""
    row = CalendarAddress.objects.filter(digest=key_digest(key)).select_related("person").first()
    if row is None or not row.person.is_active:
        return None
    person = identity.let_in(row.person, today)
    return (person, row) if person.acting else None


def address_of(person: User) -> CalendarAddress | None:
    return CalendarAddress.objects.filter(person=person.pk).first()


def wanted(capacities: Iterable[User], today: date) -> dict[str, date]:
    """The days that a person has in any of her capacities, by what they are of."""
    found: dict[str, date] = {}
    for user in capacities:
        for one in waiting(user, settings.PROGRAMME):
            if one.due:
                found[one.name] = one.due
        found |= {f"{one.subject}#{MOVE}": one.day for one in moves_of(user, today)}
        found |= {one.name: one.day for one in dates_of(user, today - SHOWN)}
    return found | _of_years(today)


def _of_years(today: date) -> dict[str, date]:
    """The deadlines of all programme years that are not long past."""
    return {
        f"{YEARLY}:{year}#{deadline.code}": day
        for year in packs.years(settings.PROGRAMME)
        for deadline, day in days_of(packs.load(settings.PROGRAMME, year))
        if day >= today - SHOWN
    }


def is_past(kept: CalendarDay, today: date) -> bool:
    """Whether a day is no longer wanted because it is past, and did not fall away.

    That a case had a day stays true; it falls away only while it would still be told.
    """
    if kept.name.startswith(f"{YEARLY}:"):
        return kept.day < today
    return is_dated(kept.name) and kept.day < today - SHOWN


def shown_days(person: User, now: datetime) -> QuerySet[CalendarDay]:
    """The days of a person's calendar; what is moot for long is told no more."""
    is_told = Q(cancelled_at=None) | Q(cancelled_at__gte=now - SHOWN)
    return CalendarDay.objects.filter(is_told, person=person.pk).order_by("day", "pk")


@dataclass(frozen=True)
class Named:
    """What a day is of: a case's step, its move that is owed, its own day, a year's deadline."""

    case: Case | None = None
    verb: str = ""
    deadline: Deadline | None = None
    year: int = 0


def named(days: Iterable[CalendarDay]) -> dict[str, Named]:
    """What days are the deadlines of, by their names; one query a kind of case."""
    names = [day.name for day in days]
    numbers: dict[str, list[int]] = defaultdict(list)
    for parsed in (cases.parse(name.partition("#")[0]) for name in names):
        if parsed:
            numbers[parsed[0].name].append(parsed[1])
    found: dict[str, Any] = {}
    for kind, pks in numbers.items():
        rows = cases.KINDS[kind].model._default_manager.filter(pk__in=pks)
        found |= {f"{kind}:{row.pk}": row for row in rows}
    return {name: _named(name, found) for name in names}


def _named(name: str, records: dict[str, Any]) -> Named:
    subject, _, what = name.partition("#")
    kind, _, number = subject.partition(":")
    if kind != YEARLY:
        return Named(case=records.get(subject), verb=what)
    year = int(number)
    found = (deadline for deadline in _deadlines(year) if deadline.code == what)
    return Named(deadline=next(found, None), year=year)


def _deadlines(year: int) -> tuple[Deadline, ...]:
    if year not in packs.years(settings.PROGRAMME):
        return ()
    return packs.load(settings.PROGRAMME, year).deadlines
