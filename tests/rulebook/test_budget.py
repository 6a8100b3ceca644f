"""Orders of a budget's money, what blocked money was, the end of a year: worked examples."""

from dataclasses import fields
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.budget import (
    ASSUMED_ORDERS,
    CHOICES,
    FIRST_FIRST,
    LAST_FIRST,
    UNCOVERED,
    Move,
    Orders,
    Origin,
    close,
    is_order,
    still_blocked,
)
from zielwerk.rulebook.correction import CORRECTION, CorrectionFacts, CorrectionState
from zielwerk.rulebook.refusal import Refusal, Refused

OWN = Origin(2025, "appropriated")
MORE = Origin(2025, "supplementary")
OLD = Origin(2024, "carried_over")
GAP = Origin(2025, UNCOVERED)


class TestBlocked:
    def test_the_last_blocked_is_released_first_unless_the_rules_say_otherwise(self) -> None:
        moves = [Move(OWN, 70), Move(MORE, 30)]
        assert still_blocked(moves, (LAST_FIRST,)) == [(MORE, 30), (OWN, 70)]
        assert still_blocked(moves, (FIRST_FIRST,)) == [(OWN, 70), (MORE, 30)]

    def test_what_went_back_is_blocked_no_more(self) -> None:
        moves = [Move(OWN, 70), Move(OLD, 20), Move(OWN, 10), Move(OWN, -30)]
        assert still_blocked(moves) == [(OLD, 20), (OWN, 50)]

    def test_what_lapsed_is_blocked_no_more_whatever_it_was(self) -> None:
        lapsed = Move(Origin(2025, ""), -100)
        assert still_blocked([Move(OWN, 70), Move(MORE, 30), lapsed, Move(OWN, 5)]) == [(OWN, 5)]

    def test_a_gap_that_money_closed_is_that_money(self) -> None:
        moves = [Move(OWN, 70), Move(GAP, 30), Move(MORE, 20, covers=True)]
        assert dict(still_blocked(moves)) == {OWN: 70, GAP: 10, MORE: 20}

    @given(
        moves=st.lists(
            st.tuples(st.sampled_from([OWN, MORE, OLD]), st.integers(1, 99)), max_size=6
        ),
        order=st.sampled_from(CHOICES["release"]),
    )
    def test_releasing_all_of_it_leaves_nothing_and_loses_nothing(
        self, moves: list[tuple[Origin, int]], order: str
    ) -> None:
        taken = [Move(*move) for move in moves]
        blocked = still_blocked(taken, (order,))
        assert sum(cents for _, cents in blocked) == sum(cents for _, cents in moves)
        back = [Move(origin, -cents) for origin, cents in blocked]
        assert still_blocked([*taken, *back], (order,)) == []


class TestOrders:
    @pytest.mark.parametrize("code", [field.name for field in fields(Orders)])
    def test_what_is_assumed_is_an_order(self, code: str) -> None:
        assert is_order(code, getattr(ASSUMED_ORDERS, code))

    @pytest.mark.parametrize("code", ["block", "cut", "burden", "year_end"])
    def test_each_place_stands_once(self, code: str) -> None:
        places = getattr(ASSUMED_ORDERS, code)
        assert all(is_order(code, order) for order in permutations(places))
        assert not is_order(code, places[1:])
        assert not is_order(code, (*places, places[0]))
        assert not is_order(code, (*places[1:], "agreed"))

    @pytest.mark.parametrize("code", list(CHOICES))
    def test_a_choice_is_one_word(self, code: str) -> None:
        assert not is_order(code, CHOICES[code])
        assert not is_order(code, ["sometimes"])


class TestClosing:
    def test_what_is_spent_carried_over_and_lapses_is_all_there_was(self) -> None:
        closing = close([("burdened", 30), ("appropriated", 100)], 80, 20)
        parts = (*closing.spent, *closing.carried, *closing.lapsed)
        assert sum(cents for _, cents in parts) == 130
        assert closing.overspent_cents == 0

    def test_more_paid_than_there_is_shows(self) -> None:
        assert close([("appropriated", 100)], 130, 0).overspent_cents == 30

    def test_no_more_is_carried_over_than_is_left(self) -> None:
        with pytest.raises(Refused):
            close([("appropriated", 100)], 80, 21)


def test_a_correction_is_confirmed_only_while_nothing_forbids_it() -> None:
    state = CORRECTION.after(CorrectionState.ASKED, "confirm", CorrectionFacts())
    assert state == CorrectionState.CONFIRMED
    reason = Refusal("budget.otherwise", "…", {})
    facts = CorrectionFacts((reason,))
    assert list(CORRECTION.refusals(CorrectionState.ASKED, "confirm", facts)) == [reason]
    for verb in ("reject", "withdraw"):
        assert CORRECTION.is_final(CORRECTION.after(CorrectionState.ASKED, verb))
