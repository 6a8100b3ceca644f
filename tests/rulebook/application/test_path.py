"""The path of an application: in time or late, whole, answered, settled; what can be written."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from zielwerk.rulebook.application import (
    ApplicationFacts,
    ApplicationState,
    Settled,
    came_at,
    may_write,
)
from zielwerk.rulebook.application.path import APPLIED
from zielwerk.rulebook.refusal import Refusal

DEADLINE = date(2026, 3, 31)
IN_TIME = ApplicationFacts(today=DEADLINE, last_day=DEADLINE)


def rules(facts: ApplicationFacts, state: str, verb: str) -> list[str]:
    return [refusal.rule for refusal in APPLIED.refusals(state, verb, facts)]


def test_a_deadline_is_a_whole_day_and_its_last_one_counts() -> None:
    assert not IN_TIME.is_late
    assert rules(IN_TIME, ApplicationState.DRAFT, "hand_in") == []
    late = replace(IN_TIME, today=date(2026, 4, 1))
    assert late.is_late
    assert rules(late, ApplicationState.DRAFT, "hand_in") == ["application.late"]
    [refusal] = APPLIED.refusals(ApplicationState.DRAFT, "hand_in", late)
    assert refusal.params == {"day": DEADLINE, "days": 1}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"late_reason": "Der Kreistag tagte erst im April."}, []),
        ({"grace_days": 1}, []),
        ({"grace_days": 1, "today": date(2026, 4, 2)}, ["application.late"]),
        ({"may_be_late": False}, ["application.too_late"]),
        ({"may_be_late": False, "late_reason": "Grund"}, ["application.too_late"]),
        ({"last_day": None}, []),
    ],
)
def test_later_than_the_last_day(changed: dict[str, object], expected: list[str]) -> None:
    late = replace(IN_TIME, today=date(2026, 4, 1))
    assert rules(replace(late, **changed), ApplicationState.DRAFT, "hand_in") == expected  # type: ignore[arg-type]


def test_what_came_in_time_is_in_time_however_late_it_is_handed_in_again() -> None:
    again = replace(IN_TIME, came=DEADLINE, today=date(2026, 6, 1), may_be_late=False)
    assert rules(again, ApplicationState.DRAFT, "hand_in") == []
    late = replace(again, came=date(2026, 4, 2), may_be_late=True)
    [refusal] = APPLIED.refusals(ApplicationState.DRAFT, "hand_in", late)
    assert refusal.params == {"day": DEADLINE, "days": 2}


def test_it_comes_when_it_is_first_handed_in_unless_the_body_takes_it_back() -> None:
    first, second = (datetime(2026, month, 30, tzinfo=UTC) for month in (3, 5))
    for verb in ("note", "assess", "reopen", "send_back", "discard", "restore", "hand_in"):
        assert came_at(verb, first, second) == first
    for verb in ("take_back", "withdraw"):
        assert came_at(verb, first, second) is None
    assert came_at("hand_in", None, second) == second


def test_what_stops_it_is_said_in_its_own_words() -> None:
    stop = Refusal("application.no_measure", "Der Antrag nennt noch keine Maßnahme.")
    facts = replace(IN_TIME, stops=(stop,))
    assert APPLIED.refusals(ApplicationState.DRAFT, "hand_in", facts) == (stop,)


def test_it_is_assessed_once_all_is_answered_and_settled() -> None:
    open_ = replace(IN_TIME, open=(2, 3))
    assert rules(open_, "hand_in", "assess") == ["application.unanswered"] + 3 * [
        "application.unsettled"
    ]
    settled = [Settled("concept", "accepted"), Settled("finance", "rejected")]
    assert len(rules(replace(IN_TIME, settled=settled), "hand_in", "assess")) == 1
    examined = [*settled, Settled("goals", "examined")]
    assert len(rules(replace(IN_TIME, settled=examined), "hand_in", "assess")) == 1
    done = [*settled, Settled("goals", "accepted")]
    assert rules(replace(IN_TIME, settled=done), "hand_in", "assess") == []


def test_exactly_what_a_question_is_about_opens_again() -> None:
    asked = {"m/2", "form"}
    assert may_write("hand_in", "m/2/cost/staff/2026", asked)
    assert may_write("hand_in", "form", asked)
    assert not may_write("hand_in", "m/20/title", asked)
    assert not may_write("hand_in", "share", asked)
    assert not may_write("hand_in", "m/2", set())
    assert may_write("hand_in", "reason/own_share", asked)  # what is changed may ask for one
    assert not may_write("hand_in", "reason/own_share", set())
    assert may_write(ApplicationState.DRAFT, "share", set())
    for over in (
        ApplicationState.ASSESSED,
        ApplicationState.WITHDRAWN,
        ApplicationState.DISCARDED,
    ):
        assert not may_write(over, "form", asked)


def test_of_a_body_and_year_one_is_pursued() -> None:
    facts = replace(IN_TIME, other="ANT-2026-0002")
    assert rules(facts, ApplicationState.DISCARDED, "restore") == ["application.other"]
    assert rules(IN_TIME, ApplicationState.DISCARDED, "restore") == []
