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
    for other in (
        text.replace("Wetteraukreis", "Odenwaldkreis"),
        text.replace("1.140.300", "1.140.400"),
    ):
        assert refused(lambda: reading(text + other)).rule == "reading.two_agreements"  # noqa: B023


def test_the_same_text_twice_in_one_file_is_read_once_and_told(reading: Read, text: str) -> None:
    read, once = reading(text + "\f" + text), reading(text)
    assert (read.measures, read.budget_cents) == (once.measures, once.budget_cents)
    assert [one.text for one in read.clauses] == [one.text for one in once.clauses]
    (told,) = [one for one in read.findings if one not in once.findings]
    assert sentence(told) == "Die Datei enthält denselben Text zweimal; gelesen wurde er einmal."


def clause(text: str, first: int, behind: int) -> str:
    return text[text.index(f"§ {first}\n") : text.index(f"§ {behind}\n")]


@pytest.mark.parametrize(("first", "behind"), [(4, 5), (2, 4), (5, 7)])
def test_a_page_that_is_doubled_is_told(reading: Read, text: str, first: int, behind: int) -> None:
    mark = f"§ {behind}\n"
    page = clause(text, first, behind)
    for copy in (page, page.replace("ung", "nng").replace("ie", "le")):
        read = reading(text.replace(mark, copy + mark, 1))
        (told,) = [sentence(one) for one in read.findings if one.place == "clauses"]
        assert "Ist eine Seite doppelt?" in told
        assert not read.evidence["clauses"].certain


def test_pages_that_are_swapped_are_told(reading: Read, text: str) -> None:
    two, three = clause(text, 2, 3), clause(text, 3, 4)
    read = reading(text.replace(two + three, three + two))
    (told,) = [sentence(one) for one in read.findings if one.place == "clauses"]
    assert told == "§ 2 steht hinter § 3: Sind Seiten vertauscht?"
    assert not read.evidence["clauses"].certain


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
    ("written", "offered"),
    [
        ("1,140 Euro", {1_140_00, 1_14}),
        ("1.140.30 Euro", {114_030_00, 1_140_30}),
        ("1.1403.00 Euro", {1_140_300_00, 11_403_00}),
        ("1.140.300 Euro oder 1.150.300 Euro", {1_140_300_00, 1_150_300_00}),
        ("zwischen 1,1 und 1,2 Mio. Euro", {1_100_000_00, 1_200_000_00}),
        ("1.140.300 bis 1.150.300 Euro", {1_140_300_00, 1_150_300_00}),
        ("zwischen 1.140.300 und 1.150.300 Euro", {1_140_300_00, 1_150_300_00}),
        ("1.140.300 Euro zuzüglich 100.000 Euro", {1_140_300_00, 1_240_300_00}),
        ("1.140.300 Euro (zzgl. weiterer 100.000 Euro)", {1_140_300_00, 1_240_300_00}),
        ("1.140.300 Euro und weitere 100.000 Euro", {1_140_300_00, 1_240_300_00}),
        ("1.140.300 Euro abzüglich 100.000 Euro", {1_140_300_00, 1_040_300_00}),
        (
            "1.140.300 Euro (in Worten: eine Million einhundertfünfzigtausenddreihundert Euro)",
            {1_140_300_00, 1_150_300_00},
        ),
    ],
)
def test_an_amount_without_one_reading_stays_open_and_all_are_offered(
    reading: Read, text: str, written: str, offered: set[int]
) -> None:
    read = reading(text.replace("1.140.300 Euro", written))
    assert read.budget_cents is None
    assert set(read.budget_readings) == offered
    assert not read.evidence["budget_cents"].certain
    asked = [sentence(one) for one in read.findings if one.place == "budget_cents"]
    assert asked
    assert all("€ oder " in one for one in asked if "Lesart" in one)


def test_an_amount_in_words_alone_is_read_and_doubted(reading: Read, text: str) -> None:
    words = "eine Million einhundertvierzigtausenddreihundert Euro"
    read = reading(text.replace("1.140.300 Euro", words))
    assert read.budget_cents == 1_140_300_00
    assert not read.evidence["budget_cents"].certain
    assert read.evidence["budget_cents"].quote == words


@pytest.mark.parametrize("written", ["einen Betrag nach Haushaltslage", "0 Euro"])
def test_a_text_without_an_amount_is_refused(reading: Read, text: str, written: str) -> None:
    changed = text.replace("1.140.300 Euro", written)
    assert refused(lambda: reading(changed)).rule == "reading.no_amount"


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


@pytest.mark.parametrize("piece", ["2024 ", "1. ", "12 Plätze; "])
def test_numbers_among_the_measures_are_answered_in_two_seconds(
    reading: Read, text: str, piece: str
) -> None:
    at = text.index("Die Förderung der aufgeführten")
    start = time.process_time()
    with suppress(Refused):
        reading(text[:at] + piece * (60_000 // len(piece)) + "\n" + text[at:])
    assert time.process_time() - start < 2
