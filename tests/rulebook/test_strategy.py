"""A regional strategy: on which days a version holds, whose consent is open, what a body lacks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.language import sentence
from zielwerk.rulebook import strategy as rules
from zielwerk.rulebook.consent import Answered, ConsentAnswer, Party, still_open
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.reminding import reminder_stage
from zielwerk.rulebook.strategy import (
    BodyStrategies,
    InForce,
    Rules,
    StrategyFacts,
    StrategyState,
    Validity,
)

AQB = Rules("Strategie", "f", 90)
PLAN = Rules("Arbeitsmarktplan", "m", 90)
YEAR = Validity("STR-2026-0001", date(2026, 1, 1), date(2026, 12, 31))
NEXT = Validity("STR-2027-0001", date(2027, 1, 1), date(2028, 12, 31))


def line(known: BodyStrategies, on: date, of: Rules = AQB) -> str:
    parts = [sentence(part) for part in rules.missing(known, on, of)]
    return "; ".join(parts) or rules.COMPLETE


def test_the_worked_example_says_in_one_line_what_is_missing() -> None:
    """The Main-Kinzig-Kreis asks all; two have not answered, and ten days are left."""
    wanted = [Party("SGB II"), Party("SGB XII"), Party("OloV", "Gelnhausen")]
    answers = [Answered(Party("SGB II"), ConsentAnswer.GIVEN)]
    open_ = still_open(wanted, answers)
    assert open_.lacking == (Party("SGB XII"), Party("OloV", "Gelnhausen"))
    names = tuple(f"{party.code} {party.region}".strip() for party in open_.lacking)
    known = BodyStrategies(InForce(YEAR, names))
    told = "Zustimmung fehlt: SGB XII, OloV Gelnhausen; läuft am 31.12.2026 aus"
    assert line(known, date(2026, 12, 21)) == told


@pytest.mark.parametrize(
    ("known", "on", "said"),
    [
        (BodyStrategies(), date(2026, 6, 1), "keine Strategie in Kraft"),
        (BodyStrategies(InForce(YEAR)), date(2026, 6, 1), "vollständig"),
        (BodyStrategies(InForce(YEAR)), date(2026, 10, 1), "vollständig"),
        (BodyStrategies(InForce(YEAR)), date(2026, 10, 2), "läuft am 31.12.2026 aus"),
        (BodyStrategies(InForce(YEAR), coming=NEXT), date(2026, 12, 31), "vollständig"),
        (
            BodyStrategies(InForce(YEAR), coming=replace(NEXT, valid_from=date(2027, 2, 1))),
            date(2026, 12, 31),
            "läuft am 31.12.2026 aus, danach erst wieder ab 01.02.2027",
        ),
        (
            BodyStrategies(coming=NEXT),
            date(2026, 12, 31),
            "keine Strategie in Kraft, erst wieder ab 01.01.2027",
        ),
        (
            BodyStrategies(ended=date(2025, 12, 31)),
            date(2026, 1, 1),
            "keine Strategie in Kraft, zuletzt bis 31.12.2025",
        ),
        (
            BodyStrategies(InForce(replace(YEAR, valid_until=None))),
            date(2036, 1, 1),
            "vollständig",
        ),
        (
            BodyStrategies(InForce(YEAR, refused=("Wirtschaft",))),
            date(2026, 6, 1),
            "Zustimmung verweigert: Wirtschaft",
        ),
        (
            BodyStrategies(InForce(YEAR, ("SGB II",)), gone_on=date(2026, 3, 31)),
            date(2026, 6, 1),
            "Gebietskörperschaft bestand bis 31.03.2026",
        ),
    ],
)
def test_what_a_body_lacks_on_a_day(known: BodyStrategies, on: date, said: str) -> None:
    assert line(known, on) == said


def test_the_line_speaks_as_the_programme_does() -> None:
    assert line(BodyStrategies(), date(2026, 6, 1), PLAN) == "kein Arbeitsmarktplan in Kraft"


def test_what_is_due_is_the_last_day_once_it_is_near() -> None:
    known = BodyStrategies(InForce(YEAR))
    assert rules.due_day(known, date(2026, 10, 1), AQB) is None
    assert rules.due_day(known, date(2026, 10, 2), AQB) == date(2026, 12, 31)
    gone = replace(known, gone_on=date(2026, 10, 1))
    assert rules.due_day(gone, date(2026, 10, 2), AQB) is None


# --- consents -----------------------------------------------------------------------------

PARTIES = [Party("SGB II"), Party("SGB XII"), Party("OloV", "Nord"), Party("OloV", "Süd")]
ANSWERS = st.lists(
    st.builds(
        Answered, st.sampled_from(PARTIES), st.sampled_from(list(ConsentAnswer)), st.booleans()
    )
)


@given(ANSWERS)
def test_of_each_the_last_answer_to_the_present_version_counts(answers: list[Answered]) -> None:
    open_ = still_open(PARTIES, answers)
    for party in PARTIES:
        own = [one.answer for one in answers if one.party == party and one.counts]
        is_given = bool(own) and own[-1] == ConsentAnswer.GIVEN
        is_refused = bool(own) and own[-1] == ConsentAnswer.REFUSED
        assert (party not in (*open_.lacking, *open_.refused)) == is_given
        assert (party in open_.refused) == is_refused
    assert open_.is_complete == (not open_.lacking and not open_.refused)


# --- the days -----------------------------------------------------------------------------

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def versions(draw: st.DrawFn) -> Validity:
    first = draw(DAYS)
    length = draw(st.none() | st.integers(0, 30))
    return Validity("new", first, None if length is None else first + timedelta(days=length))


@given(st.lists(versions(), max_size=8), st.data())
def test_on_no_day_two_versions_hold_whatever_comes_into_force(
    new_ones: list[Validity], data: st.DataObject
) -> None:
    in_force: list[Validity] = []
    for number, new in enumerate(new_ones):
        if rules.in_the_way(new, in_force):
            continue
        ending = rules.replaced_by(new, in_force)
        in_force = [
            replace(one, ended_on=new.valid_from) if one in ending else one for one in in_force
        ]
        in_force.append(replace(new, number=str(number)))
        if data.draw(st.booleans()):  # somebody withdraws one
            one = data.draw(st.sampled_from(in_force))
            day = rules.ends_on(one.valid_from, data.draw(DAYS))
            ended = min(day, one.ended_on or date.max)
            in_force[in_force.index(one)] = replace(one, ended_on=ended)
    for number in range(95):
        day = FIRST + timedelta(days=number)
        assert sum(one.holds_on(day) for one in in_force) <= 1


@given(versions(), versions())
def test_what_ends_for_another_held_until_the_day_before(old: Validity, new: Validity) -> None:
    for one in rules.replaced_by(new, [old]):
        ended = replace(one, ended_on=new.valid_from)
        assert ended.holds_on(new.valid_from - timedelta(days=1))
        assert ended.holds_on(old.valid_from)
        assert not ended.holds_on(new.valid_from)


def test_a_version_withdrawn_before_it_began_never_held() -> None:
    ended = replace(NEXT, ended_on=rules.ends_on(NEXT.valid_from, date(2026, 11, 1)))
    assert not any(ended.holds_on(date(2027, 1, day)) for day in range(1, 32))


# --- the path -----------------------------------------------------------------------------

PATHS = [rules.VERSION, rules.VERSION_WITH_HEARING, rules.VERSION_ADOPTED]


@pytest.mark.parametrize("path", PATHS)
def test_a_version_is_in_force_by_the_last_stage_alone(path: Lifecycle) -> None:
    (last,) = [step for step in path.steps if step.target == StrategyState.IN_FORCE]
    assert last.taken_by == "put_in_force"
    assert [step.verb for step in path.possible(StrategyState.IN_FORCE)] == ["withdraw"]
    assert path.is_final(StrategyState.IN_FORCE)
    assert path.possible(StrategyState.WITHDRAWN) == ()


@pytest.mark.parametrize("path", PATHS)
def test_a_version_does_not_come_into_force_in_the_way_of_another(path: Lifecycle) -> None:
    (last,) = [step for step in path.steps if step.target == StrategyState.IN_FORCE]
    (source,) = last.sources
    facts = StrategyFacts(in_the_way=(YEAR,))
    told = [refusal.rule for refusal in path.refusals(source, last.verb, facts)]
    assert told == ["strategy.in_the_way"]


def test_a_version_without_priority_or_document_is_not_submitted() -> None:
    facts = StrategyFacts(blanks=(rules.NO_PRIORITY, rules.NO_DOCUMENT))
    told = rules.VERSION.refusals(StrategyState.DRAFT, "submit", facts)
    assert [refusal.msgid for refusal in told] == [rules.NO_PRIORITY, rules.NO_DOCUMENT]


def test_a_programme_may_ask_for_every_consent_first() -> None:
    facts = StrategyFacts(lacking=("SGB XII",), refused=("Wirtschaft",))
    said = [sentence(refusal) for refusal in rules.is_consented(facts)]
    assert said == [
        "Es fehlt die Zustimmung von: SGB XII.",
        "Die Zustimmung verweigert haben: Wirtschaft.",
    ]
    assert rules.is_consented(StrategyFacts()) == ()


# --- who is reminded, and when -------------------------------------------------------------


TWICE = Rules("Strategie", "f", 90, (30, 7))
RUNNING = BodyStrategies(InForce(YEAR))


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (date(2026, 10, 1), None),  # 91 days before the end
        (date(2026, 10, 2), 90),
        (date(2026, 11, 30), 90),
        (date(2026, 12, 1), 30),
        (date(2026, 12, 24), 7),
        (date(2026, 12, 31), 7),
    ],
)
def test_people_are_reminded_in_stages_before_the_end(on: date, stage: int | None) -> None:
    assert reminder_stage(RUNNING, on, TWICE) == stage


def test_nobody_is_reminded_once_the_next_version_is_there_or_being_made() -> None:
    on = date(2026, 12, 1)
    made = replace(RUNNING, under_way="STR-2027-0001")
    assert reminder_stage(made, on, TWICE) is None
    assert line(made, on, TWICE) == "läuft am 31.12.2026 aus, STR-2027-0001 ist in Arbeit"
    assert reminder_stage(replace(RUNNING, coming=NEXT), on, TWICE) is None
    late = replace(NEXT, valid_from=date(2027, 2, 1))
    assert reminder_stage(replace(RUNNING, coming=late), on, TWICE) == 30
    assert reminder_stage(BodyStrategies(ended=date(2026, 1, 1)), on, TWICE) is None
    gone = replace(RUNNING, gone_on=date(2026, 11, 30))
    assert reminder_stage(gone, on, TWICE) is None
