"""What of a balance is there on a day: enough for every later day, and as much as can be."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.value_days import DayBalance

TODAY = date(2026, 11, 30)
NEW_YEAR = date(2027, 1, 1)
days = st.integers(0, 60).map(lambda number: TODAY + timedelta(days=number))


def test_a_supplement_of_the_end_of_the_year_pays_from_its_day_on() -> None:
    """200 € are there, 500 € count from the last day of the year: 600 € are there by then."""
    held = DayBalance(70_000, {date(2026, 12, 31): 50_000})
    assert held.there(TODAY) == 20_000
    assert held.by_day(TODAY, 60_000) == [(TODAY, 20_000), (date(2026, 12, 31), 40_000)]
    assert held.there_from(TODAY, 60_000) == date(2026, 12, 31)
    assert held.there_from(TODAY, 70_001) is None


def test_money_that_a_later_day_takes_away_is_not_there_before() -> None:
    held = DayBalance(40, {date(2026, 12, 15): -60})
    assert held.there(TODAY) == 40
    assert held.by_day(TODAY, 100) == [(TODAY, 40)]


@given(
    st.integers(0, 10**6),
    st.lists(st.tuples(days, st.integers(-(10**4), 10**4)), max_size=6),
    st.integers(1, 10**6),
)
def test_what_is_taken_on_its_days_is_there_and_nothing_more_could_be_had_sooner(
    start: int, moves: list[tuple[date, int]], wanted: int
) -> None:
    held = DayBalance(start)
    for day, cents in moves:
        held.move(day, cents)
    at_first = [held.there(TODAY + timedelta(days=number)) for number in range(61)]
    parts = held.by_day(TODAY, wanted)
    assert sum(cents for _, cents in parts) == min(wanted, max(max(at_first), 0))
    for day, cents in parts:
        held.move(day, -cents)
        assert cents > 0
    for number, before in enumerate(at_first):
        after = held.there(TODAY + timedelta(days=number))
        assert after >= min(before, 0)
        assert after == min(before, 0) or sum(cents for _, cents in parts) == wanted
