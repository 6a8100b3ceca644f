"""The measures of two years side by side."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook import years
from zielwerk.rulebook.years import compared

TITLES = st.lists(
    st.sampled_from(("Team-Camp", "Robotik", "Gartenbau", "Garten und Bau", "Sprache", "Kurs"))
)


def test_the_worked_example() -> None:
    assert doctest.testmod(years).failed == 0


@given(TITLES, TITLES)
def test_every_measure_of_both_years_is_told_once(before: list[str], after: list[str]) -> None:
    found = compared(before, after)
    assert sorted([*found.went, *(old for old, _ in found.stayed)]) == sorted(before)
    assert sorted([*found.came, *(new for _, new in found.stayed)]) == sorted(after)


@given(TITLES)
def test_a_year_beside_itself_changed_nothing(titles: list[str]) -> None:
    found = compared(titles, titles)
    assert (found.came, found.went) == ((), ())


def test_the_same_title_goes_before_a_like_one() -> None:
    found = compared(["Sprache und Pflege"], ["Pflege und Sprache", "Sprache und Pflege"])
    assert found.stayed == (("Sprache und Pflege", "Sprache und Pflege"),)
    assert found.came == ("Pflege und Sprache",)
