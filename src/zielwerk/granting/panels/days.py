"""The days of a notice as a page shows them: each with its basis and what it is reckoned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zielwerk.granting import queries
from zielwerk.granting.models import Issuing, NoticeEvent
from zielwerk.rulebook.grant.delivery import LABELS, STATES


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


def state_said(case: Issuing, events: Sequence[NoticeEvent], on: date) -> str:
    """How firm it is on a day, as a German msgid; empty before it was sent."""
    state = queries.state_of(case, events, on)
    return STATES[state] if state else ""
