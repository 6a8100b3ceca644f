"""The grant by measure and budget year, with an invented application of two measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.grant.amounts import (
    Effect,
    added,
    by_measure,
    by_year,
    effects,
    spread,
    spread_named,
    told,
    whole,
    why_not_free,
    why_not_granted,
)
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refused

APPLIED = {("A", 2026): 60_000_00, ("A", 2027): 30_000_00, ("B", 2026): 10_000_00}
AMOUNTS = st.dictionaries(
    st.tuples(st.sampled_from("ABCD"), st.integers(2026, 2030)), st.integers(0, 10**9), max_size=12
)


def test_the_whole_is_the_sum_by_year_and_by_measure():
    assert whole(APPLIED) == 100_000_00
    assert by_year(APPLIED) == {2026: 70_000_00, 2027: 30_000_00}
    assert by_measure(APPLIED) == {"A": 90_000_00, "B": 10_000_00}


def test_each_budget_year_needs_its_own_money_and_what_is_missing_is_told():
    assert why_not_free(APPLIED, {2026: 70_000_00, 2027: 40_000_00}) == ()
    (short,) = why_not_free(APPLIED, {2026: 999_000_00, 2027: 10_000_00})
    assert short.params["year"] == "2027"
    assert short.params["missing"] == Cents(20_000_00)
    (none,) = why_not_free(APPLIED, {2026: 70_000_00, 2027: -5_00})
    assert none.params["free"] == Cents(0)


def test_a_lower_amount_is_spread_in_proportion_and_its_effect_told():
    decided = spread(APPLIED, 50_000_01)
    assert decided == {("A", 2026): 30_000_01, ("A", 2027): 15_000_00, ("B", 2026): 5_000_00}
    assert effects(APPLIED, decided)[0] == Effect("A", 2026, 60_000_00, 30_000_01)
    assert list(told(effects(APPLIED, decided))) == [
        ("A", 90_000_00, 45_000_01),
        ("B", 10_000_00, 5_000_00),
    ]


def test_a_lower_amount_may_be_named_by_measure_and_the_others_keep_theirs():
    decided = spread_named(APPLIED, {"A": 45_000_00})
    assert decided == {("A", 2026): 30_000_00, ("A", 2027): 15_000_00, ("B", 2026): 10_000_00}
    assert spread_named(APPLIED, {"B": 0}) == {p: c for p, c in APPLIED.items() if p[0] == "A"}


@pytest.mark.parametrize("total", [-1, 100_000_01])
def test_more_than_was_applied_for_or_less_than_nothing_is_refused(total):
    with pytest.raises(Refused):
        spread(APPLIED, total)
    with pytest.raises(Refused):
        spread_named(APPLIED, {"A": total})
    with pytest.raises(Refused):
        spread_named(APPLIED, {"C": 1})


def test_a_grant_is_of_something_and_above_no_measure_of_the_application():
    def rules(amounts):
        return [each.rule for each in why_not_granted(APPLIED, amounts)]

    assert rules(APPLIED) == []
    assert rules({}) == ["grant.nothing"]
    assert rules({("B", 2027): 10_000_01}) == ["grant.above_applied"]
    assert "grant.below_zero" in rules({("A", 2026): 2, ("A", 2027): -1})
    # Another year of the same measure may pay, as long as the measure gets no more.
    assert rules({("B", 2027): 10_000_00}) == []


@given(AMOUNTS, st.data())
def test_what_is_spread_adds_up_and_no_place_gets_more_than_it_asked_for(applied, data):
    total = data.draw(st.integers(0, whole(applied)))
    decided = spread(applied, total)
    assert whole(decided) == total
    assert all(cents <= applied[place] for place, cents in decided.items())
    changes = {(e.measure, e.year): e.change_cents for e in effects(applied, decided)}
    assert added(applied, changes) == decided
