"""Changes of money: who decides them, and what of them a programme may add."""

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.adjustment import (
    ADJUSTMENT,
    COVERED,
    MOVE,
    MOVE_WITH_HEARING,
    SETTLED,
    AdjustmentFacts,
    AdjustmentState,
)
from zielwerk.rulebook.procedure import Declared

ENOUGH = AdjustmentFacts(100, 100)


def test_a_declared_change_is_decided_or_rejected_and_then_stays_so() -> None:
    assert MOVE.after(AdjustmentState.DECLARED, "decide", ENOUGH) == AdjustmentState.ORDERED
    assert MOVE.after(AdjustmentState.DECLARED, "reject") == AdjustmentState.REJECTED
    assert all(MOVE.is_final(state) for state in SETTLED)


def test_nothing_is_decided_beyond_what_is_there() -> None:
    (refusal,) = MOVE.refusals("declared", "decide", AdjustmentFacts(101, 100, 30))
    assert refusal.params == {"available": 100, "pending": 30, "amount": 101}


def test_a_hearing_comes_before_the_decision_and_can_end_it() -> None:
    assert MOVE_WITH_HEARING.step("declared", "decide") is None
    heard = MOVE_WITH_HEARING.after("declared", "hear")
    assert MOVE_WITH_HEARING.after(heard, "decide", ENOUGH) == AdjustmentState.ORDERED
    assert MOVE_WITH_HEARING.after(heard, "reject") == AdjustmentState.REJECTED


@given(st.integers(0, 5), st.sampled_from(["ministry", "authority"]))
def test_a_change_can_be_rejected_at_every_stage_before_the_last(count: int, side: str) -> None:
    heard = [Declared(f"h{number}", f"{number}", f"{number}", side) for number in range(count)]
    path = ADJUSTMENT.lifecycle((*heard, COVERED))
    assert path.verbs["reject"].sources == set(path.labels) - SETTLED
