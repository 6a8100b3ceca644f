"""What is checked before money is passed on."""

import pytest

from zielwerk.rulebook.passing.checks import (
    CHECKS,
    DE_MINIMIS,
    Answer,
    Check,
    Checked,
    warnings,
    why_not,
)


def said(
    check: Check, outcome: str, reason: str = "Vermerk vom 3. März", other: int = 0
) -> Checked:
    return Checked({check: Answer(outcome, reason)}, other)


def rules(check: Check, checked: Checked, cents: int = 100) -> list[str]:
    return [refusal.rule for refusal in why_not([check], checked, cents)]


@pytest.mark.parametrize("check", Check)
def test_nothing_passes_unchecked_and_no_answer_counts_without_a_reason(check: Check) -> None:
    assert rules(check, Checked()) == ["passing.not_checked"]
    assert rules(check, said(check, "nonsense")) == ["passing.not_checked"]
    first = next(iter(CHECKS[check].outcomes))
    assert rules(check, said(check, first)) == []
    assert rules(check, said(check, first, " ​")) == ["passing.no_reason"]


def test_what_the_way_does_not_ask_for_is_not_asked() -> None:
    assert not list(why_not([], Checked(), 100))


def test_aid_that_nothing_exempts_waits_for_the_commission() -> None:
    [refusal] = why_not([Check.STATE_AID], said(Check.STATE_AID, "aid"), 100)
    assert refusal.basis == "Art. 108 Abs. 3 AEUV"


def test_de_minimis_aid_of_three_years_has_a_ceiling() -> None:
    """300,000 euros for one undertaking in three years (Regulation (EU) 2023/2831)."""
    checked = said(Check.STATE_AID, DE_MINIMIS, other=250_000_00)
    assert rules(Check.STATE_AID, checked, 50_000_00) == []
    assert rules(Check.STATE_AID, checked, 50_000_01) == ["passing.too_much_aid"]
    # The ceiling is that of de minimis aid alone.
    assert rules(Check.STATE_AID, said(Check.STATE_AID, "none", other=250_000_00), 50_000_01) == []


def test_a_company_out_of_control_is_a_traeger_like_any_other() -> None:
    assert rules(Check.IN_HOUSE, said(Check.IN_HOUSE, "not_in_house")) == ["passing.not_in_house"]


def test_tax_in_the_amount_asks_whether_it_is_an_order_and_refuses_nothing() -> None:
    checked = said(Check.VAT, "included")
    assert rules(Check.VAT, checked) == []
    assert [w.rule for w in warnings([Check.VAT], checked)] == ["passing.vat_included"]
    assert not list(warnings([Check.VAT], said(Check.VAT, "outside")))
