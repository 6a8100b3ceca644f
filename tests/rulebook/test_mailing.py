"""When mail is tried again, when a digest goes out, when a deadline is recalled."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.calendar import add_working_days, is_working_day
from zielwerk.rulebook.mailing import (
    PATIENCE,
    digest_hours,
    is_given_up,
    is_reminder_due,
    wait_after,
)
from zielwerk.rulebook.weekday import weekday_of

BERLIN = ZoneInfo("Europe/Berlin")
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(st.integers(0, 1000))
def test_waits_grow_and_are_never_longer_than_four_hours(attempts: int) -> None:
    assert timedelta() < wait_after(attempts) <= wait_after(attempts + 1) <= timedelta(hours=4)


def test_a_mail_is_given_up_after_five_days_and_not_before() -> None:
    made = datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert not is_given_up(made, made + PATIENCE - timedelta(seconds=1))
    assert is_given_up(made, made + timedelta(days=5))


def test_a_worked_example_of_a_reminder_over_a_weekend_and_a_holiday() -> None:
    # Due on Monday, 5 October 2026; Saturday 3 October is a holiday and a Saturday anyway.
    due = date(2026, 10, 5)
    asked = [date(2026, 9, 28) + timedelta(days=number) for number in range(9)]
    reminded = [day for day in asked if is_reminder_due(due, day, 3, "HE")]
    assert reminded == [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 2), due]


@given(days, st.integers(1, 20))
def test_whoever_works_every_working_day_is_reminded_so_many_working_days_before(
    due: date, number: int
) -> None:
    first = min(
        day
        for day in (due - timedelta(days=n) for n in range(60))
        if is_reminder_due(due, day, number, "HE")
    )
    assert first == add_working_days(due, -number, "HE")
    assert is_working_day(first, "HE")


@given(days, days)
def test_nobody_is_reminded_after_the_deadline_or_where_the_programme_says_so(
    due: date, today: date
) -> None:
    assert not is_reminder_due(due, today, 0, "HE")
    assert not (today > due and is_reminder_due(due, today, 3, "HE"))


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_every_hour_of_a_day_is_made_ready_once_also_where_the_clock_changes(change: date) -> None:
    moment = datetime(change.year, change.month, change.day, tzinfo=BERLIN).astimezone(UTC)
    made, last = [], None
    for _ in range(4 * 50):
        now = moment.astimezone(BERLIN)
        hour = digest_hours(last, now, "")
        if hour is not None:
            made.append((now.date(), hour))
            last = now
        moment += timedelta(minutes=15)
    monday = change + timedelta(days=1)
    assert [hour for day, hour in made if day == monday] == [*range(24)]
    assert change not in {day for day, _ in made}  # a Sunday


def test_the_days_of_the_week_are_called_by_their_names() -> None:
    assert [weekday_of(date(2026, 11, 30) + timedelta(days=n)) for n in (0, 5, 6)] == [
        "Montag",
        "Samstag",
        "Sonntag",
    ]
