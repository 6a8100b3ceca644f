"""Amounts in tables: whole euros without cents, and one form for a column."""

import re

import pytest
from django.utils import translation

from zielwerk.ui.tables import dressed
from zielwerk.ui.tags.values import euro


def cells(*columns: list[int | None], foot: int | None = None) -> list[list[str]]:
    """The words of a table's cells, column by column, as a page shows them."""
    heads = "".join('<th class="amount">Betrag</th>' for _ in columns)
    rows = "".join(
        "<tr><th>Name</th>" + "".join(f"<td>\n{euro(one)}</td>" for one in row) + "</tr>"
        for row in zip(*columns, strict=True)
    )
    sums = f"<tfoot><tr><th>Summe</th><td>{euro(foot)}</td></tr></tfoot>" if foot else ""
    html = dressed(f"<thead><tr><th>Wer</th>{heads}</tr></thead><tbody>{rows}</tbody>{sums}")
    found = re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)
    width = len(columns)
    return [found[place::width] for place in range(width)]


def test_a_column_of_whole_euros_has_no_cents() -> None:
    assert cells([160010000, 0, None]) == [["1.600.100\u00a0€", "0\u00a0€", ""]]


def test_one_amount_with_cents_keeps_them_in_its_column_only() -> None:
    assert cells([100, 150], [100, -200]) == [
        ["1,00\u00a0€", "1,50\u00a0€"],
        ["1\u00a0€", "−2\u00a0€"],
    ]


def test_the_sum_belongs_to_the_column() -> None:
    assert cells([100], foot=12345678) == [["1,00\u00a0€", "123.456,78\u00a0€"]]


@pytest.mark.parametrize(("cents", "shown"), [([123400], "€1,234"), ([123405], "€1,234.05")])
def test_in_english_too(cents: list[int | None], shown: str) -> None:
    with translation.override("en"):
        assert cells(cents) == [[shown]]


def test_other_columns_stay_as_they_are() -> None:
    html = dressed(
        "<thead><tr><th>Wer</th><th>Text</th></tr></thead>"
        "<tbody><tr><th>A</th><td>genau 5,00\u00a0€</td></tr></tbody>"
    )
    assert "5,00\u00a0€" in html
