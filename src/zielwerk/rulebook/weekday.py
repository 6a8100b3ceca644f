"""The name of the day of the week; a deadline is always said with it."""

from datetime import date

from zielwerk.rulebook.refusal import msg

WEEKDAYS = (
    msg("Montag"),
    msg("Dienstag"),
    msg("Mittwoch"),
    msg("Donnerstag"),
    msg("Freitag"),
    msg("Samstag"),
    msg("Sonntag"),
)


def weekday_of(day: date) -> str:
    """The German name of the day of the week.

    >>> weekday_of(date(2026, 11, 30))
    'Montag'
    """
    return WEEKDAYS[day.weekday()]
