"""The fonts are cut to what is read here, and everything that is read here is in them."""

import re
from pathlib import Path

import polib
import pytest
from fontTools.ttLib import TTFont

from tests.house.test_limits import PACKAGE

FONTS = PACKAGE / "ui/static/kern/fonts"
CUTS = ("Regular", "Italic", "Medium", "SemiBold")
EUROPE = (
    "ÄÖÜäöüßẞ§€–„“‚‘«»…’ ·•†×÷±½²³°µ"  # German, and its signs
    "ÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕØÙÚÛÝÞàáâãåæçèéêëìíîïðñòóôõøùúûýþÿ"
    "ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĮįİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŐőŒœŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŧŨũŪū"
    "ŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžȘșȚț"
)
# Drawn by another font of the machine: the order of a column, which is also said in words.
ELSEWHERE = frozenset("▲▼")


def texts() -> str:
    """Everything that pages may show: templates, sentences in both languages, packs."""
    said = [file.read_text() for file in PACKAGE.rglob("*.html")]
    said += [file.read_text() for file in (PACKAGE / "packs").rglob("*.toml")]
    said += [file.read_text() for file in (PACKAGE / "packs").rglob("*.md")]
    said += [file.read_text() for file in PACKAGE.glob("*/static/zielwerk/**/*.css")]
    for catalogue in PACKAGE.glob("locale/*/LC_MESSAGES/*.po"):
        said += [entry.msgid + entry.msgstr for entry in polib.pofile(str(catalogue))]
    return "".join(said)


@pytest.mark.parametrize("cut", CUTS)
def test_every_character_that_is_shown_or_that_a_name_may_hold_is_in_the_font(cut: str) -> None:
    font = TTFont(FONTS / f"FiraSans-{cut}.woff2")
    drawn = {chr(code) for code in font.getBestCmap()}
    shown = {char for char in texts() if char.isprintable()} | set(EUROPE)
    assert sorted(shown - drawn - ELSEWHERE) == []


@pytest.mark.parametrize("cut", CUTS)
def test_a_font_is_small_names_its_licence_and_sets_figures_in_columns(cut: str) -> None:
    file = FONTS / f"FiraSans-{cut}.woff2"
    font = TTFont(file)
    assert file.stat().st_size < 34_000
    assert "SIL" in (FONTS / "LICENSE").read_text()
    assert "Open Font License" in str(font["name"].getDebugName(13))
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"tnum", "locl"} <= features
    kerning = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
    assert {"kern", "mark"} <= kerning


def test_the_cuts_that_are_loaded_first_exist() -> None:
    layout = (PACKAGE / "ui/templates/ui/base.html").read_text()
    preloaded = re.findall(r'rel="preload"[^>]*static "([^"]+)"', layout)
    assert [Path(name).stem for name in preloaded] == ["FiraSans-Regular", "FiraSans-SemiBold"]
