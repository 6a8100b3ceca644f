"""Stages that a programme declares, made into the path that a case walks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.procedure import Declared, address_of
from zielwerk.rulebook.scenario import ALLOCATION, COMPUTABLE, ScenarioState


def decided(code: str = "decide") -> Declared:
    return Declared(
        code, "Festsetzen", "festgesetzt", four_eyes=True, guards=COMPUTABLE, effect="allocated"
    )


def hearing(code: str, label: str = "Verband hören") -> Declared:
    return Declared(code, label, "gehört", notes="Ergebnis", side="authority")


@given(st.lists(st.integers(0, 99), unique=True, max_size=6))
def test_a_case_passes_every_stage_in_order_and_no_other_way(numbers: list[int]) -> None:
    between = [hearing(f"hear_{number}", f"Verband {number} hören") for number in numbers]
    path = ALLOCATION.lifecycle((Declared("put", "Vorlegen", "vorgelegt"), *between, decided()))
    state, passed = "draft", []
    while stages := [step for step in path.possible(state) if step.act]:
        (step,) = stages  # one stage leads on from each state
        passed.append(step.verb)
        state = step.target
    assert passed == ["put", *(stage.code for stage in between), "decide"]
    assert state == ScenarioState.DECIDED
    assert path.is_final(state)


@given(st.integers(0, 5))
def test_from_every_stage_before_the_last_there_is_a_way_back(hearings: int) -> None:
    between = [hearing(f"h{number}", f"{number}") for number in range(hearings)]
    path = ALLOCATION.lifecycle((Declared("put", "Vorlegen", "vorgelegt"), *between, decided()))
    back = path.verbs["send_back"]
    assert back.target == ScenarioState.DRAFT
    assert back.sources == {"put", *(stage.code for stage in between)}


def test_a_stage_keeps_what_the_programme_says_of_it() -> None:
    path = ALLOCATION.lifecycle((Declared("put", "Vorlegen", "vorgelegt"), hearing("x"), decided()))
    step = path.verbs["x"]
    assert (step.side, step.notes, step.address) == ("authority", "Ergebnis", "verband-hoeren")
    assert path.labels["x"] == "gehört"
    assert path.verbs["decide"].four_eyes


def test_stages_that_bring_nothing_about_are_no_path() -> None:
    with pytest.raises(ValueError, match="brings about nothing"):
        ALLOCATION.lifecycle((Declared("put", "Vorlegen", "vorgelegt"),))
    with pytest.raises(ValueError, match="brings about nothing"):
        ALLOCATION.lifecycle(())


@pytest.mark.parametrize(
    ("label", "address"),
    [
        ("Beirat hören", "beirat-hoeren"),
        ("Große Anhörung (§ 7)", "grosse-anhoerung-7"),
        ("…", "stufe"),
    ],
)
def test_a_label_is_a_word_of_addresses(label: str, address: str) -> None:
    assert address_of(label) == address
