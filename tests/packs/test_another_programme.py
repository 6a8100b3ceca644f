"""Another programme is a folder and no code."""

import shutil

import pytest

from tests.drafts import without_conclusions, without_notices, without_strategies
from tests.packs.planting import change
from zielwerk.packs import folders, loading

AQB = "aqb_hessen"


@pytest.fixture
def root(tmp_path):
    """A folder with a copy of the pack that ships."""
    shutil.copytree(folders.SHIPPED / AQB, tmp_path / AQB)
    return tmp_path


def test_another_programme_is_a_folder_and_no_code(root):
    (root / AQB).rename(root / "werkpass_auenland")
    pack = root / "werkpass_auenland"
    (pack / "2023").rename(pack / "2031")
    for year in ("2024", "2025", "2026"):
        shutil.rmtree(pack / year)
    shutil.rmtree(pack / "demo")
    change(pack, "2031/year.toml", 'effect = "agreed"', 'effect = "granted"')
    without_strategies(pack / "2031" / "year.toml")
    without_conclusions(pack / "2031" / "year.toml")
    without_notices(pack / "2031" / "year.toml")
    (pack / "programme.toml").write_text(
        """
        code = "werkpass_auenland"
        name = "Werkpass"
        short_name = "WP"
        state = "Auenland"
        jurisdictions = ["bund"]
        territory = "Fürstentum"
        portal = "Arbeit im Auenland"
        meeting = "Besprechung im Sommer"
        source = { text = "für diesen Test erfunden", assumed = true }
        [identifier]
        label = "Nummer"
        name = "Nummer des Viertels"
        pattern = "[A-Z]{2}"
        [[body_kind]]
        code = "farthing"
        label = "Viertel"
        plural = "Viertel"
        source = { text = "für diesen Test erfunden", assumed = true }
        [[body_kind]]
        code = "march"
        label = "Mark"
        plural = "Marken"
        source = { text = "für diesen Test erfunden", assumed = true }
        [document]
        label = "Werkpassbescheid"
        plural = "Werkpassbescheide"
        gender = "m"
        prefix = "WB"
        address = "werkpassbescheide"
        sides = ["authority"]
        per_year = 0
        recipient = "measure"
        [[procedure]]
        code = "allocation"
        prefix = "A"
        [[procedure]]
        code = "recording"
        prefix = "B"
        [[procedure]]
        code = "adjustment"
        prefix = "C"
        [[procedure]]
        code = "publication"
        prefix = "D"
        """,
        encoding="utf-8",
    )
    (pack / "bodies.toml").write_text(
        """
        [[body]]
        ags = "WV"
        name = "Westviertel"
        short_name = "Westviertel"
        kind = "farthing"
        seat = "Michelbinge"
        source = { text = "für diesen Test erfunden", assumed = true }
        """,
        encoding="utf-8",
    )
    (pack / "organisations.toml").write_text(
        """
        [[organisation]]
        code = "thain"
        role = "ministry"
        name = "Ministerium für Arbeit des Auenlands"
        seat = "Michelbinge"
        source = { text = "für diesen Test erfunden", assumed = true }
        [[organisation]]
        code = "mayor"
        role = "authority"
        name = "Landesamt Michelbinge"
        seat = "Michelbinge"
        bodies = ["WV"]
        source = { text = "für diesen Test erfunden", assumed = true }
        """,
        encoding="utf-8",
    )
    year = loading.load("werkpass_auenland", 2031, root)
    assert (year.programme.state, year.year) == ("Auenland", 2031)
    assert year.programme.kinds_said == "Viertel und Marken"
    assert (year.programme.strategy, year.procedure("strategy")) == (None, ())
    assert [one.name for one in loading.bodies("werkpass_auenland", root)] == ["Westviertel"]
    assert loading.programme("werkpass_auenland", root) == year.programme
