"""Documents as other bodies, offices and scanners would write them, from small pieces."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.reading import generator
from zielwerk.language import sentence
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading
from zielwerk.rulebook.refusal import Refused

Read = Callable[[str], Reading]

PREPARATION, QUALIFICATION = "training_preparation", "qualification"
ITEMS = (
    (PREPARATION, "Ausbildungsvorbereitung Plus"),
    (PREPARATION, "Startklar 2024/25 (2. Durchgang)"),
    (PREPARATION, "Fit für den Beruf? Ja!"),
    (QUALIFICATION, "Pflege, Hauswirtschaft und Küche"),
    (QUALIFICATION, "Deutsch B1/B2 + Beruf"),
)
ENDS = "Wiesbaden, den 3. Juni 2024\nMarlene Beispiel\nStaatsministerin\n"
OTHER_END = "Friedberg, den 12. Juli 2024\nKonrad Mustermann\nLandrat\n"


@pytest.fixture(scope="module")
def text(year: Year, bodies: list[Body]) -> str:
    body = next(body for body in bodies if body.ags == "06440")
    said = replace(
        generator.truth(Random(3), year, [body]),
        budget_cents=114_030_000,
        measures=ITEMS,
        dates=(date(2024, 6, 3), date(2024, 7, 12)),
        names=("Marlene Beispiel", "Konrad Mustermann"),
        offices=("Staatsministerin", "Landrat"),
    )
    return generator.write(said, year, generator.Layout())


def listed(read: Reading) -> tuple[tuple[str | None, str], ...]:
    return tuple((measure.type, measure.title) for measure in read.measures)


def remarked(text: str, mark: Callable[[int], str]) -> str:
    """Give the items of the list other marks."""
    numbers = iter(range(1, 100))
    return re.sub(r"(?m)^• ", lambda match: mark(next(numbers)), text)


@pytest.mark.parametrize(
    "mark",
    [
        lambda n: "> ",
        lambda n: "+ ",
        lambda n: "→ ",
        lambda n: "•\n",
        lambda n: f"({n}) ",
        lambda n: f"5.{n} ",
        lambda n: f"{'abcdefgh'[n - 1]}) ",
    ],
)
def test_every_kind_of_mark(reading: Read, text: str, mark: Callable[[int], str]) -> None:
    """A title that begins like a heading stays a title."""
    read = reading(remarked(text, mark))
    assert listed(read) == ITEMS
    assert read.evidence["measures"].certain


@pytest.mark.parametrize("number", ["{}. ", "{}) "])
def test_numbered_headings_are_no_measures(reading: Read, text: str, number: str) -> None:
    for count, head in enumerate(("Ausbildungsvorbereitung", "Qualifizierungsprojekte"), 1):
        text = re.sub(rf"(?m)^{head}(?! Plus)", number.format(count) + head, text, count=1)
    read = reading(text)
    assert listed(read) == ITEMS
    assert read.evidence["measures"].certain


def test_a_mark_of_another_kind_is_doubted(reading: Read, text: str) -> None:
    """A module below a measure, or a title that goes on with a dash: nobody can tell."""
    for line in ("- Modul Holz", "— Wie geht das?", "o Metall"):
        read = reading(text.replace("• Fit für", f"{line}\n\n• Fit für"))
        assert not read.evidence["measures"].certain
        assert not read.evidence["measures[1].title"].certain


def test_a_type_without_a_measure(reading: Read, text: str) -> None:
    label = "Ausbildung und Ausbildungscoaching in anerkannten Ausbildungsberufen"
    head = text.index("Qualifizierungsprojekte", text.index("• Fit"))
    for nothing in ("keine", "entfällt", "–", "• keine Maßnahmen"):
        read = reading(f"{text[:head]}{label}\n\n{nothing}\n\n{text[head:]}")
        assert listed(read) == ITEMS
        assert read.evidence["measures"].certain


@pytest.mark.parametrize("every", [13, 17, 22, 31])
@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Zielvereinbarung 2024 – Wetteraukreis  Seite {0} von 9", ""),
        ("Zielvereinbarung AQB 2024", "Wetteraukreis / HMSI              {0}/9"),
        ("Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales", "- {0} -"),
    ],
)
def test_heads_and_feet_of_pages(
    reading: Read, text: str, every: int, head: str, foot: str
) -> None:
    lines = [line for line in text.split("\n") if line]
    pages = [lines[at : at + every] for at in range(0, len(lines), every)]
    printed = "\f".join(
        "\n".join([head.format(number) if number > 1 else "", *page, foot.format(number)])
        for number, page in enumerate(pages, 1)
    )
    read = reading(printed)
    assert listed(read) == ITEMS
    assert [one.date for one in read.signatures] == [date(2024, 6, 3), date(2024, 7, 12)]
    assert read.evidence["measures"].certain
    left = re.compile(r"Seite \d|AQB 2024$|/ HMSI|\d/9")
    assert not any(left.search(clause.text) for clause in read.clauses)


@pytest.mark.parametrize(
    "title",
    [
        "Das grüne Projet",
        "Soziale Sichrung",
        "U-2S Robotik",
        "Team —Camp",
        "GaLa+Sprache-Das Projekt",
        "Küche +Service",
        "U-25Robotik",
        "Küche - Garten — Haus",
        "Führers-chein",
    ],
)
def test_titles_that_may_be_misread_are_doubted(reading: Read, text: str, title: str) -> None:
    read = reading(text.replace("Fit für den Beruf? Ja!", title))
    assert len(read.measures) == len(ITEMS)
    assert not read.evidence["measures[2].title"].certain


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("1.140.3 00 Euro", 114_030_000),
        ("1140.300 Euro", 114_030_000),
        ("1.140..300 Euro", 114_030_000),
        ("|.140.300 Euro", 114_030_000),
        ("1.140.300 E uro", 114_030_000),
        ("1.140 300 Euro", None),
        ("1.140,300 Euro", None),
    ],
)
def test_odd_amounts(reading: Read, text: str, written: str, cents: int | None) -> None:
    odd = text.replace("1.140.300 Euro", written)
    read = reading(odd)
    assert read.budget_cents == cents
    assert bool(read.budget_readings) is (cents is None)
    assert read.evidence["budget_cents"].certain is written.endswith("E uro")


def test_money_in_a_title_is_no_budget(reading: Read, text: str) -> None:
    lost = text.replace("1.140.300 Euro", "den Betrag").replace("Ja!", "Startgeld 500 Euro")
    with pytest.raises(Refused) as caught:
        reading(lost)
    assert caught.value.refusals[0].rule == "reading.no_amount"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("12. Sept. 2024", date(2024, 9, 12)),
        ("12. Jul 2024", date(2024, 7, 12)),
        ("2024-07-12", date(2024, 7, 12)),
        ("den 12.7.2024", date(2024, 7, 12)),
        ("Nr. 12.7.2024", None),
    ],
)
def test_further_dates(reading: Read, text: str, written: str, read_as: date | None) -> None:
    read = reading(text.replace("12. Juli 2024", written))
    assert read.signatures[1].date == read_as
    assert read.evidence["signatures[1].date"].certain is (read_as is not None)


@pytest.mark.parametrize(
    "line",
    [
        "WIESBADEN, DEN 3. JUNI 2024",
        "65187 Wiesbaden, den 3. Juni 2024",
        "Wiesbaden, denn 3. Juni 2024",
        "W1esbaden, den 3. Juni 2024",
        "Wiesbaden, Juni 2024",
    ],
)
def test_a_damaged_line_of_place_and_date_loses_no_signature(
    reading: Read, text: str, line: str
) -> None:
    cut = text.index("Wiesbaden, den")
    read = reading(text[:cut] + ENDS.replace("Wiesbaden, den 3. Juni 2024", line) + OTHER_END)
    assert [one.name for one in read.signatures] == ["Marlene Beispiel", "Konrad Mustermann"]
    assert "WIESBADEN" not in read.clauses[-1].text.upper()


def test_offices_as_they_are_written(reading: Read, text: str) -> None:
    cut = text.index("Wiesbaden, den")
    above = (
        "Wiesbaden, den 3. Juni 2024\nDie Staatsministerin\nMarlene Beispiel\n"
        "Friedberg, den 12. Juli 2024\nKonrad Mustermann\nLandratdes Wetteraukreises\n"
    )
    long = ENDS.replace("ministerin", "ministerin für Arbeit, Integration, Jugend und Soziales")
    for end in (above, long + OTHER_END):
        read = reading(text[:cut] + end)
        assert [(one.name, one.office) for one in read.signatures] == [
            ("Marlene Beispiel", "Staatsministerin"),
            ("Konrad Mustermann", "Landrat"),
        ]


@pytest.mark.parametrize("share", range(5, 90, 5))
def test_what_breaks_off_before_its_end_is_refused(reading: Read, text: str, share: int) -> None:
    end = text.index("• Deutsch") * share // 90
    with pytest.raises(Refused) as caught:
        reading(text[:end])
    refusal = caught.value.refusals[0]
    assert refusal.rule in {"reading.cut_off", "reading.no_agreement", "reading.no_body"}
    assert "{" not in sentence(refusal)


@pytest.mark.parametrize("title", ["Pressemitteilung", "Zuwendungsbescheid", "Rechnung"])
def test_another_document_is_named(reading: Read, text: str, title: str) -> None:
    with pytest.raises(Refused) as caught:
        reading(title + "\n" + text.replace("Zielvereinbarung\n", "zur Zielvereinbarung:\n", 1))
    assert caught.value.refusals[0].rule == "reading.other_document"
    assert title in sentence(caught.value.refusals[0])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n\n"),
        lambda text: re.sub("\n+", "\n", text),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("• ", "•\t").replace("§ ", "§\u00a0"),
        lambda text: re.sub(r"§ (\d)\n+", r"§ \1 – ", text),
        lambda text: re.sub(r"(?m)^§ (\d)$", r"£ \1", text),
    ],
)
def test_layouts(reading: Read, text: str, change: Callable[[str], str]) -> None:
    read = reading(change(text))
    assert listed(read) == ITEMS
    assert [clause.number for clause in read.clauses][1:] == [f"§ {n}" for n in range(1, 8)]
