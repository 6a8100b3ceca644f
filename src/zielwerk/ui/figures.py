"""Exact numbers as people read them: percentages, signed amounts, decimals."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import get_language

from zielwerk.language import value_text
from zielwerk.rulebook.money import Cents, round_half_up, short_format

MINUS = "\N{MINUS SIGN}"
# "1.600.100,00 €" and "€1,600,100.00", as format_euro writes them
AMOUNT = re.compile(r"(\d),(\d\d)(?=\u00a0€)|(€[\d,]*\d)\.(\d\d)(?!\d)")
ROUNDED = "≈\N{NO-BREAK SPACE}"


def decimal(value: Fraction | int, digits: int) -> str:
    """With this many decimals, halves away from zero."""
    scaled = round_half_up(value.numerator * 10**digits, value.denominator)
    text = str(number_format(Decimal(abs(scaled)).scaleb(-digits), digits, force_grouping=True))
    return MINUS + text if scaled < 0 else text


def plain(value: Fraction | int, digits: int = 4) -> str:
    """With as few decimals as it takes, and a sign in front where even ``digits`` are too few."""
    places = next(
        (count for count in range(digits + 1) if (value * 10**count).denominator == 1), digits + 1
    )
    return decimal(value, places) if places <= digits else ROUNDED + decimal(value, digits)


def percent(share: Fraction, digits: int = 2) -> str:
    """A share of one as a percentage; marked where it was rounded."""
    return plain(share * 100, digits) + "\N{NO-BREAK SPACE}%"


def change(new_cents: int, old_cents: int | None) -> str:
    """The change against an earlier amount in percent, with its sign; empty where there is none."""
    if not old_cents:
        return ""
    return signed(new_cents - old_cents, Fraction(100, old_cents)) + "\N{NO-BREAK SPACE}%"


def signed(value: int, scale: Fraction) -> str:
    scaled = value * scale
    return ("+" if scaled > 0 else "") + decimal(scaled, 1)


def euro(cents: int | Fraction) -> str:
    """An amount; one with parts of a cent is rounded to cents and marked."""
    text = value_text(Cents(round_half_up(cents.numerator, cents.denominator)), _language())
    return text if cents.denominator == 1 else ROUNDED + text


def short_euro(amounts: Iterable[int]) -> Callable[..., str]:
    """How amounts of one table are written: without cents where all are whole euros."""
    return short_format(amounts, _language())


def signed_euro(cents: int) -> str:
    return ("+" if cents > 0 else "") + value_text(Cents(cents), _language())


def whole_euros(cells: Sequence[str]) -> Sequence[str]:
    """The cells of a column, without ",00" where every amount in them is of whole euros.

    One form for a column: where one amount has cents, all show them.
    """
    if any((found[2] or found[4]) != "00" for cell in cells for found in AMOUNT.finditer(cell)):
        return cells
    return [without_cents(cell) for cell in cells]


def without_cents(text: str) -> str:
    """A text whose amounts are of whole euros, each without ",00"."""
    return AMOUNT.sub(lambda found: found[1] or found[3], text)


def _language() -> str:
    return (get_language() or "de")[:2]
