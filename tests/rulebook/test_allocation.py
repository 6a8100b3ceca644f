"""Allocation: examples worked by hand, the arithmetic of one body, and what is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from zielwerk.language import sentence
from zielwerk.rulebook.allocation import (
    Allocation,
    Key,
    Need,
    Override,
    allocate,
    distribute,
    explain,
)
from zielwerk.rulebook.money import MAX_CENTS
from zielwerk.rulebook.refusal import Refusal, Refused

EURO = 100


def key(weights: Mapping[str, int | Fraction] | None = None, **said: int | Fraction | None) -> Key:
    given_fields = {"rounding_cents": 100 * EURO, "base_cents": 0, **said}
    return Key(weights=weights or {"u25": 1}, **given_fields)  # type: ignore[arg-type]


def bodies(*values: int, last_years: Sequence[int | None] = ()) -> list[Need]:
    years = [*last_years, *[None] * (len(values) - len(last_years))]
    return [
        Need(f"{6411 + place:05d}", f"Kreis {place}", {"u25": value}, year)
        for place, (value, year) in enumerate(zip(values, years, strict=True))
    ]


def euros(allocation: Allocation) -> list[float]:
    return [share.amount_cents / EURO for share in allocation.amounts]


def limits(allocation: Allocation) -> list[str]:
    return [share.limited_by for share in allocation.amounts]


# --- worked by hand -------------------------------------------------------------------


def test_largest_remainder() -> None:
    # Shares 1/6, 2/6, 3/6 of 1,000 €: 166.67, 333.33, 500. Whole hundreds 1 + 3 + 5 = 9; the
    # tenth goes to the largest remainder, 66.67.
    shared = allocate(key(), bodies(10, 20, 30), 1_000 * EURO)
    assert euros(shared) == [200, 300, 500]
    assert shared.amounts[0].share == Fraction(1, 6)
    assert shared.residual_cents == 0


def test_equal_remainders_go_by_ags_and_less_than_a_unit_stays() -> None:
    # 250.55 €: two whole hundreds among three equal bodies; 50.55 € are below one unit.
    shared = allocate(key(), bodies(5, 5, 5), 250_55)
    assert euros(shared) == [100, 100, 0]
    assert shared.residual_cents == 50_55


def test_a_total_below_one_unit_is_all_residual() -> None:
    shared = allocate(key(), bodies(1, 2), 99_99)
    assert (euros(shared), shared.residual_cents) == ([0, 0], 99_99)


def test_weights_and_two_indicators() -> None:
    # Weights 3 : 1. A: 3/4 · 10/40 + 1/4 · 5/10 = 5/16; B: 3/4 · 30/40 + 1/4 · 5/10 = 11/16.
    needs = [
        Need("06411", "A", {"sgb2": 10, "u25": Fraction("0.5")}),
        Need("06412", "B", {"sgb2": 30, "u25": Fraction("0.5")}),
    ]
    shared = allocate(key({"sgb2": 3, "u25": 1}), needs, 1_600 * EURO)
    assert [share.share for share in shared.amounts] == [Fraction(5, 16), Fraction(11, 16)]
    assert euros(shared) == [500, 1_100]


def test_what_a_cap_takes_goes_to_the_others_by_need() -> None:
    # Base 1,000 €, shares 0.1, 0.3, 0.6 of what is left of 10,000 €. Without cap λ = 7,000 and
    # C gets 5,200. Capped at 4,000, the others share 6,000 = 2 · 1,000 + λ · 0.4, so
    # λ = 10,000: A 2,000, and B 4,000, which is at the cap but not held by it.
    shared = allocate(
        key(base_cents=1_000 * EURO, cap_cents=4_000 * EURO), bodies(1, 3, 6), 10_000 * EURO
    )
    assert euros(shared) == [2_000, 4_000, 4_000]
    assert limits(shared) == ["", "", "cap"]
    assert shared.rate_cents == 10_000 * EURO


def test_what_a_floor_gives_comes_from_the_others() -> None:
    # Shares 0.1 and 0.9 of 1,000 €; a floor of 150 € is 200 € in whole hundreds.
    shared = allocate(key(floor_cents=150 * EURO), bodies(1, 9), 1_000 * EURO)
    assert euros(shared) == [200, 800]
    assert limits(shared) == ["floor", ""]


def test_change_against_last_year_is_rounded_inward() -> None:
    # 10 % of 1,050 €: 945 to 1,155, so 1,000 to 1,100. Of 2,000 €: 1,800 to 2,200. The third
    # body has no last year and takes what is left of 4,000 €.
    needs = bodies(50, 10, 40, last_years=[1_050 * EURO, 2_000 * EURO])
    shared = allocate(key(max_change_percent=10), needs, 4_000 * EURO)
    assert euros(shared) == [1_100, 1_800, 1_100]
    assert limits(shared) == ["change_up", "change_down", ""]


def test_a_percentage_of_nothing_is_nothing() -> None:
    shared = allocate(key(max_change_percent=50), bodies(5, 5, last_years=[0]), 1_000 * EURO)
    assert euros(shared) == [0, 1_000]
    assert limits(shared) == ["change_up", ""]


def test_a_body_without_need_stays_at_its_base() -> None:
    shared = allocate(key(base_cents=300 * EURO), bodies(0, 1), 1_000 * EURO)
    assert euros(shared) == [300, 700]


def test_an_indicator_of_weight_zero_does_not_count() -> None:
    needs = [Need("06411", "A", {"u25": 1, "old": 0}), Need("06412", "B", {"u25": 1, "old": 0})]
    assert euros(allocate(key({"u25": 1, "old": 0}), needs, 200 * EURO)) == [100, 100]


def test_bases_above_the_total_are_fine_where_caps_bring_them_below() -> None:
    capped = key(base_cents=700 * EURO, cap_cents=500 * EURO)
    shared = allocate(capped, bodies(1, 3), 1_000 * EURO)
    assert euros(shared) == [500, 500]
    assert limits(shared) == ["cap", "cap"]


def test_a_cut_across_the_board_takes_the_same_part_from_everybody() -> None:
    # Shares 0.1, 0.3, 0.6 of 10,000 €: 1,000, 3,000, 6,000. Five percent less: 950, 2,850, 5,700.
    cut = allocate(key(rounding_cents=EURO, across_percent=-5), bodies(1, 3, 6), 10_000 * EURO)
    assert euros(cut) == [950, 2_850, 5_700]
    # 500 € are missing: the same.
    missing = key(rounding_cents=EURO, across_cents=-500 * EURO)
    assert euros(allocate(missing, bodies(1, 3, 6), 10_000 * EURO)) == [950, 2_850, 5_700]


def test_what_a_floor_keeps_from_a_cut_the_others_bear() -> None:
    # 1,000, 3,000, 6,000 less 10 %: 9,000 in all. The floor keeps 1,000; 8,000 of 9,000 are
    # left for the other two: 3,000 · 8/9 = 2,666.67 and 6,000 · 8/9 = 5,333.33.
    cut = key(rounding_cents=EURO, floor_cents=1_000 * EURO, across_percent=-10)
    shared = allocate(cut, bodies(1, 3, 6), 10_000 * EURO)
    assert euros(shared) == [1_000, 2_667, 5_333]
    assert [share.limited_by for share in shared.amounts] == ["floor", "", ""]
    assert shared.across
    assert shared.across.factor == Fraction(8, 9)


def test_an_amount_by_hand_is_not_cut_and_the_others_bear_it() -> None:
    # 10,000 € less 10 % are 9,000; 2,000 by hand stay, so 7,000 of 8,000 are left: 1 : 3.
    by_hand = {"06412": Override(2_000 * EURO, "Modellversuch")}
    cut = key(rounding_cents=EURO, across_percent=-10)
    shared = distribute(cut, bodies(1, 3, 6), 10_000 * EURO, by_hand)
    assert shared.total_cents == 9_000 * EURO
    assert sum(shared.amounts.values()) == 9_000 * EURO
    assert shared.amounts["06412"] == 2_000 * EURO


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("allocation.across_twice", {"across_percent": 5, "across_cents": 1}),
        ("allocation.across_out_of_range", {"across_percent": -100}),
        ("allocation.across_out_of_range", {"across_cents": -10_000 * EURO}),
        ("allocation.lower_limits_exceed_total", {"across_percent": -90, "floor_cents": 50_000}),
    ],
)
def test_a_change_across_that_cannot_be(rule: str, change: dict[str, int]) -> None:
    with pytest.raises(Refused) as refused:
        allocate(key(**change), bodies(1, 3, 6), 10_000 * EURO)
    assert [one.rule for one in refused.value.refusals] == [rule]


def test_the_largest_total_loses_no_cent() -> None:
    shared = allocate(key(rounding_cents=1), bodies(1, 1, 1), MAX_CENTS)
    assert sum(share.amount_cents for share in shared.amounts) == MAX_CENTS


# --- the arithmetic of one body -------------------------------------------------------


def test_the_arithmetic_of_one_body_can_be_followed() -> None:
    needs = [
        Need("06411", "A", {"sgb2": 10, "u25": 5}, 400 * EURO),
        Need("06412", "B", {"sgb2": 30, "u25": 5}),
    ]
    rules = key({"sgb2": 3, "u25": 1}, max_change_percent=20)
    said = explain(allocate(rules, needs, 1_650 * EURO), "06411")
    first, second = said.terms
    assert (first.indicator, first.value, first.total) == ("sgb2", 10, 40)
    assert (first.part, first.weight) == (Fraction(1, 4), Fraction(3, 4))
    assert first.part * first.weight == first.product
    assert first.product + second.product == said.share == Fraction(5, 16)
    assert said.before_limits_cents == said.base_cents + said.rate_cents * said.share
    # 320 to 480 €, in whole hundreds 400 to 400.
    assert (said.lower_cents, said.upper_cents) == (400 * EURO, 400 * EURO)
    assert said.exact_cents + said.rounded_by_cents == said.amount_cents == 400 * EURO
    assert said.limited_by == "change_up"


def test_the_arithmetic_names_no_other_body() -> None:
    said = explain(allocate(key(), bodies(10, 20, 33), 1_000 * EURO), "06411")
    assert "06412" not in repr(said)
    assert "Kreis 1" not in repr(said)


def test_an_unknown_body_has_no_arithmetic() -> None:
    with pytest.raises(KeyError):
        explain(allocate(key(), bodies(1), 100 * EURO), "06999")


# --- refusals -------------------------------------------------------------------------


def refused(rules: Key, needs: Sequence[Need], total_cents: int) -> Refusal:
    with pytest.raises(Refused) as caught:
        allocate(rules, needs, total_cents)
    said = sentence(caught.value.refusals[0])
    assert said.endswith(".")
    assert "{" not in said
    return caught.value.refusals[0]


@pytest.mark.parametrize(
    ("rule", "rules"),
    [
        ("rounding_not_positive", key(rounding_cents=0)),
        ("rounding_not_positive", key(rounding_cents=-100)),
        ("negative_amount", key(base_cents=-1)),
        ("negative_amount", key(floor_cents=-1)),
        ("amount_too_large", key(cap_cents=MAX_CENTS + 1)),
        ("floor_above_cap", key(floor_cents=200, cap_cents=100)),
        ("change_out_of_range", key(max_change_percent=Fraction(-1, 2))),
        ("negative_weight", key({"u25": 2, "sgb2": -1})),
        ("weight_too_large", key({"u25": MAX_CENTS + 1})),
        ("no_weights", key({"u25": 0})),
        ("no_weights", replace(key(), weights={})),
        ("unknown_indicator", key({"u52": 1})),
    ],
)
def test_a_key_that_shares_nothing(rule: str, rules: Key) -> None:
    assert refused(rules, bodies(1, 2), 1_000 * EURO).rule == f"allocation.{rule}"


@pytest.mark.parametrize(
    ("rule", "needs"),
    [
        ("no_bodies", []),
        ("wrong_ags", [Need("064-11", "A", {"u25": 1})]),
        ("wrong_ags", [Need("٠٦٤١١", "A", {"u25": 1})]),
        ("wrong_ags", [Need("06411\n", "A", {"u25": 1})]),
        ("duplicate_ags", bodies(1) + bodies(2)),
        ("indicator_without_need", bodies(0, 0)),
        ("negative_value", bodies(5, -1)),
        ("value_too_large", bodies(5, MAX_CENTS + 1)),
        ("last_year_out_of_range", bodies(5, last_years=[-1])),
    ],
)
def test_needs_that_cannot_be_used(rule: str, needs: list[Need]) -> None:
    assert refused(key(), needs, 1_000 * EURO).rule == f"allocation.{rule}"


@pytest.mark.parametrize(
    ("rule", "rules", "total_euros"),
    [
        ("total_not_positive", key(), 0),
        ("total_not_positive", key(), -5),
        ("total_too_large", key(), MAX_CENTS),
        ("lower_limits_exceed_total", key(floor_cents=600 * EURO), 1_000),
        ("bases_exceed_total", key(base_cents=600 * EURO), 1_000),
        ("upper_limits_below_total", key(cap_cents=499 * EURO), 1_000),
        ("need_below_total", key(cap_cents=800 * EURO), 1_000),
    ],
)
def test_totals_that_do_not_fit(rule: str, rules: Key, total_euros: int) -> None:
    assert refused(rules, bodies(0, 7), total_euros * EURO).rule == f"allocation.{rule}"


def test_bases_may_take_the_whole_total_but_not_one_cent_more() -> None:
    rules = key(rounding_cents=1, base_cents=500)
    assert [share.amount_cents for share in allocate(rules, bodies(1, 3), 1_000).amounts] == [
        500,
        500,
    ]
    assert refused(rules, bodies(1, 3), 999).rule == "allocation.bases_exceed_total"


def test_limits_that_leave_one_body_no_amount_name_both() -> None:
    rules = key(floor_cents=2_000 * EURO, max_change_percent=10)
    refusal = refused(rules, bodies(1, 1, last_years=[1_000 * EURO]), 5_000 * EURO)
    assert refusal.rule == "allocation.limits_collide"
    said = sentence(refusal)
    assert "Für Kreis 0 ist kein Betrag möglich" in said
    assert "Mindestbetrag" in said
    assert "Zuwachs" in said


def test_limits_that_leave_many_bodies_no_amount_are_one_sentence() -> None:
    rules = key(floor_cents=1_910 * EURO, cap_cents=1_950 * EURO)  # no whole hundred between
    said = [refused(rules, bodies(*[1] * number), 9_000 * EURO) for number in (1, 3, 5)]
    assert [sentence(refusal).partition(" ist ")[0] for refusal in said] == [
        "Für Kreis 0",
        "Für Kreis 0, Kreis 1, Kreis 2",
        "Für Kreis 0, Kreis 1, Kreis 2 und weitere (2)",
    ]
    assert all(refusal.params["is_rounded"] for refusal in said)


def test_limits_between_two_units_leave_no_amount() -> None:
    # One per cent of 150 €: 148.50 to 151.50, and no whole hundred between.
    needs = bodies(1, 1, last_years=[150 * EURO])
    assert refused(key(max_change_percent=1), needs, 500 * EURO).rule == "allocation.limits_collide"


def test_all_faults_of_a_stage_are_told_at_once() -> None:
    with pytest.raises(Refused) as caught:
        allocate(key(rounding_cents=0, base_cents=-1), bodies(1), -5)
    assert len(caught.value.refusals) == 3
