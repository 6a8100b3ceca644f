"""Programme years that are no calendar years, and who is a body in them."""

import shutil
from datetime import date

import pytest

from tests.packs.planting import change
from zielwerk.packs import loading
from zielwerk.packs.folders import SHIPPED

LFN = "lotsenfonds_nordmark"
MOOR, ISLE = "91004", "91006"
RENAMED = """
[[succession]]
code = "tidal_2026"
label = "Umbenennung"
kind = "renaming"
day = 2026-10-01
predecessors = ["91003"]
successors = ["91007"]
text = "Der Landkreis Sandhafen heißt seit dem 1. Oktober 2026 Landkreis Gezeiten."
source = { text = "Für die Prüfung erfunden", assumed = true }

[[body]]
ags = "91007"
name = "Landkreis Gezeiten"
short_name = "Gezeiten"
kind = "district"
seat = "Sandhafen"
valid_from = 2026-10-01
facts = { region = "West", jobcenter = "gE", guide_regions = ["Hafenregion"] }
source = { text = "Für die Prüfung erfunden", assumed = true }
"""


@pytest.fixture
def root(tmp_path):
    """Two programme years from July to June; a district is renamed in the second of them."""
    shutil.copytree(SHIPPED / LFN, tmp_path / LFN)
    shutil.copytree(SHIPPED / "law", tmp_path / "law")
    shutil.rmtree(tmp_path / LFN / "demo")
    for year in (2025, 2026):
        path = tmp_path / LFN / str(year) / "year.toml"
        days = f"begins = {year}-07-01\nends = {year + 1}-06-30\n"
        path.write_text(days + path.read_text(encoding="utf-8"), encoding="utf-8")
    bodies = tmp_path / LFN / "bodies.toml"
    text = bodies.read_text(encoding="utf-8")
    start = text.index('ags = "91003"')
    ended = text[:start] + text[start:].replace("tile =", "valid_until = 2026-09-30\ntile =", 1)
    bodies.write_text(ended + RENAMED, encoding="utf-8")
    return tmp_path


def keys(bodies):
    return [body.ags for body in bodies]


def test_the_current_year_is_the_newest_whose_period_has_begun(root):
    assert loading.year_on(LFN, date(2026, 6, 30), root) == 2025
    assert loading.year_on(LFN, date(2026, 7, 1), root) == 2026
    assert loading.year_on(LFN, date(2030, 1, 1), root) == 2026
    assert loading.year_on(LFN, date(2024, 1, 1), root) == 2025


def test_a_draft_is_not_the_current_year(root):
    change(root / LFN, "2026/year.toml", 'label = "Förderjahr 2026"', 'draft = true\nlabel = "Neu"')
    assert loading.year_on(LFN, date(2026, 12, 1), root) == 2025


def test_a_body_that_begins_in_the_winter_is_one_of_the_year_that_began_in_summer(root):
    assert ISLE in keys(loading.bodies_in(LFN, 2025, root))
    assert ISLE not in keys(loading.bodies_sharing(LFN, 2025, root=root))
    assert ISLE in keys(loading.bodies_sharing(LFN, 2025, {"inselstein_2026"}, root=root))
    assert ISLE in keys(loading.bodies_sharing(LFN, 2026, root=root))


def test_the_year_before_is_the_one_that_has_a_pack(root):
    assert loading.year_before(LFN, 2026, root) == 2025
    assert loading.year_before(LFN, 2025, root) == 2024
    (root / LFN / "2026").rename(root / LFN / "2027")
    assert loading.year_before(LFN, 2027, root) == 2025


def test_a_break_is_shown_before_the_first_year_that_lies_wholly_after_it(root):
    assert loading.first_year_after(LFN, date(2026, 1, 1), root) == 2026
    assert loading.first_year_after(LFN, date(2026, 7, 1), root) == 2026
    assert loading.first_year_after(LFN, date(2026, 7, 2), root) == 2027


def test_a_renamed_body_has_its_earlier_keys_and_no_break(root):
    assert loading.earlier_keys(LFN, "91007", root) == ("91003",)
    assert loading.earlier_keys(LFN, MOOR, root) == ()
    assert loading.earlier_keys(LFN, ISLE, root) == ()
    assert loading.breaks_of(LFN, "91007", root) == ()
    staying = loading.bodies_staying(LFN, 2026, {"tidal_2026"}, root)
    assert ("91003" in keys(staying), "91007" in keys(staying)) == (False, True)
