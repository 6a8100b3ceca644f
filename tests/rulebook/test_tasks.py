"""What comes next in a body's year: worked examples, then what must hold of all of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.tasks import (
    ASKED,
    LABELS,
    PROGRESS_LABELS,
    Asked,
    BodyFacts,
    Deadlines,
    Progress,
    Task,
    Work,
    came_too_late,
    is_late,
    progress,
    tasks,
)

# The Main-Kinzig-Kreis in 2024, by the days of the programme year.
YEAR = Deadlines.of(
    {
        "early_start": date(2024, 1, 1),
        "application": date(2024, 3, 31),
        "meeting_from": date(2024, 9, 1),
        "meeting_until": date(2024, 11, 30),
        "proof_of_use": date(2025, 4, 30),
    }
)
AGREED = BodyFacts(agreed_cents=160_010_000, is_recorded=True, is_published=True)


def said(facts: BodyFacts, on: date, year: Deadlines = YEAR) -> list[tuple[Work, bool]]:
    return [(task.work, task.is_late) for task in tasks(facts, year, on)]


def test_in_january_money_is_missing_and_nothing_is_late() -> None:
    assert said(BodyFacts(), date(2024, 1, 15)) == [
        (Work.ALLOCATE, False),
        (Work.RECORD, False),
        (Work.APPLY, False),
    ]


def test_the_last_day_counts_to_its_end() -> None:
    assert (Work.ALLOCATE, False) in said(BodyFacts(), date(2024, 3, 31))
    assert (Work.ALLOCATE, True) in said(BodyFacts(), date(2024, 4, 1))


def test_what_is_late_comes_first_and_names_its_day() -> None:
    facts = BodyFacts(allocated_cents=100, uncovered_cents=-20)
    first, second, _ = tasks(facts, YEAR, date(2024, 10, 1))
    day = date(2024, 9, 1)
    assert first == Task(Work.RECORD, (Asked.MINISTRY,), day, is_late=True)
    assert second.work == Work.COVER
    assert first.is_assumed


def test_a_body_that_waived_all_of_its_money_is_asked_for_nothing() -> None:
    """1,000,000.00 € were given and waived: nobody owes it an allocation or an agreement."""
    waived = BodyFacts(allocated_cents=0, waived_cents=100_000_000)
    assert progress(waived) == Progress.WAIVED
    for day in (date(2024, 1, 15), date(2024, 4, 1), date(2025, 5, 1)):
        assert said(waived, day) == []


def test_a_body_that_waived_a_part_or_was_given_anew_goes_on_as_others_do() -> None:
    day = date(2024, 10, 1)
    part = BodyFacts(allocated_cents=40_000_000, waived_cents=60_000_000)
    assert progress(part) == Progress.ALLOCATED
    assert said(part, day) == said(BodyFacts(allocated_cents=40_000_000), day)
    under_way = BodyFacts(waived_cents=100, recording=Work.REVIEW)
    assert said(under_way, day) == [(Work.REVIEW, True)]


def test_nothing_is_late_that_came_up_after_its_day() -> None:
    """The application for 2026 ended on 30.11.2025; one put forward later is not late."""
    due = date(2025, 11, 30)
    for since, late in ((date(2025, 11, 30), True), (date(2025, 12, 2), False)):
        assert is_late(due, since, date(2025, 12, 2)) == late
        assert is_late(due, since, date(2026, 6, 1)) == late
        assert came_too_late(due, since) == (not late)
    assert not is_late(due, date(2025, 11, 1), due)
    given = {Work.RECORD: date(2024, 9, 2)}  # the day of the year's agreement was 01.09.2024
    (record, _) = tasks(BodyFacts(allocated_cents=1), YEAR, date(2024, 9, 3), given)
    assert (record.work, record.is_late, record.came_too_late) == (Work.RECORD, False, True)


def test_a_recording_under_way_is_asked_for_by_its_state() -> None:
    day = date(2024, 8, 1)
    for state, work in ((Work.REVIEW, Work.REVIEW), (Work.CONFIRM, Work.CONFIRM)):
        assert said(BodyFacts(1, recording=state), day) == [(work, False), (Work.GRANT, False)]


def test_what_was_agreed_is_published_and_the_rest_settled_by_the_body() -> None:
    facts = replace(AGREED, allocated_cents=5_000, is_published=False)
    found = tasks(facts, YEAR, date(2024, 9, 1))
    assert [(one.work, one.asked) for one in found] == [
        (Work.PUBLISH, (Asked.MINISTRY,)),
        (Work.SETTLE, (Asked.BODY,)),
        (Work.MEET, (Asked.MINISTRY, Asked.BODY)),
    ]


@pytest.mark.parametrize(
    ("on", "work", "due"),
    [
        (date(2023, 12, 31), Work.APPLY, date(2024, 3, 31)),
        (date(2024, 3, 31), Work.APPLY, date(2024, 3, 31)),
        (date(2024, 4, 1), Work.GRANT, None),
        (date(2024, 8, 31), Work.GRANT, None),
        (date(2024, 9, 1), Work.MEET, date(2024, 11, 30)),
        (date(2024, 11, 30), Work.MEET, date(2024, 11, 30)),
        (date(2024, 12, 1), Work.PROVE, date(2025, 4, 30)),
        (date(2025, 5, 1), Work.EXAMINE, None),
    ],
)
def test_the_year_of_a_body_that_has_done_all(on: date, work: Work, due: date | None) -> None:
    (task,) = tasks(AGREED, YEAR, on)
    assert (task.work, task.due, task.is_late) == (work, due, False)


def test_a_programme_that_names_only_the_end_of_its_meeting() -> None:
    year = Deadlines.of({"application": date(2025, 11, 30), "meeting_until": date(2026, 5, 31)})
    assert said(AGREED, date(2025, 12, 1), year) == [(Work.MEET, False)]
    assert said(BodyFacts(1), date(2026, 6, 1), year) == [(Work.RECORD, True)]
    assert said(AGREED, date(2026, 6, 1), year) == []


def test_the_difference_of_what_was_given_and_agreed() -> None:
    assert BodyFacts(allocated_cents=30, agreed_cents=70).difference_cents == 30
    cut = BodyFacts(agreed_cents=100, uncovered_cents=-20)
    assert (cut.given_cents, cut.difference_cents) == (80, -20)


def test_how_far_a_year_has_come() -> None:
    steps = [
        BodyFacts(),
        BodyFacts(waived_cents=1),
        BodyFacts(1),
        BodyFacts(1, recording=Work.REVIEW),
        BodyFacts(0, 1, is_recorded=True),
        AGREED,
    ]
    assert [progress(one) for one in steps] == list(Progress)


def test_every_work_and_step_has_words() -> None:
    assert list(LABELS) == list(Work)
    assert list(PROGRESS_LABELS) == list(Progress)


DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
CENTS = st.integers(0, 10**12)
FACTS = st.builds(
    BodyFacts,
    allocated_cents=CENTS,
    agreed_cents=CENTS,
    uncovered_cents=CENTS.map(lambda cents: -cents),
    waived_cents=st.just(0) | CENTS,
    recording=st.sampled_from([None, Work.REVIEW, Work.CONFIRM]),
    is_recorded=st.booleans(),
    is_published=st.booleans(),
)
YEARS = st.builds(Deadlines, *[st.none() | DAYS] * 4)


@given(FACTS, YEARS, DAYS)
def test_late_is_what_was_due_before_and_nothing_without_a_day(
    facts: BodyFacts, year: Deadlines, on: date
) -> None:
    for task in tasks(facts, year, on):
        if task.work not in ASKED or task.work == Work.SETTLE:
            assert task.is_late == (task.due is not None and task.due < on)
        else:  # announced, not judged
            assert not task.is_late
            assert task.due is None or on <= task.due


@given(FACTS, YEARS, DAYS, st.integers(1, 400))
def test_what_is_late_stays_late_until_it_is_done(
    facts: BodyFacts, year: Deadlines, on: date, days: int
) -> None:
    def late(day: date) -> set[Work]:
        return {task.work for task in tasks(facts, year, day) if task.is_late}

    assert late(on) <= late(on + timedelta(days=days))


@given(FACTS, YEARS, DAYS)
def test_late_things_stand_first_and_nothing_twice(
    facts: BodyFacts, year: Deadlines, on: date
) -> None:
    found = tasks(facts, year, on)
    assert sorted(found, key=lambda task: not task.is_late) == list(found)
    assert len({task.work for task in found}) == len(found)
    assert all(task.asked for task in found)


@given(FACTS, DAYS)
def test_publishing_what_was_recorded_and_settled_leaves_only_the_calendar(
    facts: BodyFacts, on: date
) -> None:
    done = replace(facts, is_recorded=True, is_published=True, allocated_cents=0, uncovered_cents=0)
    assert len(tasks(done, YEAR, on)) == (0 if done.has_waived_all else 1)
