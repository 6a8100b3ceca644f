"""Amounts in euros: one reading or none, and whatever was repaired says so."""

import pytest

from zielwerk.recognition.amounts import amounts, without_currency
from zielwerk.recognition.traced import Traced


@pytest.mark.parametrize(
    ("written", "cents", "plain"),
    [
        ("1.140.300 Euro", 1_140_300_00, True),
        ("1.140.300,50 €", 1_140_300_50, True),
        ("EUR 900,00", 900_00, True),
        ("1.l4O.300 Euro", 1_140_300_00, False),  # letters for digits
        ("1'140'300 Euro", 1_140_300_00, False),
        ("1,5 Mio. Euro", 1_500_000_00, False),
        ("1.600 100 Euro", None, True),  # one number or two
        ("1.600.10 Euro", None, True),  # cents, or a digit that was lost
    ],
)
def test_one_reading_or_none(written: str, cents: int | None, plain: bool) -> None:
    (amount,) = amounts(Traced.whole(f"Bereitgestellt werden {written} für das Jahr."))
    assert amount.cents == cents
    assert (not amount.repaired and not amount.unusual) == plain
    assert amount.text.text == written


def test_a_number_in_groups_is_an_amount_only_where_that_is_asked() -> None:
    text = Traced.whole("Bereitgestellt werden 1.140.300 für 2024.")
    assert amounts(text) == []
    assert [amount.cents for amount in without_currency(text)] == [1_140_300_00]
