"""When people are reminded: that a strategy runs out, and that they owe a move for long."""

from datetime import date

from zielwerk.rulebook.calendar import add_working_days
from zielwerk.rulebook.strategy import BodyStrategies, Rules, due_day


def reminder_stage(known: BodyStrategies, on: date, rules: Rules) -> int | None:
    """Of how many days before the end people are reminded on a day; None: of none.

    Nobody is reminded once the next version is in force without a gap, or being made. What came
    due while nobody could be told counts as the last of them.
    """
    if known.in_force is None or known.under_way:
        return None
    last = due_day(known, on, rules)
    if last is None:
        return None
    left = (last - on).days
    return min(days for days in (rules.reminder_days, *rules.reminded_again) if left <= days)


def owed_until(since: date, days: int, land: str) -> date | None:
    """The day on which whoever owes a move is reminded of it; None where nobody is.

    No law names one: ``days`` is a value of the programme, counted in working days of its state
    after the day on which the move fell due.

    >>> owed_until(date(2026, 4, 2), 1, "HE")  # Maundy Thursday
    datetime.date(2026, 4, 7)
    """
    return add_working_days(since, days, land) if days else None
