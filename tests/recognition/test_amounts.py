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
        ("1,6001 Mio. Euro", 1_600_100_00, False),
        ("TEUR 1.600", 1_600_000_00, False),
        ("T€ 1.600,1", 1_600_100_00, False),
        ("1.600 T€", 1_600_000_00, False),
        ("1.600,1 Tsd. Euro", 1_600_100_00, False),
        ("EUR 1,6 Mio.", 1_600_000_00, False),
        ("Mio. Euro 1,6", 1_600_000_00, False),
        ("1.600.100 T€", None, False),  # so much, or as many thousands
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


def test_another_word_is_no_damaged_currency() -> None:
    assert amounts(Traced.whole("Büro 4.0")) == []
    assert [amount.cents for amount in amounts(Traced.whole("Eurc 400"))] == [400_00]


@pytest.mark.parametrize("written", ["1.140:300 Euro", "1.140;300 Euro", "EUR 1.140:300"])
def test_digits_that_an_odd_sign_joins_are_one_amount_that_is_open(written: str) -> None:
    (amount,) = amounts(Traced.whole(f"Bereitgestellt werden {written} für das Jahr."))
    assert amount.cents is None
    assert amount.text.text == written
