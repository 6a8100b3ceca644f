"""How a grant follows from the plan: worked examples of the four forms, and what always holds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.application import FORMS, Form, grant
from zielwerk.rulebook.application import financing as said

amounts = st.integers(0, 10**12)
shares = st.decimals(0, 100, places=2)
forms = st.sampled_from(list(FORMS))


def test_a_deficit_is_what_other_money_leaves_up_to_the_maximum() -> None:
    """100,000 € cost, 20,000 € of one's own, 10,000 € of others: 70,000 €, at most 60,000 €."""
    found = grant(Form.DEFICIT, 100_000_00, 20_000_00, 10_000_00, 60_000_00, basis="VV Nr. 2")
    assert found.allowed == 60_000_00
    assert [(step.label.msgid, step.cents) for step in found.steps] == [
        (said.TOTAL, 100_000_00),
        (said.LESS_OWN, -20_000_00),
        (said.LESS_THIRD, -10_000_00),
        (said.DEFICIT, 70_000_00),
        (said.MAXIMUM, 60_000_00),
        (said.GRANT, 60_000_00),
    ]
    assert found.open_cents == 10_000_00
    assert [hint.msgid for hint in found.hints] == [said.STILL_OPEN, said.DEFICIT_FALLS]
    assert found.refusals == ()
    assert found.basis == "VV Nr. 2"


def test_a_share_is_so_many_percent_of_the_cost_rounded_half_up() -> None:
    """7.5 percent of 100.10 € are 7.5075 €: 7.51 €."""
    found = grant(Form.SHARE, 100_10, 92_59, 0, share=Decimal("7.50"))
    assert found.allowed == 7_51
    assert found.steps[1].label.params == {"percent": "7,5"}
    assert found.open_cents == 0
    assert grant(Form.SHARE, 100_10, 92_59, 0, 7_00, Decimal("7.5")).allowed == 7_00


def test_a_share_that_is_more_than_is_missing_is_refused_and_names_the_surplus() -> None:
    found = grant(Form.SHARE, 100_00, 30_00, 0, share=Decimal(80), basis="VV Nr. 2")
    [refusal] = found.refusals
    assert (refusal.msgid, refusal.params["amount"]) == (said.OVERPAID, 10_00)
    assert refusal.basis == "VV Nr. 2"


def test_a_fixed_sum_stays_while_cost_falls_until_cost_is_below_it() -> None:
    """50,000 € stay at 80,000 € of cost as at 60,000 €; at 40,000 € they become 40,000 €."""
    for total, allowed in ((80_000_00, 50_000_00), (60_000_00, 50_000_00), (40_000_00, 40_000_00)):
        assert grant(Form.FIXED, total, 20_000_00, 0, 50_000_00).allowed == allowed
    replaced = grant(Form.FIXED, 60_000_00, 20_000_00, 0, 50_000_00)
    assert replaced.hints[0].params == {"amount": 10_000_00}
    assert replaced.refusals == ()


def test_full_financing_pays_all_and_other_money_contradicts_it() -> None:
    assert grant(Form.FULL, 80_000_00, 0, 0).allowed == 80_000_00
    assert grant(Form.FULL, 80_000_00, 0, 0, 70_000_00).allowed == 70_000_00
    found = grant(Form.FULL, 80_000_00, 5_000_00, 1_000_00)
    assert found.allowed == 74_000_00
    assert [each.rule for each in found.refusals] == ["financing.full"]


@pytest.mark.parametrize(
    ("form", "figures", "rule"),
    [
        ("", (100, 0, 0), "financing.form"),
        (Form.SHARE, (100, 0, 0), "financing.share"),
        (Form.FIXED, (100, 0, 0), "financing.fixed"),
        (Form.DEFICIT, (100, 60, 40), "financing.covered"),
    ],
)
def test_a_plan_that_lacks_what_its_form_needs_grants_nothing_and_says_why(
    form: str, figures: tuple[int, int, int], rule: str
) -> None:
    found = grant(form, *figures)
    assert found.allowed == 0
    assert [each.rule for each in found.refusals] == [rule]


@given(forms, amounts, amounts, amounts, st.none() | amounts, st.none() | shares)
def test_a_grant_is_never_negative_nor_above_cost_nor_above_its_maximum(
    form: str, total: int, own: int, third: int, most: int | None, share: Decimal | None
) -> None:
    found = grant(form, total, own, third, most, share)
    assert 0 <= found.allowed <= total
    assert most is None or found.allowed <= most
    assert found.steps[-1].cents == found.allowed
    assert found.open_cents == total - own - third - found.allowed


@given(forms, amounts, amounts, amounts, amounts, amounts, shares)
def test_more_cost_never_grants_less_and_other_money_never_grants_more(
    form: str, total: int, own: int, third: int, most: int, more: int, share: Decimal
) -> None:
    found = grant(form, total, own, third, most, share).allowed
    assert grant(form, total + more, own, third, most, share).allowed >= found
    assert grant(form, total, own + more, third, most, share).allowed <= found
    assert grant(form, total, own, third + more, most, share).allowed <= found
    assert grant(form, total, own, third, most + more, share).allowed >= found
