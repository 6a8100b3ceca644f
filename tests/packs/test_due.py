"""Days of a programme year: named ones, and those that follow an event."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.packs import loading
from zielwerk.packs.due import day_of, days_of
from zielwerk.packs.model import Deadline, Source, Year
from zielwerk.rulebook.calendar import is_working_day

SOURCE = Source(text="Für den Test erfunden", assumed=True)


def rules() -> Year:
    return loading.load("aqb_hessen", 2024)


def period(length: int, unit: str, *, shifts: bool = False, after: str = "paid") -> Deadline:
    return Deadline.model_validate(
        {
            "code": "x",
            "label": "x",
            "purpose": "other",
            "after": after,
            "length": length,
            "unit": unit,
            "shifts": shifts,
            "source": SOURCE,
        }
    )


@pytest.mark.parametrize(
    ("deadline", "event", "due"),
    [
        # § 188 Abs. 2 and 3 BGB: the day of the same number, or the last of a shorter month.
        (period(2, "months"), date(2024, 1, 31), date(2024, 3, 31)),
        (period(1, "months"), date(2024, 1, 31), date(2024, 2, 29)),
        (period(42, "days"), date(2024, 3, 1), date(2024, 4, 12)),
        (period(1, "weeks"), date(2024, 3, 22), date(2024, 3, 29)),
        # 29 March 2024 is Good Friday, 1 April Easter Monday: § 193 BGB.
        (period(1, "weeks", shifts=True), date(2024, 3, 22), date(2024, 4, 2)),
        # Three working days after Maundy Thursday.
        (period(3, "working_days"), date(2024, 3, 28), date(2024, 4, 4)),
        (period(1, "years"), date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_period_runs_from_the_day_after_its_event(
    deadline: Deadline, event: date, due: date
) -> None:
    assert day_of(rules(), deadline, {"paid": event}) == due


def test_a_period_has_no_day_before_its_event_but_the_end_of_the_year_is_known() -> None:
    assert day_of(rules(), period(2, "months")) is None
    assert day_of(rules(), period(4, "months", after="ended")) == date(2025, 4, 30)


def test_a_named_day_moves_only_where_the_pack_says_so() -> None:
    application = next(each for each in rules().deadlines if each.purpose == "application")
    assert day_of(rules(), application) == date(2024, 3, 31)  # Easter Sunday
    moved = application.model_copy(update={"shifts": True})
    assert day_of(rules(), moved) == date(2024, 4, 2)


def test_every_shipped_year_tells_the_days_that_it_can() -> None:
    for code, number in loading.available():
        year = loading.load(code, number)
        known = {each.code for each, _ in days_of(year)}
        named = {each.code for each in year.deadlines if each.is_day or each.after == "ended"}
        assert known == named


@given(st.dates(date(2023, 1, 1), date(2028, 12, 31)), st.integers(1, 60))
def test_what_shifts_ends_on_a_working_day_and_never_early(event: date, length: int) -> None:
    plain = day_of(rules(), period(length, "days"), {"paid": event})
    shifted = day_of(rules(), period(length, "days", shifts=True), {"paid": event})
    assert plain
    assert shifted
    assert shifted >= plain
    assert is_working_day(shifted, "HE")


def test_an_application_is_in_time_on_the_working_day_after_a_weekend() -> None:
    """§ 31 Abs. 3 Satz 1 VwVfG: 31 March 2029 is a Saturday, Easter follows."""
    later = loading.load("aqb_hessen", 2026).model_copy(update={"year": 2029})
    application = next(each for each in later.deadlines if each.purpose == "application")
    assert day_of(later, application) == date(2029, 4, 3)
