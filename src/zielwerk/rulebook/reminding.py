"""When people are reminded that a strategy runs out: in stages, until the next is being made."""

from datetime import date

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
