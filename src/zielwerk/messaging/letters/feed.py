"""A person's calendar as programs for calendars read it (iCalendar, RFC 5545).

A deadline is a whole day, without a time and without a time zone: the day in the programme's
state. Folding of lines and escaping of texts are the library's.
"""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vUri

from zielwerk.core import cases, installation
from zielwerk.identity.models import User
from zielwerk.language import sentence, translate
from zielwerk.messaging.models import CalendarDay
from zielwerk.messaging.queries import calendar, dated
from zielwerk.messaging.queries.calendar import Named
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refused, Said, msg

NAME = msg("Fristen in Zielwerk")
OF_STEP = msg("Frist: {number} – {step}")
OF_MOVE = msg("Erinnerung: Sie sind am Zug bei {number}")
OF_YEAR = msg("Frist: {label} ({year})")
GONE = msg("Frist entfallen")
ASSUMED = msg("Diese Frist ist angenommen: Keine Quelle nennt ihren Tag.")


def feed(person: User, language: str, now: datetime) -> bytes:
    """The calendar of a person; the same bytes as long as nothing in it has changed."""
    days = list(calendar.shown_days(person, now))
    known = calendar.named(days)
    made = Calendar()
    made.add("prodid", "-//Zielwerk//Zielwerk//DE")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    said = (translate(text, language) for text in (NAME, installation.line()) if text)
    made.add("x-wr-calname", " · ".join(said))
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for day in days:
        made.add_component(_event(person, day, known[day.name], language))
    return bytes(made.to_ical())


def _event(person: User, day: CalendarDay, named: Named, language: str) -> Event:
    event = Event()
    event.add("uid", uid(person, day))
    event.add("dtstamp", day.changed_at.astimezone(UTC))
    event.add("last-modified", day.changed_at.astimezone(UTC))
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("sequence", day.sequence)
    event.add("status", "CANCELLED" if day.cancelled_at else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("summary", sentence(_said(named), language))
    if _is_assumed(named):
        event.add("description", translate(ASSUMED, language))
    event.add("url", vUri(settings.ENVIRONMENT.address + _path(named)))
    return event


def uid(person: User, day: CalendarDay) -> str:
    """The name of a day for every program that reads it, for good; it tells nothing of anybody.

    It hangs on the person's own key: it outlives a change of the address, and no other
    installation, whose persons and cases have the same numbers, ever makes the same.
    """
    digest = hmac.new(person.seal_key.encode(), f"calendar {day.name}".encode(), hashlib.sha256)
    return f"{digest.hexdigest()[:32]}@zielwerk"


def _said(named: Named) -> Said:
    if named.deadline:
        return Said(OF_YEAR, {"label": Label(named.deadline.label), "year": str(named.year)})
    if named.case is None:
        return Said(GONE)
    if named.verb == calendar.MOVE:
        return Said(OF_MOVE, {"number": named.case.file_number})
    if word := dated.word_of(named.verb):
        return Said(word, {"number": named.case.file_number})
    return Said(OF_STEP, {"number": named.case.file_number, "step": Label(_label(named))})


def _label(named: Named) -> str:
    """What is to be done; of a step that the programme has no more, its code."""
    assert named.case
    try:
        steps = cases.kind_of(named.case).lifecycle(named.case).verbs
    except Refused:  # rules that nobody kept: it was changed past the chain
        return named.verb
    return steps[named.verb].label if named.verb in steps else named.verb


def _is_assumed(named: Named) -> bool:
    """Whether no source names its day; of a move never one does."""
    is_move = named.case is not None and named.verb == calendar.MOVE
    return is_move or (named.deadline is not None and named.deadline.source.assumed)


def _path(named: Named) -> str:
    if named.case is None:
        return reverse("messaging:notices")
    return reverse(cases.kind_of(named.case).page, args=[named.case.pk])
