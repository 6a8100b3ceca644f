"""Amounts of earmarks wherever they stand; null is certain only where the text says nothing."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from tests.reading import generator
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading

Read = Callable[[str], Reading]
LANGUAGE, PART_TIME = "language", "part_time_training"


@pytest.fixture(scope="module")
def text(year: Year, bodies: list[Body]) -> str:
    """An agreement of the Wetteraukreis for 2024 over 1.140.300 euros."""
    body = next(body for body in bodies if body.ags == "06440")
    said = replace(generator.truth(Random(2), year, [body]), budget_cents=114_030_000)
    return generator.write(said, year, generator.Layout())


def with_money(text: str, said: str) -> str:
    """The text with something more about money behind the total."""
    start = text.index("aus dem Ausbildungs- und Qualifizierungsbudget 2024")
    end = text.index("§ 5\n")
    return f"{text[:start]}aus dem Budget 2024 zur Verfügung. {said}\n\n{text[end:]}"


@pytest.mark.parametrize(
    ("said", "language", "part_time"),
    [
        ("Davon sind 90.000 Euro für Sprachförderung bestimmt.", (9_000_000, "yes"), None),
        ("Darin sind für Sprachförderung 90.000 Euro enthalten.", (9_000_000, "yes"), None),
        ("Zusätzlich stehen 90.000 Euro für Sprachförderung bereit.", (9_000_000, "no"), None),
        (
            "Davon entfallen 90.000 Euro auf Sprachförderung und 40.000 Euro auf die "
            "Teilzeitausbildung.",
            (9_000_000, "yes"),
            (4_000_000, "yes"),
        ),
        (
            "Darin enthalten: Sprachförderung 90.000 Euro, Teilzeitausbildung 40.000 Euro.",
            (9_000_000, "yes"),
            (4_000_000, "yes"),
        ),
        (
            "Davon entfallen auf:\n\n• Sprachförderung: 90.000 Euro\n\n"
            "• Teilzeitausbildung (40.000 Euro)",
            (9_000_000, "yes"),
            (4_000_000, "yes"),
        ),
        (
            "Darunter sind:\n\n- 90.000 Euro für spezifische Sprachförderangebote\n\n"
            "- 40.000 Euro für Ausbildung in Teilzeit",
            (9_000_000, "yes"),
            (4_000_000, "yes"),
        ),
        (
            "Davon:\n\nSprachförderung ............ 90.000 Euro\n\n"
            "Teilzeitausbildung ......... 40.000 Euro",
            (9_000_000, "yes"),
            (4_000_000, "yes"),
        ),
        ("90.000 Euro sind für Sprachförderung vorgesehen.", (9_000_000, "unknown"), None),
    ],
)
def test_the_amount_of_an_earmark(
    reading: Read,
    text: str,
    said: str,
    language: tuple[int, str],
    part_time: tuple[int, str] | None,
) -> None:
    read = reading(with_money(text, said))
    found = {one.code: (one.amount_cents, one.inside_total) for one in read.earmarks}
    assert found[LANGUAGE] == language
    assert found[PART_TIME] == (part_time or (None, "unknown"))
    assert read.budget_cents == 114_030_000
    assert read.evidence["budget_cents"].certain


def test_the_sentence_behind_may_have_it(reading: Read, text: str) -> None:
    said = "Mittel für Sprachförderung sind enthalten. Sie betragen 90.000 Euro."
    read = reading(with_money(text, said))
    at = [one.code for one in read.earmarks].index(LANGUAGE)
    assert read.earmarks[at].amount_cents == 9_000_000
    assert not read.evidence[f"earmarks[{at}]"].certain


@pytest.mark.parametrize(
    "said",
    [
        "Davon sind rund 90.000 Euro für Sprachförderung bestimmt.",
        "Für Sprachförderung sind davon 90.000 Euro und weitere 10.000 Euro vorgesehen.",
        "Davon 9O.000 Euro für Sprachförderung.",
    ],
)
def test_an_amount_that_is_not_clear_is_a_doubt(reading: Read, text: str, said: str) -> None:
    read = reading(with_money(text, said))
    at = [one.code for one in read.earmarks].index(LANGUAGE)
    assert not read.evidence[f"earmarks[{at}]"].certain


def test_null_is_certain_where_the_text_says_nothing(reading: Read, text: str) -> None:
    read = reading(text)
    assert [one.amount_cents for one in read.earmarks] == [None, None]
    assert read.evidence["earmarks[0]"].certain
    assert read.evidence["earmarks[1]"].certain


def test_parts_above_the_total_are_in_doubt_with_it(reading: Read, text: str) -> None:
    read = reading(with_money(text, "Davon sind 1.900.000 Euro für Sprachförderung bestimmt."))
    assert not read.evidence["budget_cents"].certain
    assert "reading.parts_exceed" in {one.rule for one in read.findings}
