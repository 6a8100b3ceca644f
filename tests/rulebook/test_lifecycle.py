"""The engine over a table of steps: what is possible, what is refused, what cannot be declared."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.lifecycle import OWN_RULE, Guard, Label, Lifecycle, Step
from zielwerk.rulebook.refusal import Refusal, Refused


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Facts:
    complete: bool = True
    same_person: bool = False


def is_complete(facts: Facts) -> tuple[Refusal, ...]:
    return () if facts.complete else (Refusal("test.complete", "Es fehlen Angaben."),)


def has_four_eyes(facts: Facts) -> tuple[Refusal, ...]:
    return (Refusal("test.four_eyes", "Eine zweite Person muss zustimmen."),) * facts.same_person


LABELS = {
    State.DRAFT: "Entwurf",
    State.SUBMITTED: "Eingereicht",
    State.APPROVED: "Bewilligt",
    State.WITHDRAWN: "Zurückgezogen",
}
STEPS = (
    Step(
        verb="submit",
        sources={State.DRAFT},
        target=State.SUBMITTED,
        by="test.submit",
        label="Einreichen",
        address="einreichen",
        basis=OWN_RULE,
        done="Eingereicht: {number}.",
    ),
    Step(
        verb="approve",
        sources={State.SUBMITTED},
        target=State.APPROVED,
        by="test.approve",
        label="Bewilligen",
        address="bewilligen",
        basis="§ 35 VwVfG",
        done="Bewilligt: {number}.",
        guards=(is_complete, has_four_eyes),
    ),
    Step(
        verb="withdraw",
        sources={State.DRAFT, State.SUBMITTED},
        target=State.WITHDRAWN,
        by="test.submit",
        label="Zurückziehen",
        address="zurueckziehen",
        basis=OWN_RULE,
        done="Zurückgezogen: {number}.",
    ),
)
CASE = Lifecycle("case", {State.DRAFT}, LABELS, STEPS)


def test_a_case_walks_its_path() -> None:
    assert CASE.after(State.DRAFT, "submit") is State.SUBMITTED
    assert CASE.after("submitted", "approve", Facts()) == "approved"
    assert CASE.refusals(State.SUBMITTED, "approve", Facts()) == ()


def test_an_impossible_verb_is_refused_with_both_labels() -> None:
    with pytest.raises(Refused) as refused:
        CASE.after(State.APPROVED, "withdraw")
    (refusal,) = refused.value.refusals
    sentence = refusal.msgid.format_map(refusal.params)
    assert sentence == "„Zurückziehen“ ist im Stand „Bewilligt“ nicht möglich."
    assert all(isinstance(label, Label) for label in refusal.params.values())


def test_all_guards_speak_at_once() -> None:
    with pytest.raises(Refused) as refused:
        CASE.after(State.SUBMITTED, "approve", Facts(complete=False, same_person=True))
    rules = [refusal.rule for refusal in refused.value.refusals]
    assert rules == ["test.complete", "test.four_eyes"]


def test_possible_steps_come_in_the_order_declared() -> None:
    assert [step.verb for step in CASE.possible(State.SUBMITTED)] == ["approve", "withdraw"]
    assert CASE.possible(State.APPROVED) == ()


def test_a_state_with_nothing_but_the_way_back_is_final() -> None:
    steps = [step("go", "a", "b"), step("back", "b", "a", is_undoing=True)]
    table = Lifecycle("x", {"a"}, {"a": "A", "b": "B"}, steps)
    assert table.is_final("b")
    assert not table.is_final("a")
    assert [back.verb for back in table.possible("b")] == ["back"]


def test_a_state_without_a_way_out_is_final() -> None:
    assert [state for state in State if CASE.is_final(state)] == [State.APPROVED, State.WITHDRAWN]


def test_the_step_tells_permission_and_basis() -> None:
    step = CASE.step(State.SUBMITTED, "approve")
    assert step is not None
    assert (step.by, step.basis) == ("test.approve", "§ 35 VwVfG")
    assert CASE.step(State.DRAFT, "approve") is None


@pytest.mark.parametrize(("state", "verb"), [("lost", "submit"), ("draft", "burn")])
def test_a_name_outside_the_table_is_a_fault_of_the_caller(state: str, verb: str) -> None:
    for ask in (CASE.step, CASE.refusals, CASE.after):
        with pytest.raises(ValueError, match=r"case: unknown (state 'lost'|verb 'burn')"):
            ask(state, verb)


def step(verb: str, source: str, target: str, **changes: Any) -> Step:
    given = {"sources": {source}, "by": "test.do", "label": "Tun", "basis": OWN_RULE}
    given["done"] = "Getan."
    return Step(verb=verb, target=target, **{"address": verb, **given, **changes})


@pytest.mark.parametrize(
    ("initial", "labels", "steps", "fault"),
    [
        (set(), {"a": "A"}, [], "no initial state"),
        ({"a"}, {}, [], "'a'"),
        ({"a"}, {"a": ""}, [], "'a'"),
        ({"a"}, {"a": "A"}, [step("go", "a", "nowhere")], "'nowhere'"),
        ({"a"}, {"a": "A"}, [step("go", "ghost", "a")], "'ghost'"),
        ({"a"}, {"a": "A", "island": "Insel"}, [], "island"),
        (
            {"a"},
            {"a": "A", "x": "X", "y": "Y"},
            [step("go", "x", "y"), step("back", "y", "x")],
            "x, y",
        ),
        ({"a"}, {"a": "A", "b": "B"}, [step("go", "a", "b"), step("go", "a", "a")], "'go'.*'a'"),
        ({"a"}, {"a": "A"}, [step("go", "a", "a", label="")], "'go'"),
        ({"a"}, {"a": "A"}, [step("go", "a", "a", sources=set())], "'go'"),
        ({"a"}, {"a": "A"}, [step("go", "a", "a", basis="")], "'go' has no basis"),
        ({"a"}, {"a": "A"}, [step("go", "a", "a", address="")], "'go' has no address"),
        ({"a"}, {"a": "A"}, [step("go", "a", "a", done="")], "'go' has no done"),
        (
            {"a"},
            {"a": "A", "b": "B"},
            [step("go", "a", "b"), step("back", "b", "a", address="go")],
            "share an address",
        ),
        (
            {"a"},
            {"a": "A", "b": "B"},
            [step("go", "a", "b"), step("go", "b", "a", by="test.other")],
            "more than one permission",
        ),
    ],
)
def test_a_faulty_table_cannot_be_declared(
    initial: set[str], labels: dict[str, str], steps: list[Step], fault: str
) -> None:
    with pytest.raises(ValueError, match=f"faulty: .*{fault}"):
        Lifecycle("faulty", initial, labels, steps)


def test_the_diagram_shows_every_state_and_step() -> None:
    assert CASE.mermaid() == (
        "stateDiagram-v2\n"
        '    state "Entwurf" as s1\n'
        '    state "Eingereicht" as s2\n'
        '    state "Bewilligt" as s3\n'
        '    state "Zurückgezogen" as s4\n'
        "    [*] --> s1\n"
        "    s1 --> s2 : Einreichen\n"
        "    s1 --> s4 : Zurückziehen\n"
        "    s2 --> s3 : Bewilligen\n"
        "    s2 --> s4 : Zurückziehen\n"
        "    s3 --> [*]\n"
        "    s4 --> [*]\n"
    )


def test_the_diagram_speaks_the_language_of_its_reader() -> None:
    assert 'state "Draft" as s1' in CASE.mermaid(lambda msgid: msgid.replace("Entwurf", "Draft"))


def test_a_label_cannot_break_the_diagram() -> None:
    odd = Lifecycle("odd", {"a b"}, {"a b": 'Sagt "ja": gut; #1\nneu'}, [])
    assert 'state "Sagt #quot;ja#quot;#58; gut#59; #35;1 neu" as s1' in odd.mermaid()


def constantly(answer: tuple[Refusal, ...]) -> Guard:
    return lambda facts: answer


@st.composite
def lifecycles(draw: st.DrawFn) -> Lifecycle:
    """Random tables: a path through all states keeps them reachable, then arbitrary steps."""
    states = draw(st.lists(st.text(min_size=1), min_size=1, max_size=6, unique=True))
    steps = [step("next", here, there) for here, there in pairwise(states)]
    for number in range(draw(st.integers(0, 6))):
        sources = draw(st.sets(st.sampled_from(states), min_size=1))
        target = draw(st.sampled_from(states))
        allowed = draw(st.booleans())
        answer = () if allowed else (Refusal(f"test.guard_{number}", "Nein."),)
        steps.append(
            step(f"verb_{number}", "", target, sources=sources, guards=(constantly(answer),))
        )
    return Lifecycle("random", {states[0]}, dict.fromkeys(states, "Stand"), steps)


@given(lifecycles(), st.data())
def test_any_walk_stays_within_the_table(case: Lifecycle, data: Any) -> None:
    state = next(iter(case.initial))
    verbs = sorted({step.verb for step in case.steps})
    for verb in data.draw(st.lists(st.sampled_from(verbs), max_size=10)) if verbs else []:
        offered = {step.verb: step for step in case.possible(state)}
        refusals = case.refusals(state, verb)
        assert (verb not in offered) == (
            [refusal.rule for refusal in refusals] == ["lifecycle.not_in_this_state"]
        )
        if refusals:
            with pytest.raises(Refused) as refused:
                case.after(state, verb)
            assert refused.value.refusals == refusals
        else:
            state = case.after(state, verb)
            assert state == offered[verb].target
            assert state in case.labels


@given(lifecycles())
def test_a_diagram_has_a_line_for_each_way(case: Lifecycle) -> None:
    lines = case.mermaid().splitlines()
    ways = sum(len(step.sources) for step in case.steps)
    ends = sum(case.is_final(state) for state in case.labels)
    assert len(lines) == 1 + len(case.labels) + len(case.initial) + ways + ends
