"""Never more is passed on than the notice grants, by measure and budget year."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.passing.amounts import (
    Instalment,
    counted,
    left,
    not_in_instalments,
    too_much,
    wrong_instalments,
)

years = st.dictionaries(st.integers(2026, 2030), st.integers(0, 10_000), max_size=4)


def test_two_traeger_share_a_measure_year_by_year() -> None:
    """40,000 in 2026 and 10,000 in 2027; the first Träger gets 25,000 and 10,000."""
    granted = {2026: 40_000_00, 2027: 10_000_00}
    rest = left(granted, [{2026: 25_000_00, 2027: 10_000_00}])
    assert rest == {2026: 15_000_00, 2027: 0}
    assert not list(too_much({2026: 15_000_00}, rest))
    [refusal] = too_much({2026: 15_000_01}, rest)
    assert (refusal.rule, refusal.basis) == ("passing.too_much", "Nr. 12 VV zu § 44 LHO")
    assert (refusal.params["year"], refusal.params["free"]) == ("2026", 15_000_00)


def test_money_of_one_budget_year_is_none_of_another() -> None:
    assert [r.params["year"] for r in too_much({2027: 1}, {2026: 100})] == ["2027"]


def test_what_an_act_took_afterwards_leaves_nothing_rather_than_less() -> None:
    rest = left({2026: 500}, [{2026: 800}])
    assert rest == {2026: -300}
    [refusal] = too_much({2026: 1}, rest)
    assert refusal.params["free"] == 0


def test_what_was_ended_keeps_only_what_was_spent() -> None:
    assert counted({2026: 500}, {2026: 420}, is_ended=True) == {2026: 420}
    assert counted({2026: 500}, {2026: 620}, is_ended=True) == {2026: 500}
    assert counted({2026: 500}, {}, is_ended=True) == {}
    assert counted({2026: 500}, {2026: 420}, is_ended=False) == {2026: 500}


@given(years, st.lists(years, max_size=4), years)
def test_what_is_not_refused_never_exceeds_the_grant(
    granted: dict[int, int], others: list[dict[int, int]], amounts: dict[int, int]
) -> None:
    rest = left(granted, others)
    if list(too_much(amounts, rest)) or any(cents < 0 for cents in rest.values()):
        return
    for year in amounts:
        passed = sum(each.get(year, 0) for each in [*others, amounts])
        assert passed <= granted.get(year, 0)


def test_instalments_stay_within_their_year() -> None:
    paid = [Instalment(date(2026, 4, 1), 600), Instalment(date(2026, 10, 1), 400)]
    assert not list(wrong_instalments({2026: 1000}, paid))
    assert [r.rule for r in wrong_instalments({2026: 900}, paid)] == ["passing.instalments_over"]
    assert [r.rule for r in wrong_instalments({2027: 1000}, paid)] == ["passing.instalments_over"]
    empty = [Instalment(date(2026, 4, 1), 0)]
    assert [r.rule for r in wrong_instalments({2026: 1}, empty)] == ["passing.instalment_empty"]


def test_without_instalments_it_is_called_for_by_need() -> None:
    assert not_in_instalments({2026: 1000}, []) == 0
    assert not_in_instalments({2026: 1000}, [Instalment(date(2026, 4, 1), 600)]) == 400
