"""From when a notice is known, contestable and final, with the days of an invented notice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.grant.delivery import (
    Change,
    Delivery,
    Law,
    Period,
    State,
    Way,
    changed_days,
    days_of,
    state_on,
    why_late,
    why_not_recorded,
)

HESSE = Law(
    receipt_days=4,
    remedy_months=1,
    holidays="HE",
    receipt_basis="§ 41 Abs. 2 HVwVfG",
    remedy_basis="§ 74 VwGO",
    uninstructed_basis="§ 58 Abs. 2 VwGO",
    assumed=frozenset({"deemed"}),
)
# A Wednesday; four days later is Sunday, 5 April 2026, Easter Sunday.
POSTED = Delivery(Way.POST, date(2026, 4, 1))


def days(delivery, law=HESSE, periods=()):
    return {each.code: each.day for each in days_of(delivery, law, periods)}


def test_a_letter_counts_as_received_even_on_a_sunday_and_the_period_ends_on_a_working_day():
    found = days(POSTED)
    assert found["notified"] == date(2026, 4, 5)
    assert found["remedy_until"] == date(2026, 5, 5)
    assert found["final"] == date(2026, 5, 6)


def test_each_day_names_its_event_its_basis_and_the_day_before_the_shift():
    by_code = {each.code: each for each in days_of(replace(POSTED, sent=date(2026, 3, 28)), HESSE)}
    until = by_code["remedy_until"]
    assert (until.plain, until.day) == (date(2026, 5, 1), date(2026, 5, 4))
    assert (until.anchor, until.basis, until.assumed) == ("notified", "§ 74 VwGO", True)
    assert by_code["final"].anchor == "remedy_until"


def test_where_the_fiction_shifts_by_law_the_period_runs_from_the_shifted_day():
    found = days(POSTED, replace(HESSE, receipt_shifts=True))
    assert found["notified"] == date(2026, 4, 7)
    assert found["remedy_until"] == date(2026, 5, 7)


def test_a_later_recorded_receipt_goes_before_the_fiction_and_an_earlier_one_as_the_law_says():
    assert days(replace(POSTED, received=date(2026, 4, 9)))["notified"] == date(2026, 4, 9)
    early = replace(POSTED, received=date(2026, 4, 2))
    assert days(early)["notified"] == date(2026, 4, 5)
    assert days(early, replace(HESSE, earlier_receipt=True))["notified"] == date(2026, 4, 2)


@pytest.mark.parametrize("way", [Way.BY_HAND, Way.FORMAL])
def test_what_is_handed_over_or_delivered_formally_has_no_fiction(way):
    sent = Delivery(way, date(2026, 4, 1))
    assert days(sent) == {"sent": date(2026, 4, 1)}
    assert state_on(sent, HESSE, date(2027, 1, 1)) == State.SENT
    received = replace(sent, received=date(2026, 4, 2))
    assert days(received)["remedy_until"] == date(2026, 5, 4)  # the second is a Saturday


def test_without_a_right_instruction_there_is_a_year():
    found = days_of(replace(POSTED, instructed=False), HESSE)
    until = next(each for each in found if each.code == "remedy_until")
    assert (until.day, until.basis) == (date(2027, 4, 5), "§ 58 Abs. 2 VwGO")


def test_a_waiver_makes_it_final_but_not_before_it_is_known():
    assert days(replace(POSTED, waived=date(2026, 4, 10)))["final"] == date(2026, 4, 10)
    assert days(replace(POSTED, waived=date(2026, 4, 2)))["final"] == date(2026, 4, 5)


def test_a_suit_keeps_it_open_until_it_is_settled_and_a_late_one_does_not():
    sued = replace(POSTED, contested=date(2026, 5, 5))
    assert "final" not in days(sued)
    assert state_on(sued, HESSE, date(2026, 5, 4)) == State.OPEN
    assert state_on(sued, HESSE, date(2028, 1, 1)) == State.CONTESTED
    assert days(replace(sued, settled=date(2027, 2, 1)))["final"] == date(2027, 2, 1)
    late = replace(POSTED, contested=date(2026, 5, 6))
    assert state_on(late, HESSE, date(2026, 5, 6)) == State.FINAL
    assert [each.rule for each in why_late(late, HESSE)] == ["grant.contested_late"]
    assert why_late(sued, HESSE) == ()


def test_a_period_runs_from_what_happened_and_never_from_a_day_that_was_moved():
    use = Period("use", "Verwendung", "notified", 2, "months", shifts=True)
    held = Period("held", "Abruf", "remedy_until", 1, "months")
    found = days(replace(POSTED, sent=date(2026, 3, 28)), periods=(use, held))
    assert found["use"] == date(2026, 6, 1)
    assert "held" not in found


def test_a_receipt_recorded_later_changes_days_and_each_is_told():
    before = days_of(POSTED, HESSE)
    after = days_of(replace(POSTED, received=date(2026, 4, 9)), HESSE)
    assert changed_days(before, after) == (
        Change("notified", "Bekannt gegeben", date(2026, 4, 5), date(2026, 4, 9)),
        Change(
            "remedy_until", "Anfechtbar bis einschließlich", date(2026, 5, 5), date(2026, 5, 11)
        ),
        Change("final", "Bestandskräftig ab", date(2026, 5, 6), date(2026, 5, 12)),
        Change("received", "Eingang festgehalten", None, date(2026, 4, 9)),
    )


def test_a_holiday_that_was_learnt_changes_the_end_of_the_period():
    sent = replace(POSTED, sent=date(2026, 3, 28))
    without, known = days_of(sent, replace(HESSE, holidays="")), days_of(sent, HESSE)
    assert [each.code for each in changed_days(without, known)] == ["remedy_until", "final"]


def test_what_cannot_have_happened_is_refused():
    today = date(2026, 6, 1)

    def rules(**facts):
        return [each.rule for each in why_not_recorded(replace(POSTED, **facts), today)]

    assert rules(received=date(2026, 4, 7)) == []
    assert rules(received=date(2026, 3, 31)) == ["grant.before_sent"]
    assert rules(waived=date(2026, 6, 2)) == ["grant.day_to_come"]
    assert rules(settled=date(2026, 5, 1)) == ["grant.settled_nothing"]
    early = rules(contested=date(2026, 5, 2), settled=date(2026, 5, 1))
    assert early == ["grant.settled_early"]


@given(
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    st.none() | st.integers(0, 40),
    st.booleans(),
    st.sampled_from(Way),
)
def test_a_notice_is_known_before_it_can_be_final(sent, after, instructed, way):
    received = None if after is None else sent + timedelta(days=after)
    found = days(Delivery(way, sent, received, instructed))
    if "final" in found:
        assert found["sent"] <= found["notified"] < found["remedy_until"] < found["final"]
    else:
        assert "notified" not in found
