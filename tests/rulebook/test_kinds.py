"""Money and permission apart: what an act takes, frees and covers of each kind."""

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.kinds import (
    FREE,
    LACKING,
    Account,
    Kinds,
    Moved,
    drawn,
    effects,
    turned,
)
from zielwerk.rulebook.tranche import Tranche

MONEY, LATER = Tranche("state", 2026), Tranche("state", 2026, 2027)
KREIS, AGREED = Account("allocated", "06435"), Account("agreed", "06435")


def of(tranche: Tranche, source: Account, target: Account, cents: int) -> Moved:
    return Moved(source, tranche, target, tranche, cents)


class TestWorkedExamples:
    def test_what_covers_a_gap_of_the_state_is_not_said_to_be_free(self) -> None:
        """Kürzung um 1,520 after a block of 595: 925 of it become free, 475 of them a permission.

        Amounts in thousands of euros.
        """
        fund = Kinds({LACKING: {MONEY: -595}, KREIS: {MONEY: 2_000, LATER: 900}})
        moves = [
            of(MONEY, KREIS, FREE, 1_045),
            of(LATER, KREIS, FREE, 475),
            of(MONEY, FREE, LACKING, 595),
        ]
        found = effects(fund, moves)
        assert [found[MONEY].freed_cents, found[MONEY].covered_cents] == [450, 595]
        assert [found[LATER].freed_cents, found[LATER].covered_cents] == [475, 0]
        assert sum(one.returned_cents for one in found.values()) == 1_520

    def test_what_is_given_and_taken_of_different_kinds_is_not_set_off(self) -> None:
        """The one loses a permission, the other gains money: both are told."""
        stadt = Account("allocated", "06412")
        fund = Kinds({FREE: {MONEY: 50}, KREIS: {LATER: 50}})
        found = effects(fund, [of(LATER, KREIS, FREE, 50), of(MONEY, FREE, stadt, 50)])
        assert (found[MONEY].needed_cents, found[LATER].freed_cents) == (50, 50)

    def test_agreed_money_that_a_cut_takes_is_not_free(self) -> None:
        """It is owed to the agreement until that is concluded anew."""
        fund = Kinds({AGREED: {MONEY: 100}})
        found = effects(fund, [of(MONEY, Account("uncovered", "06435"), FREE, 40)])
        assert (found[MONEY].freed_cents, found[MONEY].after_cents) == (0, 0)

    def test_money_that_commitments_have_used_is_not_free_once_it_is_given_back(self) -> None:
        fund = Kinds({KREIS: {MONEY: 100}}, bound={MONEY: 80})
        found = effects(fund, [of(MONEY, KREIS, FREE, 50)])
        assert (found[MONEY].returned_cents, found[MONEY].freed_cents) == (50, 20)
        assert found[MONEY].other_cents == -30

    def test_what_a_cover_turns_into_a_permission_is_told(self) -> None:
        gap = Account("uncovered", "06435")
        moves = [
            Moved(FREE, LATER, gap, MONEY, 60),
            Moved(AGREED, MONEY, AGREED, LATER, 60),
        ]
        assert turned(moves) == {(MONEY, LATER): 60}
        assert drawn(moves) == {LATER: 60}


tranches = st.sampled_from([MONEY, LATER, Tranche("eu", 2026), Tranche()])
accounts = st.sampled_from([FREE, KREIS, AGREED, Account("allocated", "06412")])
kinds = st.dictionaries(accounts, st.dictionaries(tranches, st.integers(0, 10**6)))
moves = st.lists(st.builds(of, tranches, accounts, accounts, st.integers(1, 10**5)), max_size=8)
lacking = st.dictionaries(tranches, st.integers(-(10**6), 0))


@given(kinds, lacking, moves)
def test_what_is_free_before_and_what_an_act_does_is_what_is_free_after(
    held: dict[Account, dict[Tranche, int]], gaps: dict[Tranche, int], made: list[Moved]
) -> None:
    fund = Kinds({**held, LACKING: gaps})
    after = fund.after(made)
    for tranche, effect in effects(fund, made).items():
        free = after.free[tranche].free_cents if tranche in after.free else 0
        before = fund.free[tranche].free_cents if tranche in fund.free else 0
        does = effect.freed_cents + effect.covered_cents - effect.needed_cents
        assert before + does == free == effect.after_cents
        assert min(effect.freed_cents, effect.covered_cents, effect.needed_cents) >= 0
        assert effect.freed_cents <= max(free, 0)
