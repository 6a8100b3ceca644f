"""Deadlines with real dates: one test per sentence of the law, then what always holds."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zielwerk.rulebook.calendar import (
    Period,
    add_working_days,
    deemed_receipt,
    end_of_period,
    hold_together,
    holds_during,
    holds_on,
    holidays_in,
    is_valid,
    is_working_day,
    next_working_day,
    working_days,
)
from zielwerk.rulebook.refusal import Refused

days = st.dates(date(1995, 1, 1), date(2095, 12, 31))
states = st.sampled_from(["HE", "BY", "BE", "SN"])
lengths = st.integers(1, 60)
units = st.sampled_from(["days", "weeks", "months", "years"])


def test_hesse_has_ten_statutory_holidays() -> None:
    """§ 1 HFeiertagsG, besides the Sundays."""
    assert dict(holidays_in("HE", 2024)) == {
        date(2024, 1, 1): "Neujahr",
        date(2024, 3, 29): "Karfreitag",
        date(2024, 4, 1): "Ostermontag",
        date(2024, 5, 1): "Erster Mai",
        date(2024, 5, 9): "Christi Himmelfahrt",
        date(2024, 5, 20): "Pfingstmontag",
        date(2024, 5, 30): "Fronleichnam",
        date(2024, 10, 3): "Tag der Deutschen Einheit",
        date(2024, 12, 25): "Erster Weihnachtstag",
        date(2024, 12, 26): "Zweiter Weihnachtstag",
    }
    assert list(holidays_in("HE", 2024)) == sorted(holidays_in("HE", 2024))


def test_reformation_day_was_a_holiday_everywhere_once() -> None:
    assert date(2017, 10, 31) in holidays_in("HE", 2017)
    assert date(2018, 10, 31) not in holidays_in("HE", 2018)


@pytest.mark.parametrize(
    ("state", "year"), [("XX", 2024), ("", 2024), ("DE-HE", 2024), ("HE", 1950), ("HE", 2200)]
)
def test_unknown_holidays_are_refused_and_not_taken_for_none(state: str, year: int) -> None:
    with pytest.raises(Refused) as refused:
        holidays_in(state, year)
    (refusal,) = refused.value.refusals
    assert refusal.rule == "calendar.unknown_holidays"
    assert f"Jahres {year}" in refusal.msgid.format_map(refusal.params)


def test_working_days_depend_on_the_state() -> None:
    corpus_christi = date(2024, 5, 30)
    assert not is_working_day(corpus_christi, "HE")
    assert is_working_day(corpus_christi, "BE")


def test_saturday_and_sunday_are_no_working_days_but_christmas_eve_is() -> None:
    assert not is_working_day(date(2024, 6, 1), "HE")
    assert not is_working_day(date(2024, 6, 2), "HE")
    assert is_working_day(date(2024, 12, 24), "HE")


def test_working_days_are_counted_over_easter() -> None:
    maundy_thursday = date(2024, 3, 28)
    assert add_working_days(maundy_thursday, 1, "HE") == date(2024, 4, 2)
    assert add_working_days(date(2024, 4, 2), -1, "HE") == maundy_thursday
    assert add_working_days(date(2024, 3, 30), 0, "HE") == date(2024, 3, 30)


def test_the_day_of_the_event_does_not_count() -> None:
    """§ 187 Abs. 1, § 188 Abs. 1 BGB: two weeks of days from a Monday."""
    assert end_of_period(date(2024, 3, 4), days=14) == date(2024, 3, 18)


def test_the_first_day_counts_where_the_period_begins_with_it() -> None:
    """§ 187 Abs. 2 BGB: a funding year from 1 January ends on 31 December."""
    first = date(2024, 1, 1)
    assert end_of_period(first, years=1, start_counts=True) == date(2024, 12, 31)
    assert end_of_period(first, days=1, start_counts=True) == first
    assert end_of_period(first, weeks=1, start_counts=True) == date(2024, 1, 7)


def test_a_period_of_weeks_ends_on_the_day_of_the_same_name() -> None:
    """§ 188 Abs. 2 BGB: Wednesday to Wednesday."""
    assert end_of_period(date(2024, 3, 6), weeks=2) == date(2024, 3, 20)


def test_a_period_of_months_ends_on_the_day_of_the_same_number() -> None:
    """§ 188 Abs. 2 BGB: a notice of 28 February, one month, ends on 28 March."""
    assert end_of_period(date(2023, 2, 28), months=1) == date(2023, 3, 28)
    assert end_of_period(date(2023, 11, 15), months=3) == date(2024, 2, 15)
    assert end_of_period(date(2024, 12, 10), months=12) == date(2025, 12, 10)


def test_a_month_without_that_day_ends_the_period_with_its_last() -> None:
    """§ 188 Abs. 3 BGB."""
    assert end_of_period(date(2024, 1, 31), months=1) == date(2024, 2, 29)
    assert end_of_period(date(2023, 1, 31), months=1) == date(2023, 2, 28)
    assert end_of_period(date(2024, 2, 29), years=1) == date(2025, 2, 28)
    assert end_of_period(date(2024, 8, 31), months=1) == date(2024, 9, 30)
    assert end_of_period(date(2023, 1, 31), months=1, start_counts=True) == date(2023, 2, 28)


@pytest.mark.parametrize(
    "wrong", [{}, {"days": 0}, {"months": -1}, {"days": 1, "months": 1}, {"weeks": 0, "years": 1}]
)
def test_a_period_has_exactly_one_length(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="exactly one length"):
        end_of_period(date(2024, 1, 1), **wrong)  # type: ignore[arg-type]


def test_a_deadline_on_easter_saturday_ends_after_easter_monday() -> None:
    """§ 193 BGB, § 31 Abs. 3 Satz 1 VwVfG."""
    assert next_working_day(date(2024, 3, 30), "HE") == date(2024, 4, 2)


def test_the_holiday_of_the_place_decides() -> None:
    """§ 193 BGB: Corpus Christi is a holiday in Hesse and none in Berlin."""
    assert next_working_day(date(2024, 5, 30), "HE") == date(2024, 5, 31)
    assert next_working_day(date(2024, 5, 30), "BE") == date(2024, 5, 30)


def test_a_day_named_as_the_end_stays() -> None:
    """§ 31 Abs. 3 Satz 2 VwVfG."""
    assert next_working_day(date(2024, 3, 30), "HE", shift_weekend=False) == date(2024, 3, 30)


def test_a_fiction_of_receipt_does_not_move_off_a_saturday() -> None:
    """The case of BSG, 6 May 2010, B 14 AS 12/09 R (§ 37 Abs. 2 SGB X, then three days):
    posted 26 September 2007, received on Saturday 29, one month to sue until 29 October."""
    received = deemed_receipt(date(2007, 9, 26), 3)
    assert received == date(2007, 9, 29)
    assert next_working_day(end_of_period(received, months=1), "HE") == date(2007, 10, 29)


def test_a_law_may_move_the_fiction_of_receipt() -> None:
    """Four days (§ 41 Abs. 2 VwVfG since 2025) from Wednesday 8 January end on a Sunday."""
    posted = date(2025, 1, 8)
    assert deemed_receipt(posted, 4) == date(2025, 1, 12)
    assert deemed_receipt(posted, 4, shift="HE") == date(2025, 1, 13)


def test_a_fiction_of_receipt_is_never_before_posting() -> None:
    with pytest.raises(ValueError, match="negative"):
        deemed_receipt(date(2025, 1, 8), -1)


def test_a_period_includes_both_ends() -> None:
    year = Period(date(2024, 1, 1), date(2024, 12, 31))
    assert year.days == 366
    assert year.contains(date(2024, 1, 1))
    assert year.contains(date(2024, 12, 31))
    assert not year.contains(date(2025, 1, 1))
    assert Period(date(2024, 5, 1), date(2024, 5, 1)).days == 1


def test_periods_that_share_one_day_overlap() -> None:
    spring = Period(date(2024, 3, 1), date(2024, 5, 31))
    assert spring.overlaps(Period(date(2024, 5, 31), date(2024, 8, 31)))
    assert not spring.overlaps(Period(date(2024, 6, 1), date(2024, 8, 31)))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        Period(date(2024, 1, 2), date(2024, 1, 1))
    assert refused.value.refusals[0].rule == "calendar.period_reversed"


def test_dated_data_holds_from_its_first_to_its_last_day() -> None:
    """Hanau left the Main-Kinzig-Kreis on 1 January 2026."""
    before = (None, date(2025, 12, 31))
    since = (date(2026, 1, 1), None)
    assert is_valid(*before, day=date(2025, 12, 31))
    assert not is_valid(*since, day=date(2025, 12, 31))
    assert not is_valid(*before, day=date(2026, 1, 1))
    assert is_valid(*since, day=date(2026, 1, 1))
    assert is_valid(None, None, day=date(1990, 1, 1))


@dataclass(frozen=True)
class Entry:
    valid_from: date | None
    valid_until: date | None


WEEK = [date(2025, 12, 29) + timedelta(days=number) for number in range(7)]
in_week = st.sampled_from(WEEK)
closed = st.tuples(in_week, in_week).map(sorted).map(lambda span: Entry(*span))
opened = st.builds(Entry, in_week, st.none()) | st.builds(Entry, st.none(), in_week)
entries = closed | opened | st.just(Entry(None, None))


@given(entries, entries, in_week, st.integers(0, 6))
def test_two_entries_and_a_period_meet_where_they_share_a_day(
    one: Entry, other: Entry, first: date, days: int
) -> None:
    period = Period(first, first + timedelta(days=days))
    around = [WEEK[0] + timedelta(days=number) for number in range(-8, 20)]
    shared = [day for day in around if holds_on(one, day) and holds_on(other, day)]
    assert hold_together(one, other) == bool(shared)
    in_period = [day for day in around if holds_on(one, day) and period.contains(day)]
    assert holds_during(one, period) == bool(in_period)


@given(days, units, lengths)
def test_a_longer_period_ends_later_and_a_later_start_never_earlier(
    start: date, unit: str, length: int
) -> None:
    end = end_of_period(start, **{unit: length})  # type: ignore[arg-type]
    assert start < end < end_of_period(start, **{unit: length + 1})  # type: ignore[arg-type]
    next_day = start + timedelta(days=1)
    assert end <= end_of_period(next_day, **{unit: length})  # type: ignore[arg-type]


@given(days, units, lengths)
def test_a_counted_first_day_ends_the_period_at_most_a_day_earlier(
    start: date, unit: str, length: int
) -> None:
    end = end_of_period(start, **{unit: length})  # type: ignore[arg-type]
    counted = end_of_period(start, start_counts=True, **{unit: length})
    assert start <= counted
    # Equal only where the month is too short for both (§ 188 Abs. 3).
    assert (end - counted).days in ({0, 1} if unit in {"months", "years"} else {1})


@given(days, lengths)
def test_a_month_is_never_passed_over(start: date, months: int) -> None:
    end = end_of_period(start, months=months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@given(days, states)
def test_a_shifted_deadline_is_the_first_working_day_from_the_end_on(day: date, state: str) -> None:
    shifted = next_working_day(day, state)
    assert is_working_day(shifted, state)
    skipped = [day + timedelta(days=n) for n in range((shifted - day).days)]
    assert not any(is_working_day(other, state) for other in skipped)


@given(days, st.integers(0, 60), states)
def test_working_days_forth_and_back_return(day: date, count: int, state: str) -> None:
    assume(is_working_day(day, state))
    there = add_working_days(day, count, state)
    assert add_working_days(there, -count, state) == day


@given(st.lists(days, min_size=4, max_size=4))
def test_overlap_is_mutual_and_means_a_common_day(four: list[date]) -> None:
    one, other = Period(*sorted(four[:2])), Period(*sorted(four[2:]))
    common = max(one.first, other.first)
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(other) == (one.contains(common) and other.contains(common))


def test_working_days_to_a_deadline_count_neither_weekends_nor_holidays() -> None:
    """§ 193 BGB: from Monday, 29 April 2024, over 1 May, a holiday in Hesse, to Friday."""
    assert working_days(date(2024, 4, 29), date(2024, 5, 3), "HE") == 3
    assert working_days(date(2024, 5, 3), date(2024, 4, 29), "HE") == -3
    assert working_days(date(2024, 5, 3), date(2024, 5, 5), "HE") == 0


@given(days, st.integers(-400, 400), states)
def test_working_days_are_those_that_one_counts_one_by_one(
    first: date, away: int, state: str
) -> None:
    last = first + timedelta(days=away)
    early, late = sorted((first, last))
    each = (early + timedelta(days=number) for number in range(1, (late - early).days + 1))
    counted = sum(is_working_day(day, state) for day in each)
    assert working_days(first, last, state) == (counted if away >= 0 else -counted)
