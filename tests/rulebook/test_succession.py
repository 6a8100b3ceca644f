"""What passes on by a succession: worked examples, then any holdings and shares."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.planning import HELD, Account, Fund, Holding, Standing, after
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.succession import Passage, passages, touched

FUND = Fund("aqb_hessen", 2026)
MAIN_KINZIG, HANAU = "06435", "06415"


def shares(**parts: float | str) -> dict[str, Fraction]:
    return {ags.removeprefix("b"): Fraction(part) for ags, part in parts.items()}


def passed_on(standing: Standing, passed: tuple[Passage, ...]) -> dict[str, Holding]:
    return dict(after(standing, [each.booking for each in passed]).bodies)


def test_hanau_gets_its_stated_share_and_main_kinzig_keeps_the_rest() -> None:
    """1,600,100 euros, of which 412,325.77 are agreed; Hanau's share is 31.5 %."""
    held = Holding(allocated_cents=1_187_774_23, agreed_cents=412_325_77)
    standing = Standing(bodies={MAIN_KINZIG: held})
    passed = passages(FUND, standing, [MAIN_KINZIG], shares(b06435="68.5", b06415="31.5"))
    assert [(each.place, each.target, each.cents) for each in passed] == [
        ("allocated", HANAU, 374_148_88),  # 374,148.88245 exactly
        ("agreed", HANAU, 129_882_62),  # 129,882.61755: the larger fraction gets the cent
    ]
    bodies = passed_on(standing, passed)
    assert bodies[MAIN_KINZIG].total_cents + bodies[HANAU].total_cents == held.total_cents


def test_two_bodies_merge_and_hold_together_what_each_held() -> None:
    standing = Standing(
        bodies={"A": Holding(100, 50), "B": Holding(allocated_cents=7, opening_cents=-3)}
    )
    passed = passages(FUND, standing, ["A", "B"], shares(C=1))
    assert passed_on(standing, passed) == {
        "A": Holding(),
        "B": Holding(),
        "C": Holding(107, 50, 0, -3),
    }


def test_a_renamed_body_passes_on_everything() -> None:
    held = Holding(5_00, 12_34, -3_21, -17_34)
    standing = Standing(bodies={"A": held})
    assert passed_on(standing, passages(FUND, standing, ["A"], shares(B=1))) == {
        "A": Holding(),
        "B": held,
    }


def test_cents_that_do_not_divide_go_to_the_successor_declared_first() -> None:
    """Ten cents among three: 4, 3, 3; ten below zero: -4, -3, -3."""
    standing = Standing(bodies={"A": Holding(allocated_cents=10, uncovered_cents=-10)})
    passed = passages(FUND, standing, ["A"], shares(B=1, C=1, D=1))
    assert [(each.target, each.cents) for each in passed] == [
        *[("B", 4), ("C", 3), ("D", 3)],
        *[("B", -4), ("C", -3), ("D", -3)],
    ]
    assert passed[3].booking.source == Account("uncovered", "B")


def test_a_body_that_takes_in_another_keeps_its_own_without_a_booking() -> None:
    standing = Standing(bodies={"A": Holding(100), "B": Holding(20, 30)})
    passed = passages(FUND, standing, ["A", "B"], shares(A=1))
    assert {each.source for each in passed} == {"B"}
    assert passed_on(standing, passed)["A"] == Holding(120, 30)


def test_shares_of_nothing_are_refused() -> None:
    with pytest.raises(Refused):
        passages(FUND, Standing(bodies={"A": Holding(1)}), ["A"], shares(B=0))


positive, negative = st.integers(0, 10**14), st.integers(-(10**14), 0)
holdings = st.builds(Holding, positive, positive, negative, negative)
parts = st.fractions(min_value=Fraction(1, 1000), max_value=10**6, max_denominator=1000)


@given(
    st.dictionaries(st.sampled_from("ABCD"), holdings, min_size=1),
    st.dictionaries(st.sampled_from("ABWXYZ"), parts, min_size=1),
)
def test_nothing_is_doubled_or_lost(
    bodies: dict[str, Holding], stated: dict[str, Fraction]
) -> None:
    """Place by place the sum stays; nobody falls below what its place may be."""
    standing = Standing(free_cents=11, uncovered_cents=-7, bodies=bodies)
    passed = passages(FUND, standing, bodies, stated)
    result = after(standing, [each.booking for each in passed])
    assert (result.free_cents, result.uncovered_cents) == (11, -7)
    for place in HELD:
        cents = {ags: getattr(held, f"{place}_cents") for ags, held in result.bodies.items()}
        before = [getattr(held, f"{place}_cents") for held in bodies.values()]
        assert sum(cents.values()) == sum(before)
        is_below = place in ("uncovered", "opening")
        assert all(amount <= 0 if is_below else amount >= 0 for amount in cents.values())
        for ags in bodies.keys() - stated.keys():
            assert cents.get(ags, 0) == 0
    used = {account for each in passed for account in (each.booking.source, each.booking.target)}
    assert used <= touched(bodies, stated)


@given(holdings, st.lists(parts, min_size=2, max_size=5))
def test_no_part_is_a_cent_off_its_exact_share(held: Holding, stated: list[Fraction]) -> None:
    by_key = {f"S{number}": part for number, part in enumerate(stated)}
    standing = Standing(bodies={"A": held})
    for each in passages(FUND, standing, ["A"], by_key):
        exact = getattr(held, f"{each.place}_cents") * by_key[each.target] / sum(stated)
        assert abs(each.cents - exact) < 1
