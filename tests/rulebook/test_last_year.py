"""What counts as last year's amount: what the books say, what was decided first or last."""

import pytest

from zielwerk.rulebook.allocation import LastYear, last_year_amounts

HELD = {"A": 90, "B": 40, "C": 7}
DECISIONS = [{"A": 100, "B": 50}, {"A": 80, "B": 60}]
"""A was decided twice and waived something since; of C nobody decided, it succeeded another."""


@pytest.mark.parametrize(
    ("rule", "amounts"),
    [
        ("held", {"A": 90, "B": 40, "C": 7}),
        ("first_decided", {"A": 100, "B": 50, "C": 7}),
        ("last_decided", {"A": 80, "B": 60, "C": 7}),
    ],
)
def test_what_counts_as_last_year(rule: LastYear, amounts: dict[str, int]) -> None:
    assert last_year_amounts(rule, HELD, DECISIONS) == amounts


@pytest.mark.parametrize("rule", ["held", "first_decided", "last_decided"])
def test_where_nothing_was_decided_the_books_say_it(rule: LastYear) -> None:
    assert last_year_amounts(rule, HELD, []) == HELD
