"""Whatever is no single readable agreement gets a clear sentence."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest

from tests.reading import generator
from zielwerk.language import sentence
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading
from zielwerk.rulebook.refusal import Refusal, Refused

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def text(year: Year, bodies: list[Body]) -> str:
    """An agreement of the Wetteraukreis over 1.140.300 euros."""
    body = next(body for body in bodies if body.ags == "06440")
    said = replace(generator.truth(Random(1), year, [body]), budget_cents=114_030_000)
    return generator.write(said, year, generator.Layout())


def refused(call: Callable[[], object]) -> Refusal:
    with pytest.raises(Refused) as caught:
        call()
    refusal = caught.value.refusals[0]
    assert "{" not in sentence(refusal)
    assert sentence(refusal).endswith((".", "?"))
    return refusal


@pytest.mark.parametrize("blank", ["", "  \n\t\f ", "\ufeff\u00a0\n"])
def test_nothing_to_read(reading: Read, blank: str) -> None:
    assert refused(lambda: reading(blank)).rule == "reading.empty"


@pytest.mark.parametrize(
    "other",
    [
        "Der Hase lief über das Feld. " * 50,
        "§ 1 Kochen\n§ 2 Essen für 12,00 Euro\n",
        "Zuschuss\nAusbildungs- und Qualifizierungsbudget 2024\n1.140.300 Euro\n",
    ],
)
def test_another_text_is_no_agreement(reading: Read, other: str) -> None:
    assert refused(lambda: reading(other)).rule == "reading.no_agreement"


def test_two_agreements_in_one_file(reading: Read, text: str) -> None:
    other = text.replace("Wetteraukreis", "Odenwaldkreis")
    assert refused(lambda: reading(text + "\f" + text)).rule == "reading.two_agreements"
    assert refused(lambda: reading(text + other)).rule == "reading.two_agreements"


@pytest.mark.parametrize("name", ["Landkreis Musterhausen", "Landkreis Göttingen"])
def test_an_unknown_body_is_named_with_similar_ones(reading: Read, text: str, name: str) -> None:
    refusal = refused(lambda: reading(text.replace("Landkreis Wetteraukreis", name)))
    assert refusal.rule == "reading.unknown_body"
    assert name in sentence(refusal)
    assert len(list(refusal.params["similar"])) == 3  # type: ignore[call-overload]


def test_a_town_that_is_no_independent_city(reading: Read, text: str) -> None:
    town = text.replace("dem Landkreis Wetteraukreis", "der Stadt Gießen")
    refusal = refused(lambda: reading(town))
    assert refusal.rule == "reading.unknown_body"
    assert "Landkreis Gießen" in sentence(refusal)


def test_a_body_of_later_years(reading: Read, text: str) -> None:
    hanau = text.replace("dem Landkreis Wetteraukreis", "der Stadt Hanau")
    assert refused(lambda: reading(hanau)).rule == "reading.body_not_valid"


def test_a_year_without_a_pack_says_which_exist(reading: Read, text: str) -> None:
    refusal = refused(lambda: reading(text.replace("2024", "2019")))
    assert refusal.rule == "reading.year_without_pack"
    assert "2019" in sentence(refusal)
    assert "2024" in sentence(refusal)


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("1,140 Euro", "reading.amount_ambiguous"),
        ("1.140.30 Euro", "reading.amount_ambiguous"),
        ("1.1403.00 Euro", "reading.amount_ambiguous"),
        ("1.140.300 Euro oder 1.150.300 Euro", "reading.amount_ambiguous"),
        (
            "1.140.300 Euro (in Worten: eine Million einhundertfünfzigtausenddreihundert Euro)",
            "reading.amount_ambiguous",
        ),
        ("einen Betrag nach Haushaltslage", "reading.no_amount"),
        ("0 Euro", "reading.no_amount"),
    ],
)
def test_an_amount_without_one_reading(reading: Read, text: str, written: str, rule: str) -> None:
    changed = text.replace("1.140.300 Euro", written)
    assert changed != text
    assert refused(lambda: reading(changed)).rule == rule


def test_an_upload_lost_halfway_is_refused_or_says_what_is_missing(
    reading: Read, text: str
) -> None:
    for share in range(5, 95, 5):
        try:
            read = reading(text[: len(text) * share // 100])
        except Refused:
            continue
        rules = {one.rule for one in read.findings}
        assert rules & {"reading.signature_missing", "reading.name_illegible"}


@pytest.mark.parametrize(
    "piece",
    ["x y ", "a", " -", "1.", "\n", "§ 5 Ziele\n", "• x\n", "und dem ", "„a ", "A, den ", "l1I",
     "SGB I, ", "Landkreis ", "1 ", "a\u0301", "(", "§"],
)  # fmt: skip
def test_five_megabytes_of_anything_are_answered_in_two_seconds(
    reading: Read, text: str, piece: str
) -> None:
    for size in (5_000_000, 100_000):
        start = time.process_time()
        with suppress(Refused):
            reading(text + piece * (size // len(piece)))
        assert time.process_time() - start < 2
