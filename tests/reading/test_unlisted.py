"""Measures that no list names: in a sentence, line by line, in a table; amounts of their types."""

from dataclasses import replace

import pytest

from tests.reading.test_listed import CAMP, KIND, WOOD, Read
from tests.reading.test_listed import text as text
from zielwerk.reading.agreement import Reading


def unlisted(text: str, body: str) -> str:
    """The text with a clause on measures that has no heading of their types."""
    start = text.index("in den Maßnahmenarten")
    end = text.index("Die Förderung der aufgeführten")
    return f"{text[:start]}{body}\n\n{text[end:]}"


@pytest.mark.parametrize(
    "body",
    [
        "folgende Projekte: Kompass-Camp (16 Plätze, 84.500 Euro) und Jugendwerkstatt Holz (12 "
        "Plätze; 60.000 Euro).",
        "die Maßnahmen Kompass-Camp (84.500 Euro; 16 TN), Jugendwerkstatt Holz (60.000 Euro; 12 "
        "TN).",
        "folgende Projekte:\n\nKompass-Camp (16 Plätze, 84.500 Euro)\n\n"
        "Jugendwerkstatt Holz (12 Plätze, 60.000 Euro)",
    ],
)
def test_measures_in_a_sentence_or_line_by_line_are_read_in_doubt(
    reading: Read, text: str, body: str
) -> None:
    read = reading(unlisted(text, body))
    assert read.measures == (replace(CAMP, type=None), replace(WOOD, type=None))
    for path in ("measures", "measures[0].title", "measures[1].type"):
        assert not read.evidence[path].certain
    assert "reading.no_measures" not in [one.rule for one in read.findings]


def test_names_alone_in_a_sentence_are_measures_and_a_type_before_a_colon_is_theirs(
    reading: Read, text: str
) -> None:
    read = reading(unlisted(text, "folgende Projekte: Kompass-Camp, Lager im Griff und Nähstube."))
    assert [one.title for one in read.measures] == ["Kompass-Camp", "Lager im Griff", "Nähstube"]
    typed = "in zwei Arten. Ausbildungsvorbereitung: Kompass-Camp (16 Plätze). Qualifizierungs"
    read = reading(unlisted(text, f"die Projekte {typed}projekte: Lager (8 Plätze)."))
    assert [(one.type, one.title) for one in read.measures] == [
        (KIND, "Kompass-Camp"), ("qualification", "Lager"),
    ]  # fmt: skip


def test_a_sentence_about_measures_names_none(reading: Read, text: str) -> None:
    read = reading(unlisted(text, "die Maßnahmen, die beide Seiten beraten haben."))
    assert read.measures == ()
    assert "reading.no_measures" in [one.rule for one in read.findings]


@pytest.mark.parametrize("bar", ["", "|"])
def test_a_table_without_headings_is_read_and_its_column_may_tell_the_type(
    reading: Read, text: str, bar: str
) -> None:
    rows = [
        ("Maßnahmenart", "Maßnahme", "Plätze", "Betrag in Euro"),
        ("Ausbildungsvorbereitung", "Kompass-Camp", "16", "84.500,00"),
        ("Ausbildung und Coach", "Jugendwerkstatt Holz", "12", "60.000,00"),
    ]
    joined = [f"{bar} {f'  {bar}  '.join(row)} {bar}" for row in rows]
    if bar:
        joined.insert(1, "|---|---|---|---|")
    read = reading(unlisted(text, "folgende Projekte:\n\n" + "\n\n".join(joined)))
    assert read.measures == (CAMP, replace(WOOD, type=None))
    assert read.evidence["measures[0].type"].certain
    assert not read.evidence["measures[1].type"].certain
    assert "Maßnahmenart" in read.evidence["measures[1].type"].reason
    plain = [" | ".join(row[1:]) for row in rows]
    read = reading(unlisted(text, "folgende Projekte:\n\n" + "\n\n".join(plain)))
    assert [one.title for one in read.measures] == ["Kompass-Camp", "Jugendwerkstatt Holz"]
    assert not read.evidence["measures[0].type"].certain
    assert not any("stray" in one.rule for one in read.findings)


@pytest.mark.parametrize("beside", ["{} Euro", "– {} Euro", "({} Euro; 40 Plätze)", ": EUR {}"])
def test_an_amount_beside_a_type_keeps_the_type_and_is_compared(
    reading: Read, text: str, beside: str
) -> None:
    def read(one: str, other: str) -> Reading:
        start = text.index("Ausbildungsvorbereitung\n")
        end = text.index("Die Förderung der aufgeführten")
        body = (
            f"Ausbildungsvorbereitung {beside.format(one)}\n• Kompass-Camp\n\n"
            f"Qualifizierungsprojekte {beside.format(other)}\n• Lager im Griff\n\n"
        )
        return reading(f"{text[:start]}{body}{text[end:]}")

    right, wrong = read("100.000", "44.500"), read("100.000", "40.000")
    assert [(one.type, one.title) for one in right.measures] == [
        (KIND, "Kompass-Camp"), ("qualification", "Lager im Griff"),
    ]  # fmt: skip
    assert all(right.evidence[f"measures[{i}].type"].certain for i in range(2))
    assert right.evidence["budget_cents"].certain
    assert not wrong.evidence["budget_cents"].certain
    assert "reading.types_differ" in [one.rule for one in wrong.findings]
