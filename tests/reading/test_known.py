"""A paper compared with what the pack and the house know: sizes, the allocation, last year."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from tests.reading import generator
from tests.reading.conftest import read_text
from zielwerk.language import sentence
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading
from zielwerk.reading.known import Known, LastYear, Sizes, out_of_size, unlike_last_year

Read = Callable[[str], Reading]
BUDGET = 1_140_300_00


@pytest.fixture(scope="module")
def text(year: Year, bodies: list[Body]) -> str:
    """An agreement of the Wetteraukreis for 2024 over 1.140.300 euros."""
    body = next(body for body in bodies if body.ags == "06440")
    said = replace(
        generator.truth(Random(2), year, [body]),
        budget_cents=BUDGET,
        measures=(("qualification", "Kompass-Camp"), ("qualification", "Robotik 2")),
    )
    return generator.write(said, year, generator.Layout())


def knowing(text: str, known: Known) -> Reading:
    """Read a text in a house that knows something of the body and the year."""
    return read_text(
        text, house=lambda year, ags: known if (year, ags) == (2024, "06440") else Known()
    )


def asked(found: Reading, rule: str) -> list[str]:
    return [sentence(one) for one in found.findings if one.rule == f"reading.{rule}"]


def test_seventy_one_millions_are_more_than_a_programme_of_twenty_eight() -> None:
    size = Sizes(least=100_000_00, most=5_000_000_00, total=27_700_000_00, change_percent=100)
    rules = [
        doubt.finding.rule
        for cents in (71_000_000_00, 6_000_000_00, 12_00, 1_600_100_00)
        for doubt in out_of_size(cents, size)
    ]
    assert rules == ["reading.more_than_all", "reading.large", "reading.small"]


@pytest.mark.parametrize("written", ["71.140.300 Euro", "11.403 Euro", "8.140.300 Euro"])
def test_an_amount_out_of_size_is_doubted_without_a_database(
    reading: Read, text: str, written: str
) -> None:
    found = reading(text.replace("1.140.300 Euro", written))
    assert found.budget_cents
    assert not found.evidence["budget_cents"].certain
    assert "budget_cents" in {one.place for one in found.findings}


def test_the_allocation_is_what_a_body_may_be_promised(text: str) -> None:
    assert knowing(text, Known(allocated_cents=BUDGET)).evidence["budget_cents"].certain
    other = knowing(text, Known(allocated_cents=1_410_300_00))
    assert not other.evidence["budget_cents"].certain
    (question,) = asked(other, "not_allocated")
    assert "1.140.300,00" in question
    assert "1.410.300,00" in question


def test_one_of_several_papers_may_promise_a_part(text: str) -> None:
    part = knowing(text, Known(allocated_cents=2_000_000_00, is_whole=False))
    assert part.evidence["budget_cents"].certain
    more = knowing(text, Known(allocated_cents=1_000_000_00, is_whole=False))
    assert not more.evidence["budget_cents"].certain


def test_an_amount_far_from_last_year_s_is_doubted_unless_it_is_allocated() -> None:
    size = Sizes(least=None, most=None, total=None, change_percent=100)
    before = LastYear(500_000_00)
    assert list(unlike_last_year(BUDGET, Known(before=before), size))
    assert not list(unlike_last_year(900_000_00, Known(before=before), size))
    known = Known(allocated_cents=BUDGET, before=before)
    assert not list(unlike_last_year(BUDGET, known, size))


def test_a_title_nearly_last_year_s_is_doubted(text: str) -> None:
    """Another number is another measure; the same title is none in doubt."""
    before = LastYear(BUDGET, titles=("Kompass-Gamp", "Robotik 1"))
    found = knowing(text, Known(before=before))
    (question,) = asked(found, "renamed")
    assert "„Kompass-Gamp“" in question
    assert not found.evidence["measures[0].title"].certain
    same = knowing(text, Known(before=LastYear(BUDGET, titles=("Kompass-Camp",))))
    assert not asked(same, "renamed")


def test_whoever_signed_elsewhere_last_year_may_do_so_again(text: str) -> None:
    elsewhere = text.replace("Friedberg, den", "Gelnhausen, den")
    before = LastYear(BUDGET, places=("Gelnhausen",))
    assert knowing(elsewhere, Known(before=before)).evidence["parties[1].ags"].certain
    assert not knowing(elsewhere, Known()).evidence["parties[1].ags"].certain
