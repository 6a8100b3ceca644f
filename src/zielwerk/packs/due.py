"""The days of a programme year: those that its rules name, and those that follow an event."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from zielwerk.packs.model import Deadline, Year
from zielwerk.rulebook.calendar import end_after, next_working_day

NOTHING: Mapping[str, date] = MappingProxyType({})


def day_of(rules: Year, deadline: Deadline, events: Mapping[str, date] = NOTHING) -> date | None:
    """The last day of a deadline in a programme year; None while its event has not come.

    ``events`` are the days on which something happened, by what it was. The end of the programme
    year is known beforehand. A named day moves off a weekend only where the pack says so.
    """
    state = rules.programme.holidays
    if deadline.after is None:
        return next_working_day(deadline.day_in(rules.year), state, shift_weekend=deadline.shifts)
    event = events.get(deadline.after) or (rules.ends if deadline.after == "ended" else None)
    if event is None or not deadline.length or not deadline.unit:
        return None
    return end_after(event, deadline.length, deadline.unit, state, shifts=deadline.shifts)


def days_of(rules: Year, events: Mapping[str, date] = NOTHING) -> Iterator[tuple[Deadline, date]]:
    """The deadlines of a programme year whose day is known, each with it."""
    for deadline in rules.deadlines:
        day = day_of(rules, deadline, events)
        if day:
            yield deadline, day
