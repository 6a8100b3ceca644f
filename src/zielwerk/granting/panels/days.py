"""The days of a notice as a page shows them: each with its basis and what it is reckoned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from zielwerk.granting import queries
from zielwerk.granting.models import Issuing, NoticeEvent
from zielwerk.rulebook.grant.delivery import LABELS, STATES
from zielwerk.rulebook.grant.events import EVENTS
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui.joined import JOINED


@dataclass(frozen=True)
class DayRow:
    """A day that counts: what for, on which basis, reckoned from what, moved off which day."""

    label: str
    day: date
    basis: str
    anchor: str
    moved_from: date | None
    is_assumed: bool


def day_rows(case: Issuing, events: Sequence[NoticeEvent]) -> list[DayRow]:
    """All days in their order; none before it was sent."""
    return [
        DayRow(
            each.label,
            each.day,
            each.basis,
            LABELS.get(each.anchor, ""),
            each.plain if each.plain and each.plain != each.day else None,
            each.assumed,
        )
        for each in queries.days_of(case, events)
    ]


@dataclass(frozen=True)
class MovedDay:
    """A day that changed: what for, before and now, when, by whom, and on account of what."""

    label: str
    before: date | None
    after: date | None
    at: datetime
    who: str
    event: str
    note: str


def moved_days(request: HttpRequest, case: Issuing) -> list[MovedDay]:
    """Each day that was known and changed, the newest first."""
    rows = [row for row in queries.reckoned(case) if row.moved]
    names = JOINED.names_for(request, {row.entered_by for row in rows})
    return [
        MovedDay(
            each.label,
            each.before,
            each.after,
            row.entered_at,
            names[row.entered_by],
            EVENTS[row.event.kind] if row.event else LEARNT,
            str(row.event.note) if row.event else "",
        )
        for row in reversed(rows)
        for each in row.changes
        if each.before
    ]


LEARNT = msg("neu bekannt, etwa ein Feiertag")


def waits(case: Issuing, events: Sequence[NoticeEvent], enter: str) -> list[tuple[Said, str]]:
    """What an issued one waits for before its periods run: that it is sent.

    ``enter`` is where that is entered; empty where the person may not.
    """
    if not case.is_issued or queries.delivery(events):
        return []
    return [(Said(TO_ENTER if enter else NOT_SENT), enter)]


NOT_SENT = msg("Noch nicht abgesandt.")
TO_ENTER = msg("Noch nicht abgesandt: Bitte den Tag der Absendung eintragen.")


def state_said(case: Issuing, events: Sequence[NoticeEvent], on: date) -> str:
    """How firm it is on a day, as a German msgid; empty before it was sent."""
    state = queries.state_of(case, events, on)
    return STATES[state] if state else ""
