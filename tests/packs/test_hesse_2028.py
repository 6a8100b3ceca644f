"""A year in which everything changes on a day: what holds when, and that the past stays."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.packs.hesse_2028 import (
    AFTER,
    AQB,
    BEFORE,
    CHANGE,
    DIVIDED,
    MERGED,
    NEW_EARMARK,
    NEW_TYPE,
    PARTED,
    SPLIT,
    UNITED,
    add_2028,
    copy_of_hesse,
)
from zielwerk.packs import competence, loading
from zielwerk.packs.inspection import inspect
from zielwerk.packs.model import Year

EVE = CHANGE - timedelta(days=1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of_hesse(tmp_path)


@pytest.fixture
def rules(root: Path) -> Year:
    add_2028(root)
    return loading.load(AQB, 2028, root)


def digests(root: Path, years: Iterable[int]) -> dict[int, str]:
    return {year: loading.load(AQB, year, root).rule_version for year in years}


def test_a_new_year_changes_no_digest_of_an_earlier_one(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    later = copy_of_hesse(tmp_path_factory.mktemp("later"))
    add_2028(later)
    years = range(2023, 2028)
    shipped = {year: loading.load(AQB, year).rule_version for year in range(2023, 2027)}
    assert digests(root, years) == digests(later, years)
    assert digests(later, range(2023, 2027)) == shipped


def test_the_pack_has_no_fault(rules: Year, root: Path) -> None:
    assert inspect(root / AQB)[1] == ()


@pytest.mark.parametrize(
    ("day", "ministry"), [(date(2028, 5, 2), BEFORE), (EVE, BEFORE), (CHANGE, AFTER)]
)
def test_the_ministry_is_called_what_it_is_called_on_the_day(
    rules: Year, day: date, ministry: str
) -> None:
    assert competence.title(rules, "ministry", day) == ministry


def test_a_measure_type_and_an_earmark_begin_on_their_day(rules: Year) -> None:
    for day, is_there in ((EVE, False), (CHANGE, True)):
        kept = rules.on(day)
        assert (NEW_TYPE in {kind.code for kind in kept.measure_types}) == is_there
        assert (NEW_EARMARK in {earmark.code for earmark in kept.earmarks}) == is_there


def test_amounts_are_rounded_as_on_the_day_with_all_else_as_it_was(rules: Year) -> None:
    before, after = (
        next(key for key in rules.on(day).allocation_keys if not key.earmark)
        for day in (EVE, CHANGE)
    )
    assert (before.rounding_cents, after.rounding_cents) == (100_00, 1_000_00)
    assert before.weights == after.weights
    steps = [
        [one.value for one in rules.on(day).parameters if one.code == "amount_step"]
        for day in (EVE, CHANGE)
    ]
    assert steps == [["100"], ["1000"]]


def test_who_is_a_body_changes_with_the_day_and_all_are_bodies_of_the_year(
    rules: Year, root: Path
) -> None:
    def on(day: date) -> set[str]:
        return {body.ags for body in loading.bodies_on(AQB, day, root)}

    assert on(EVE) - on(CHANGE) == set(MERGED)
    assert on(CHANGE) - on(EVE) == {UNITED}
    assert on(SPLIT) - on(SPLIT - timedelta(days=1)) == {PARTED}
    assert DIVIDED in on(SPLIT)
    of_year = {body.ags for body in loading.bodies_in(AQB, 2028, root)}
    assert of_year >= {*MERGED, UNITED, DIVIDED, PARTED}
    assert of_year == on(EVE) | on(SPLIT)


def test_a_body_of_the_year_before_is_told_that_its_figures_break(rules: Year, root: Path) -> None:
    series = [(MERGED[0], 2027), (MERGED[0], 2029)]
    broken = loading.breaks_within(AQB, series, root)
    assert [(body.ags, each.code) for body, each in broken] == [(MERGED[0], "odenwaldvorland_2028")]
