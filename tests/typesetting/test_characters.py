"""Which characters are drawn: the lists beside the fonts against the fonts themselves."""

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.typesetting.characters import (
    FONTS,
    MAIN,
    SECOND,
    drawn_by,
    settable,
    undrawable,
    without_controls,
)

HIDDEN = ("Cc", "Cf", "Cn", "Co", "Cs")
README = FONTS / "README.md"
TTFS = sorted(FONTS.glob("*.ttf"))


def drawn_in(cuts: list[Path]) -> set[str]:
    """The characters that all of these font files have, by their own tables."""
    points = set.intersection(*(set(TTFont(cut).getBestCmap()) for cut in cuts))
    return {chr(point) for point in points if unicodedata.category(chr(point)) not in HIDDEN}


@pytest.mark.parametrize(("listed", "cuts"), [(MAIN, "FiraSans-*.ttf"), (SECOND, "DejaVu*.ttf")])
def test_the_lists_are_true_to_the_fonts(listed: str, cuts: str) -> None:
    assert drawn_by(listed) == drawn_in(sorted(FONTS.glob(cuts)))


def test_the_fonts_are_the_ones_recorded() -> None:
    recorded = dict(
        reversed(line.split()) for line in re.findall(r"[0-9a-f]{64} .*", README.read_text())
    )
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in TTFS}
    assert recorded == files
    assert sum(file.stat().st_size for file in TTFS) < 2_500_000


@given(st.text())
def test_whatever_comes_out_can_be_drawn_and_stays_as_it_is(text: str) -> None:
    once = settable(text)
    assert set(once) <= drawn_by(MAIN) | drawn_by(SECOND)
    assert settable(once) == once


@given(st.text(alphabet="abcäöüßÄÖÜẞ €§–„“0123456789.,-/()éçğłșЖΩ"))
def test_the_text_of_agreements_is_left_alone(text: str) -> None:
    assert settable(text) == unicodedata.normalize("NFC", text)
    assert not undrawable(text)


def test_what_is_replaced_can_be_told_to_the_user() -> None:
    assert undrawable("Herr 王 aus Çorum 😀 \x00 １２") == {"王"}


def test_pages_hold_no_controls() -> None:
    assert without_controls("a\x00b\x1b\ud800c\nd") == "abc\nd"
