"""From which money a grant is committed."""

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.grant.cover import Want, covered, free_by_year, released
from zielwerk.rulebook.tranche import UNKNOWN, Tranche

NOW, LATER = Tranche("land", 2026), Tranche("land", 2026, 2027)


def test_each_budget_year_binds_money_that_is_due_in_it() -> None:
    free = {("", NOW): 500, ("", LATER): 200}
    cover = covered([Want("a", 2026, 300), Want("b", 2026, 100), Want("b", 2027, 150)], free)
    assert [(each.measure, each.year, each.pot[1], each.cents) for each in cover.bound] == [
        ("a", 2026, NOW, 300),
        ("b", 2026, NOW, 100),
        ("b", 2027, LATER, 150),
    ]
    assert not cover.refusals


def test_money_of_this_year_is_no_money_of_the_next() -> None:
    cover = covered([Want("a", 2027, 250)], {("", NOW): 1000, ("", LATER): 200})
    assert cover.missing == {2027: 50}
    assert [refusal.params["year"] for refusal in cover.refusals] == ["2027"]


def test_money_of_an_unknown_tranche_serves_any_year_but_last() -> None:
    cover = covered([Want("a", 2026, 150)], {("", UNKNOWN): 100, ("", NOW): 100})
    assert [(each.pot[1], each.cents) for each in cover.bound] == [(NOW, 100), (UNKNOWN, 50)]


def test_a_measure_without_a_purpose_takes_nothing_that_is_meant_for_one() -> None:
    free = {("", NOW): 100, ("care", NOW): 100}
    assert covered([Want("a", 2026, 150)], free).missing == {2026: 50}
    assert not covered([Want("a", 2026, 150, "care")], free).missing
    assert covered([Want("a", 2026, 150, "youth")], free).missing == {2026: 50}


def test_the_order_of_purposes_is_the_programmes_and_starves_nobody() -> None:
    free = {("", NOW): 100, ("care", NOW): 100}
    wants = [Want("a", 2026, 100, "care"), Want("b", 2026, 100)]
    for first in ("general", "earmarked"):
        assert not covered(wants, free, first).missing  # type: ignore[arg-type]
    alone = [Want("a", 2026, 60, "care")]
    assert covered(alone, free, "general").bound[0].pot[0] == ""
    assert covered(alone, free, "earmarked").bound[0].pot[0] == "care"


def test_what_is_free_is_told_by_the_year_that_pays() -> None:
    free = {("", NOW): 100, ("care", NOW): 50, ("", LATER): 70, ("", UNKNOWN): -5}
    assert free_by_year(free) == {0: 0, 2026: 150, 2027: 70}


def test_what_is_released_is_what_was_bound_of_that_year() -> None:
    committed = {("", NOW): 100, ("", UNKNOWN): 30, ("", LATER): 500}
    parts, lacking = released("a", 2026, 110, committed)
    assert [(part.pot[1], part.cents) for part in parts] == [(NOW, 100), (UNKNOWN, 10)]
    assert lacking == 0
    assert released("a", 2026, 200, committed)[1] == 70


POTS = st.tuples(st.sampled_from(["", "care", "youth"]), st.sampled_from([NOW, LATER, UNKNOWN]))
WANTS = st.builds(
    Want,
    st.sampled_from(["a", "b"]),
    st.sampled_from([2026, 2027]),
    st.integers(0, 100),
    st.sampled_from(["", "care"]),
)


@given(st.lists(WANTS, max_size=6), st.dictionaries(POTS, st.integers(-20, 150), max_size=6))
def test_all_that_is_wanted_is_bound_or_missing_and_nothing_is_bound_twice(
    wants: list[Want], free: dict[tuple[str, Tranche], int]
) -> None:
    cover = covered(wants, free)
    for year in (2026, 2027):
        asked = sum(want.cents for want in wants if want.year == year)
        bound = sum(each.cents for each in cover.bound if each.year == year)
        assert bound + cover.missing.get(year, 0) == asked
    for pot, cents in free.items():
        assert sum(each.cents for each in cover.bound if each.pot == pot) <= max(cents, 0)
    assert all(each.pot[1].year in (0, each.year) for each in cover.bound)
    assert all(each.cents > 0 for each in cover.bound)
