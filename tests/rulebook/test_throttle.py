"""When a further attempt is held off: worked examples, then any sequence."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.throttle import Limit, held_until

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
LIMIT = Limit(3, timedelta(minutes=15))


def minutes(*after_nine: int) -> list[datetime]:
    return [NINE + timedelta(minutes=number) for number in after_nine]


def test_the_fourth_attempt_waits_until_the_first_of_three_is_a_quarter_of_an_hour_old() -> None:
    failures = minutes(0, 2, 5)
    assert held_until(failures[:2], NINE + timedelta(minutes=6), LIMIT) is None
    assert held_until(failures, NINE + timedelta(minutes=6), LIMIT) == minutes(15)[0]
    assert held_until(failures, NINE + timedelta(minutes=14, seconds=59), LIMIT) is not None
    assert held_until(failures, NINE + timedelta(minutes=15), LIMIT) is None


def test_older_failures_count_for_nothing() -> None:
    assert held_until(minutes(-60, -59, -58, 0, 1), NINE + timedelta(minutes=2), LIMIT) is None


@given(st.lists(st.integers(0, 200), max_size=30), st.integers(0, 250))
def test_whoever_waits_as_told_is_let_through(numbers: list[int], now: int) -> None:
    at = NINE + timedelta(minutes=now)
    until = held_until(minutes(*numbers), at, LIMIT)
    within = [one for one in numbers if now - 15 < one <= now]
    assert (until is not None) == (len(within) >= 3)
    if until:
        assert at < until <= at + LIMIT.within
        past = [one for one in minutes(*numbers) if one <= at]
        assert held_until(past, until, LIMIT) is None
