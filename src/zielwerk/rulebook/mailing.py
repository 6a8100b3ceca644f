"""When a mail is tried again, when a digest goes out, when a deadline is recalled.

Local time is that of the programme's state: a day is a day there, from 00:00 to 24:00, whatever
the clock of the server says. A deadline is such a day and counts to its end.
"""

from datetime import date, datetime, timedelta

from zielwerk.rulebook.calendar import add_working_days, is_working_day

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240))
"""How long is waited after the first, second, … attempt that failed; then always the last."""
PATIENCE = timedelta(days=5)
"""So long a mail is tried; the usual span of mail servers (RFC 5321, 4.5.4.1)."""


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts that failed, at least one.

    >>> [wait_after(number).total_seconds() // 60 for number in (1, 2, 3, 99)]
    [1.0, 5.0, 15.0, 240.0]
    """
    return WAITS[min(max(attempts, 1), len(WAITS)) - 1]


def is_given_up(made_at: datetime, now: datetime) -> bool:
    """Whether a mail that cannot be sent is tried no longer."""
    return now - made_at >= PATIENCE


def digest_hours(after: datetime | None, now: datetime, state: str) -> int | None:
    """The last hour of the day whose digests are to be made ready now; None where there are none.

    ``after`` is the moment of the last time, both are moments of local time. Digests go out on
    working days. Whoever's hour was missed, because nothing ran then, is told later on the same
    day; a day that was missed as a whole is not made up for, since the next digest says all.
    """
    is_same_hour = after is not None and (after.date(), after.hour) == (now.date(), now.hour)
    if is_same_hour or not is_working_day(now.date(), state):
        return None
    return now.hour


def is_reminder_due(due: date, today: date, days: int, state: str) -> bool:
    """Whether a deadline is recalled on a day: from ``days`` working days before it, to itself.

    On a day on which nobody works nobody is reminded.

    >>> is_reminder_due(date(2026, 11, 30), date(2026, 11, 25), 3, "HE")  # Wednesday to Monday
    True
    >>> is_reminder_due(date(2026, 11, 30), date(2026, 11, 24), 3, "HE")
    False
    """
    if not days or not is_working_day(today, state):
        return False
    return add_working_days(due, -days, state) <= today <= due
