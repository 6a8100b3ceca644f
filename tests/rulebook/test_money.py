"""Euro amounts: what is read, what is refused and why, and that no cent gets lost."""

import re
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zielwerk.rulebook.money import (
    MAX_CENTS,
    MIN_CENTS,
    MOST_TYPED,
    Cents,
    format_euro,
    format_plain,
    parse_euro,
    round_half_up,
    split,
)
from zielwerk.rulebook.refusal import Refusal, Refused

amounts = st.integers(MIN_CENTS, MAX_CENTS)
weights = st.integers(0, 1000) | st.fractions(0, 1000, max_denominator=97)
weight_lists = st.lists(weights, min_size=1, max_size=20).filter(any)


def refusal_of(text: str, *, negative: bool = False) -> Refusal:
    with pytest.raises(Refused) as refused:
        parse_euro(text, negative=negative)
    (refusal,) = refused.value.refusals
    return refusal


@pytest.mark.parametrize(
    "text",
    [
        "1.600.100,00",
        "1.600.100,00 €",
        "1.600.100,00\N{NO-BREAK SPACE}€",
        "1.600.100 Euro",
        "1.600.100",
        "1 600 100 €",
        "1\N{NARROW NO-BREAK SPACE}600\N{NARROW NO-BREAK SPACE}100,00 EUR",
        "EUR 1.600.100,-",
        "1.600.100,–",
        "1.600.100,-- €",
        "1600100",
        "1600100,00",
        " euro 1600100 \n",
        "1,600,100.00",
        "1,600,100",
        "€1,600,100",
        "€ 1,600,100.00",
        "1600100.00",
        "1 600 100.00",
    ],
)
def test_german_and_english_writings_of_the_same_amount(text: str) -> None:
    amount = parse_euro(text)
    assert amount == 160010000
    assert isinstance(amount, Cents)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("0,05", 5),
        ("0.05 €", 5),
        ("1.600", 160000),  # German grouping: money has no three decimals
        ("1.60", 160),
        ("1,60", 160),
        ("1,600.50", 160050),
        ("999.999", 99999900),
        ("92.233.720.368.547.758,07", MAX_CENTS),
    ],
)
def test_amounts_with_one_reading(text: str, cents: int) -> None:
    assert parse_euro(text) == cents


@pytest.mark.parametrize("text", ["1,600", "€1,600", "1,600 Euro", "1,605"])
def test_a_comma_before_three_digits_has_two_readings(text: str) -> None:
    assert refusal_of(text).rule == "money.ambiguous"


def test_the_refusal_of_two_readings_names_both() -> None:
    refusal = refusal_of("€1,600")
    assert refusal.params == {"text": "€1,600", "grouped": 160000, "decimal": 160}
    assert isinstance(refusal.params["grouped"], Cents)
    assert isinstance(refusal.params["decimal"], Cents)


@pytest.mark.parametrize(
    "text",
    [
        "1,6 Mio. Euro",
        "1,6 Millionen €",
        "1 Million Euro",
        "rund 1.600.100 Euro",
        "ca. 1.600 €",
        "1.600 TEUR",
        "1.600 T€",
        "1.6 billion",
    ],
)
def test_a_rounded_amount_names_no_cents(text: str) -> None:
    assert refusal_of(text).rule == "money.rounded"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "€",
        "Euro",
        "sechzehn",
        "16.00.100",
        "1.600.10",
        "1600.100",
        "1.600,1",
        "1.600,100",
        "1234,567",
        "1.600.100.00",
        "1,600,100,00",
        "1.600 100",
        "1,600.100,00",
        "1'600.00",
        "1  600",
        "0.600",
        "007",
        "1.",
        ",50",
        "1.-",
        "1,600,-",
        "€ 5 EUR",
        "$5",
        "5 €€",
        "1e5",
        "NaN",
        "inf",
        "0x10",
        "1_000",
        "+5",
        "5-",
        "٥",
        "１６００",
        "½",
        "5\t000",
        "5\n000",
        "100,00 200,00",
        "9" * 5000,
        "1" + ".000" * 5000,
    ],
)
def test_whatever_is_no_properly_written_amount_is_refused(text: str) -> None:
    refusal = refusal_of(text, negative=True)
    assert refusal.rule == "money.unreadable"
    assert len(str(refusal.params["text"])) < 70, "the sentence stays a sentence"


@pytest.mark.parametrize("text", ["-5,00", "−5,00 €", "€ -5.00", "–5"])
def test_a_negative_amount_only_where_it_may_be(text: str) -> None:
    assert refusal_of(text).rule == "money.negative"
    assert parse_euro(text, negative=True) == -500


@pytest.mark.parametrize("text", ["--5", "-€-5"])
def test_two_minus_signs_are_no_amount(text: str) -> None:
    assert refusal_of(text, negative=True).rule == "money.unreadable"


def test_no_more_is_read_than_a_form_takes() -> None:
    assert parse_euro("999.999.999.999,99", most=MOST_TYPED) == MOST_TYPED
    with pytest.raises(Refused) as refused:
        parse_euro("1.000.000.000.000", most=MOST_TYPED)
    (one,) = refused.value.refusals
    assert (one.rule, one.params["limit"]) == ("money.too_large", MOST_TYPED)


@pytest.mark.parametrize(
    "text", ["92.233.720.368.547.758,08", "-92.233.720.368.547.758,09", "9" * 30]
)
def test_an_amount_beyond_64_bits_is_refused(text: str) -> None:
    assert refusal_of(text, negative=True).rule == "money.too_large"


def test_every_sentence_has_a_value_for_each_slot() -> None:
    for text in ("x", "1,600", "1 Mio", "-1", "9" * 30):
        refusal = refusal_of(text)
        assert text in refusal.msgid.format_map(refusal.params)


@given(st.text(max_size=30) | st.text("0123456789.,-€ EURO", max_size=20))
def test_any_text_is_an_amount_within_64_bits_or_refused(text: str) -> None:
    try:
        cents = parse_euro(text, negative=True)
    except Refused:
        return
    assert MIN_CENTS <= cents <= MAX_CENTS
    assert str(abs(cents) // 100) == "".join(re.findall(r"\d", text))[: len(str(abs(cents) // 100))]


def test_display_follows_the_language() -> None:
    assert format_euro(160010000) == "1.600.100,00\N{NO-BREAK SPACE}€"
    assert format_euro(160010000, "en") == "€1,600,100.00"
    assert format_euro(-160000) == "\N{MINUS SIGN}1.600,00\N{NO-BREAK SPACE}€"
    assert format_euro(-5, "en") == "\N{MINUS SIGN}€0.05"


def test_machine_files_get_plain_numbers() -> None:
    assert format_plain(160010000) == "1600100.00"
    assert format_plain(-5) == "-0.05"
    assert format_plain(0) == "0.00"


@given(amounts)
@example(MIN_CENTS)
@example(MAX_CENTS)
@example(-1)
def test_what_is_written_is_read_again(cents: int) -> None:
    assert parse_euro(format_euro(cents, "de"), negative=True) == cents
    assert parse_euro(format_euro(cents, "en"), negative=True) == cents
    assert parse_euro(format_plain(cents), negative=True) == cents


def test_the_cent_left_over_goes_to_the_largest_fraction() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33], "equal fractions: in the order given"
    assert split(100, [1, 2, 3]) == [17, 33, 50], "16.67, 33.33, 50.00"
    assert split(-100, [1, 1, 1]) == [-34, -33, -33], "a reversal mirrors what it reverses"
    assert split(1, [0, 3]) == [0, 1]
    assert split(10, [Fraction(1, 3), Fraction(2, 3)]) == [3, 7]


@pytest.mark.parametrize("bad", [[], [0, 0], [2, -1], [Fraction(-1, 2), 1]])
def test_nothing_can_be_split_by_such_weights(bad: list[int | Fraction]) -> None:
    with pytest.raises(Refused) as refused:
        split(100, bad)
    assert refused.value.refusals[0].rule == "money.no_weights"


@given(amounts, weight_lists)
def test_a_split_loses_no_cent_and_is_near_the_exact_share(
    total: int, weights: list[int | Fraction]
) -> None:
    shares = split(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total) * weight / sum(weights)) < 1
        assert share == 0 or weight > 0


@given(st.integers(0, MAX_CENTS), weight_lists)
def test_a_greater_weight_never_gets_less(total: int, weights: list[int | Fraction]) -> None:
    shares = split(total, weights)
    by_weight = sorted(zip(weights, shares, strict=True))
    assert [share for _, share in by_weight] == sorted(shares)


@given(amounts, weight_lists, st.fractions("1/50", 50, max_denominator=50))
def test_only_the_proportion_of_the_weights_matters(
    total: int, weights: list[int | Fraction], factor: Fraction
) -> None:
    assert split(total, [weight * factor for weight in weights]) == split(total, weights)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 2, 3), (-5, 2, -3), (49, 100, 0), (50, 100, 1), (-50, 100, -1), (1, 3, 0), (2, 3, 1)],
)
def test_commercial_rounding(numerator: int, denominator: int, rounded: int) -> None:
    """DIN 1333: a half is rounded away from zero."""
    assert round_half_up(numerator, denominator) == rounded


@given(st.integers(), st.integers(1))
def test_rounding_moves_by_at_most_a_half(numerator: int, denominator: int) -> None:
    rounded = round_half_up(numerator, denominator)
    assert abs(rounded - Fraction(numerator, denominator)) <= Fraction(1, 2)
    assert round_half_up(-numerator, denominator) == -rounded


@pytest.mark.parametrize("denominator", [0, -1])
def test_a_rounding_needs_a_positive_denominator(denominator: int) -> None:
    with pytest.raises(ValueError, match="denominator"):
        round_half_up(1, denominator)
