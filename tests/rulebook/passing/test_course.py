"""The path of a pass-on, and the way back out of each of its states."""

from zielwerk.rulebook.passing.course import (
    PASSED_ON,
    PASSED_ON_AFTER_RESOLUTION,
    PassFacts,
    PassState,
    needs_second,
)
from zielwerk.rulebook.refusal import Refusal

AGAINST = (Refusal("x", "Nein."),)


def refused(state: str, verb: str, facts: PassFacts) -> list[str]:
    step = next(each for each in PASSED_ON.possible(state) if each.verb == verb)
    return [refusal.rule for guard in step.guards for refusal in guard(facts)]


def test_a_resolution_is_a_stage_of_the_programme() -> None:
    assert list(PASSED_ON.labels) == ["draft", "put_forward", "passed_on", "ended", "discarded"]
    assert "resolve" in PASSED_ON_AFTER_RESOLUTION.labels


def test_it_comes_into_force_sound_checked_and_covered() -> None:
    for name in ("unsound", "unchecked", "uncovered", "superseded"):
        assert refused("put_forward", "conclude", PassFacts(**{name: AGAINST})) == ["x"], name
    assert refused("put_forward", "conclude", PassFacts()) == []


def test_only_the_newest_of_a_chain_is_ended() -> None:
    facts = PassFacts(changed_by="WL-2026-0001/2")
    assert refused(PassState.IN_FORCE, "end", facts) == ["passing.changed"]
    assert refused(PassState.IN_FORCE, "end", PassFacts()) == []


def test_what_was_ended_is_taken_up_only_while_its_money_is_free() -> None:
    assert refused(PassState.ENDED, "resume", PassFacts(uncovered=AGAINST)) == ["x"]
    assert refused(PassState.DISCARDED, "restore", PassFacts(superseded=AGAINST)) == ["x"]


def test_from_an_amount_on_a_second_person_decides() -> None:
    assert [needs_second(cents, 10_000_00) for cents in (9_999_99, 10_000_00)] == [False, True]
    assert needs_second(1, 0)
