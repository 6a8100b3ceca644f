"""The path of a publication through the stages that a programme declares."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.procedure import Declared
from zielwerk.rulebook.publication import (
    EDITION,
    EDITION_WITH_RELEASE,
    PUBLICATION,
    EditionFacts,
    EditionState,
)

NAMED = EditionFacts(("Heike Hofmann",))
SIDES = st.sampled_from(["ministry", "authority"])


@st.composite
def paths(draw: st.DrawFn) -> tuple[Declared, ...]:
    """Any stages that a programme may declare."""
    number = draw(st.integers(0, 4))
    before = [
        Declared(f"s{place}", f"Stufe {place}", f"nach {place}", draw(SIDES))
        for place in range(number)
    ]
    last = Declared("last", "Freigeben", "veröffentlicht", draw(SIDES), effect="published")
    return (*before, last)


@given(paths())
def test_nothing_is_public_before_the_last_stage_or_after_the_way_out(
    stages: tuple[Declared, ...],
) -> None:
    path = PUBLICATION.lifecycle(stages)
    to_public = [step for step in path.steps if step.target == EditionState.PUBLISHED]
    last, again = to_public
    assert (last.verb, again.verb, again.sources) == ("last", "reinstate", {EditionState.HELD})
    assert last.sources == {stages[-2].code if len(stages) > 1 else EditionState.PREPARED}
    assert [step.verb for step in path.possible(EditionState.PUBLISHED)] == ["withdraw"]
    assert path.possible(EditionState.WITHDRAWN) == ()


@given(paths())
def test_who_is_asked_next_may_send_back_and_who_published_takes_down_and_decides(
    stages: tuple[Declared, ...],
) -> None:
    path = PUBLICATION.lifecycle(stages)
    for passed, asked in pairwise(stages):
        back = path.step(passed.code, "send_back")
        assert back
        assert (back.side, back.target) == (asked.side, EditionState.PREPARED)
    down = [path.step(EditionState.PUBLISHED, "withdraw"), *path.possible(EditionState.HELD)]
    assert [(step.verb, step.side) for step in down if step] == [
        (verb, stages[-1].side) for verb in ("withdraw", "confirm_withdrawal", "reinstate")
    ]
    assert not path.is_final(EditionState.HELD), "somebody is asked"


@given(paths())
def test_what_came_back_is_proposed_again_or_discarded_by_who_proposed(
    stages: tuple[Declared, ...],
) -> None:
    path = PUBLICATION.lifecycle(stages)
    ways_out = {step.verb: step.side for step in path.possible(EditionState.PREPARED)}
    expected = {stages[0].code: stages[0].side}
    if len(stages) > 1:
        expected["discard"] = stages[0].side
    assert ways_out == expected
    assert (EditionState.DISCARDED in path.labels) == (len(stages) > 1)


@pytest.mark.parametrize("path", [EDITION, EDITION_WITH_RELEASE], ids=["at once", "released"])
def test_no_stage_is_taken_while_a_name_would_become_public(path: Lifecycle) -> None:
    for row in (row for row in path.steps if row.act):
        (source,) = row.sources
        assert [refusal.rule for refusal in path.refusals(source, row.verb, NAMED)] == [
            "publication.name"
        ]
        assert path.after(source, row.verb, EditionFacts()) == row.target
