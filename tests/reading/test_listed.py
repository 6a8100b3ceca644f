"""Lists of measures as offices write them: amounts, seats, places and targets, and what is none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.reading import generator
from tests.reading.conftest import read_text
from zielwerk.language import sentence
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading
from zielwerk.reading.model import Measure
from zielwerk.recognition.lessons import lessons, parsed

Read = Callable[[str], Reading]
KIND = "training_preparation"
TWO = ((KIND, "Kompass-Camp"), (KIND, "Jugendwerkstatt Holz"))


@pytest.fixture(scope="module")
def text(year: Year, bodies: list[Body]) -> str:
    said = replace(
        generator.truth(Random(3), year, bodies),
        budget_cents=144_500_00,
        measures=TWO,
        dates=(date(2024, 6, 3), date(2024, 7, 12)),
    )
    return generator.write(said, year, generator.Layout())


def listed(text: str, lines: str) -> str:
    start = text.index("• Kompass-Camp")
    end = text.index("Die Förderung der aufgeführten")
    return f"{text[:start]}{lines}\n{text[end:]}"


def rules(read: Reading) -> list[str]:
    return [one.rule for one in read.findings if one.place == "measures"]


CAMP = Measure(KIND, "Kompass-Camp", 84_500_00, 16)
WOOD = Measure(KIND, "Jugendwerkstatt Holz", 60_000_00, 12)


@pytest.mark.parametrize(
    "lines",
    [
        "• Kompass-Camp (16 Plätze; 84.500 Euro)\n• Jugendwerkstatt Holz (12 Plätze; 60.000 Euro)",
        "• Kompass-Camp, 16 TN, 84.500,00 €\n• Jugendwerkstatt Holz, 12 TN, 60.000,00 €",
        "• Kompass-Camp – 16 Plätze – 84.500 EUR\n• Jugendwerkstatt Holz – 12 Plätze – 60.000 EUR",
        "• Kompass-Camp mit 16 Plätzen: 84.500 €\n• Jugendwerkstatt Holz mit 12 Plätzen: 60.000 €",
        "• Kompass-Camp\n  (16 Plätze; 84.500 Euro)\n• Jugendwerkstatt Holz\n"
        "  (12 Plätze; 60.000 Euro)",
        "• Kompass-Camp: 84.500 Euro für 16 Teilnehmende\n"
        "• Jugendwerkstatt Holz: 60.000 Euro für 12 Teilnehmende",
        "Maßnahme                     Plätze        Betrag in Euro\n"
        "Kompass-Camp                     16             84.500,00\n"
        "Jugendwerkstatt Holz             12             60.000,00",
        "| Nr. | Maßnahme | Plätze | Fördersumme |\n|---|---|---|---|\n"
        "| 1 | Kompass-Camp | 16 | 84.500 € |\n| 2 | Jugendwerkstatt Holz | 12 | 60.000 € |",
        "Kompass-Camp            16 Plätze          84.500 Euro\n"
        "Jugendwerkstatt Holz    12 Plätze          60.000 Euro\n"
        "Summe                                     144.500 Euro",
    ],
)
def test_amounts_and_seats_wherever_they_stand(reading: Read, text: str, lines: str) -> None:
    read = reading(listed(text, lines))
    assert read.measures == (CAMP, WOOD)
    assert read.budget_cents == 144_500_00
    doubted = [path for path, one in read.evidence.items() if not one.certain]
    assert [path for path in doubted if path.startswith("measures")] == []
    assert rules(read) == []


def test_cells_of_a_table_that_are_empty_or_go_on_below(reading: Read, text: str) -> None:
    lines = (
        "Nr.  Maßnahme                Plätze   Ort         Betrag\n"
        "1    Kompass-Camp            16       Friedberg   84.500 Euro\n"
        "2    Jugendwerkstatt Holz    12                   40.000 Euro\n"
        "3    Sprungbrett\n"
        "     in den Beruf            8        Butzbach    20.000 Euro\n"
        "Summe                        36                   144.500 Euro\n"
    )
    read = reading(listed(text, lines))
    assert read.measures == (
        replace(CAMP, place="Friedberg"),
        replace(WOOD, amount_cents=40_000_00),
        Measure(KIND, "Sprungbrett in den Beruf", 20_000_00, 8, "Butzbach"),
    )
    certain = [read.evidence[f"measures[{i}].title"].certain for i in range(3)]
    assert certain == [True, True, False]  # the last one stands on two lines
    assert read.evidence["budget_cents"].certain


@pytest.mark.parametrize(
    "lines",
    [
        "Maßnahme     | Plätze | Betrag\nKompass-Camp | 16 | 84.500 Euro\n"
        "Jugendwerkstatt Holz |    |\n",
        "| Nr. | Maßnahme | Plätze | Betrag |\n|---|---|---|---|\n"
        "| 1 | Kompass-Camp | 16 | 84.500 € |\n| 2 | Jugendwerkstatt Holz | | |\n",
    ],
)
def test_bars_of_a_table_are_no_damage_and_an_empty_cell_says_nothing(
    reading: Read, text: str, lines: str
) -> None:
    read = reading(listed(text, lines))
    assert read.measures == (CAMP, Measure(KIND, "Jugendwerkstatt Holz"))
    paths = [path for path in read.evidence if path.startswith(("measures", "clauses"))]
    assert [path for path in paths if not read.evidence[path].certain] == []


def test_a_cell_that_may_be_of_two_columns_is_a_doubt(reading: Read, text: str) -> None:
    lines = (
        "Maßnahme               Ort       Ziel        Plätze\n"
        "Kompass-Camp           Hanau                 16\n"
        "Jugendwerkstatt Holz   Nidda     Abschluss   12\n"
    )
    read = reading(listed(text, lines))
    assert [(one.title, one.place, one.seats) for one in read.measures] == [
        ("Kompass-Camp", "Hanau", 16),
        ("Jugendwerkstatt Holz", "Nidda", 12),
    ]
    assert not read.evidence["measures[0].place"].certain
    assert read.evidence["measures[1].place"].certain


@pytest.mark.parametrize("price", ["je 5.000 Euro", "5.000 Euro je Platz", "5.000 €/Teilnehmer"])
def test_an_amount_for_each_of_several_is_no_certain_amount(
    reading: Read, text: str, price: str
) -> None:
    read = reading(text.replace("• Kompass-Camp", f"• Kompass-Camp – 16 Plätze, {price}"))
    assert read.measures[0].seats == 16
    assert not read.evidence["measures[0].amount_cents"].certain


def test_seats_from_to_are_no_age(reading: Read, text: str) -> None:
    read = reading(text.replace("Kompass-Camp", "Kompass-Camp mit 16 bis 20 Plätzen"))
    assert "reading.age_group" not in [one.rule for one in read.findings]
    assert not read.evidence["measures[0].seats"].certain


def test_places_and_targets(reading: Read, text: str) -> None:
    lines = (
        "| Projekt | Ort | Ziel |\n| Kompass-Camp | Hanau | 10 Vermittlungen |\n"
        "| Jugendwerkstatt Holz | Büdingen | – |\n"
    )
    read = reading(listed(text, lines))
    assert [(one.place, one.target) for one in read.measures] == [
        ("Hanau", "10 Vermittlungen"),
        ("Büdingen", None),
    ]
    said = "• Kompass-Camp (Ort: Hanau; Ziel: 60 % in Ausbildung)\n• Jugendwerkstatt Holz"
    first, second = reading(listed(text, said)).measures
    assert (first.title, first.place, first.target) == (
        "Kompass-Camp",
        "Hanau",
        "60 % in Ausbildung",
    )
    assert (second.place, second.target, second.amount_cents) == (None, None, None)


@pytest.mark.parametrize(
    "title",
    [
        "Kurs für 20 Personen",
        "Startgeld 500 Euro",
        "Mein Ziel: Ausbildung",
        "Coaching vor Ort: Was kann ich?",
        "Aktiv ab 50",
    ],
)
def test_what_may_belong_to_the_title_stays_in_it(reading: Read, text: str, title: str) -> None:
    read = reading(text.replace("Kompass-Camp", title))
    assert read.measures[0].title == title
    for name in ("amount_cents", "seats", "place", "target"):
        said = getattr(read.measures[0], name)
        assert said is None or not read.evidence[f"measures[0].{name}"].certain


def test_amounts_that_are_not_the_sum_below_them_are_doubted(reading: Read, text: str) -> None:
    lines = "• Kompass-Camp: 84.500 Euro\n• Jugendwerkstatt Holz: 60.000 Euro\nSumme: 150.000 Euro"
    read = reading(listed(text, lines))
    assert [one.title for one in read.measures] == [title for _, title in TWO]
    assert rules(read) == ["reading.list_sum_differs"]
    (asked,) = (one for one in read.findings if one.rule == "reading.list_sum_differs")
    assert "144.500,00" in sentence(asked)
    assert "150.000,00" in sentence(asked)
    assert not read.evidence["measures[0].amount_cents"].certain


@pytest.mark.parametrize(
    "line",
    ["EINGEGANGEN 12. Juli 2024", "12. Juli 2024", "gez. Müller", "/j 6ke //o~rf", "KOPIE"],
)
def test_stamps_and_handwriting_are_told_and_no_measure(
    reading: Read, text: str, line: str
) -> None:
    read = reading(listed(text, f"• Kompass-Camp\n{line}\n• Jugendwerkstatt Holz"))
    assert [one.title for one in read.measures] == [title for _, title in TWO]
    assert "reading.stray_line" in rules(read)
    assert not read.evidence["measures"].certain


def test_a_doubled_line_is_told_and_one_measure(reading: Read, text: str) -> None:
    read = reading(listed(text, "• Kompass-Camp\n• Kompass-Camp\n• Jugendwerkstatt Holz"))
    assert [one.title for one in read.measures] == [title for _, title in TWO]
    assert "reading.doubled_line" in rules(read)
    assert not read.evidence["measures"].certain


def test_two_columns(reading: Read, text: str) -> None:
    """Items side by side are items; other words side by side are doubted."""
    side = "- Kompass-Camp                    - Jugendwerkstatt Holz"
    assert [one.title for one in reading(listed(text, side)).measures] == [t for _, t in TWO]
    lines = "• Kompass-Camp            Die Mittel stehen bereit\n• Jugendwerkstatt Holz"
    read = reading(listed(text, lines))
    assert not read.evidence["measures[0].title"].certain
    assert not read.evidence["measures"].certain


@pytest.mark.parametrize("mark", ["· ", "* ", "e ", "« ", "© ", "●"])
def test_a_mark_that_recognition_varies_costs_nothing(reading: Read, text: str, mark: str) -> None:
    lines = f"• Kompass-Camp\n• Plan B\n{mark}Jugendwerkstatt Holz\n• 2. Chance"
    read = reading(listed(text, lines))
    assert [one.title for one in read.measures] == [
        "Kompass-Camp", "Plan B", "Jugendwerkstatt Holz", "2. Chance",
    ]  # fmt: skip
    assert read.evidence["measures"].certain
    assert all(read.evidence[f"measures[{i}].title"].certain for i in range(4))


def test_a_heading_that_is_doubled_is_no_second_agreement(reading: Read, text: str) -> None:
    for line in ("zwischen", "Präambel", "§ 3\n\nUmsetzung der UN-Behindertenrechtskonvention"):
        assert line in text
        assert len(reading(text.replace(line, f"{line}\n\n{line}")).measures) == 2


def test_what_corrections_taught_is_used(reading: Read, text: str, year: Year) -> None:
    """A name is certain though the text has faults; a confusion is mended, and doubted."""
    said = text.replace("Kompass-Camp", "Jobfux am Morgen").replace("Holz", "Hotlz")
    said = said.replace("Präambel", "Präambel\n\nDic Arbcit dcr Mcnschcn.", 1)
    table = lessons(parsed("Jobfux\nHotlz -> Holz\n"))
    before, after = reading(said), read_text(said, lessons=table)
    assert [one.title for one in before.measures] == ["Jobfux am Morgen", "Jugendwerkstatt Hotlz"]
    assert [one.title for one in after.measures] == ["Jobfux am Morgen", "Jugendwerkstatt Holz"]
    assert not before.evidence["measures[0].title"].certain
    assert after.evidence["measures[0].title"].certain
    assert not after.evidence["measures[1].title"].certain


@pytest.mark.parametrize(
    ("sentence", "cents", "seats"),
    [
        ("Für das Kompass-Camp stehen 84.500 Euro bereit.", 84_500_00, None),
        ("Im Kompass-Camp lernen 16 Teilnehmende, es kostet 84.500 Euro.", 84_500_00, 16),
        ("Das Kompass-Camp hat zwei Gruppen zu je 8.", None, None),
    ],
)
def test_what_a_sentence_says_is_read_and_doubted(
    reading: Read, text: str, sentence: str, cents: int | None, seats: int | None
) -> None:
    read = reading(text.replace("Die Förderung der auf", f"{sentence} Die Förderung der auf"))
    camp, wood = read.measures
    assert (camp.amount_cents, camp.seats) == (cents, seats)
    doubted = [read.evidence[f"measures[0].{name}"].certain for name in ("amount_cents", "seats")]
    assert not all(doubted)
    assert (wood.amount_cents, wood.seats) == (None, None)
    assert read.evidence["measures[1].amount_cents"].certain
    assert read.evidence["measures[1].seats"].certain


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("EINGEGANGEN 12. Juli 2024", "reading.stray_line"),
        ("/j 6ke //o~rf", "reading.stray_line"),
        ("Arbeit ist ein Teil der Teilhabe. Menschen", "reading.doubled_line"),
    ],
)
def test_what_stands_between_sentences_is_told_and_stays(
    reading: Read, text: str, line: str, rule: str
) -> None:
    start = text.index("Arbeit ist ein Teil der Teilhabe.")
    said = text[:start] + f"{line}\n{line}\n" * (rule != "reading.stray_line") + text[start:]
    if rule == "reading.stray_line":
        end = text.index("\n", start)
        said = f"{text[:end]}\n{line}{text[end:]}"
    read = reading(said)
    assert [(one.rule, one.place) for one in read.findings if one.rule == rule] == [(rule, "§ 3")]
    assert line in read.clauses[3].text
    assert not read.evidence["clauses[3].text"].certain


@pytest.mark.parametrize(
    "title",
    [
        "2. Chance",
        "Plan B",
        "Ferienjob",
        "Fit4Job",
        "Sicherheit nach § 34a",
        "Altenpflegehelfer:innen-Kurs",
        "Pflegehelfer/in",
        "Kompetenzwerkstatt 27+",
        "Wärmepumpe und Co.",
        "Ankommen. Bleiben. Arbeiten.",
        "Work & Learn",
        "Klasse 8b",
    ],
)
def test_a_correct_title_is_certain(reading: Read, text: str, title: str) -> None:
    read = reading(text.replace("Kompass-Camp", title))
    assert read.measures[0].title == title
    assert read.evidence["measures[0].title"].certain, read.evidence["measures[0].title"]


@pytest.mark.parametrize("written", ["16 bis 20 Plätze", "rund 16 Plätze", "2 Kurse à 16 Plätze"])
def test_seats_that_are_left_open_are_doubted(reading: Read, text: str, written: str) -> None:
    read = reading(listed(text, f"• Kompass-Camp ({written})\n• Jugendwerkstatt Holz (12 Plätze)"))
    assert not read.evidence["measures[0].seats"].certain
    assert (read.measures[1].seats, read.evidence["measures[1].seats"].certain) == (12, True)


@pytest.mark.parametrize("written", ["bis zu 84.500 Euro", "84.500 Euro pro Jahr", "rund 84.500 €"])
def test_an_amount_beside_a_title_that_is_left_open_is_doubted(
    reading: Read, text: str, written: str
) -> None:
    read = reading(listed(text, f"• Kompass-Camp ({written})\n• Jugendwerkstatt Holz (60.000 €)"))
    assert not read.evidence["measures[0].amount_cents"].certain
    assert read.evidence["measures[1].amount_cents"].certain


def test_a_title_whose_bracket_stays_open_is_doubted(reading: Read, text: str) -> None:
    read = reading(listed(text, "• Nachhilfe (6 Monate, 16 Plätze, Büdingen)\n• Holz (12 Plätze)"))
    assert read.measures[0].seats == 16
    assert not read.evidence["measures[0].title"].certain


@pytest.mark.parametrize("title", ["Zusammen wachsen", "Gesamtpaket Pflege", "Summe der Talente"])
def test_a_title_that_begins_like_a_total_is_a_measure(
    reading: Read, text: str, title: str
) -> None:
    read = reading(listed(text, f"• Kompass-Camp: 84.500 Euro\n• {title}: 60.000 Euro"))
    assert [one.title for one in read.measures] == ["Kompass-Camp", title]
    assert read.measures[1].amount_cents == 60_000_00


TABLE = "Maßnahme              Plätze     Betrag in Euro\n"
ROWS = (
    "Kompass-Camp             16             84.500,00\n"
    "Jugendwerkstatt Holz     12             60.000,00\n"
)
BARS = "| Maßnahme | Plätze | Betrag |\n|---|---|---|\n"
BARRED = "| Kompass-Camp | 16 | 84.500 € |\n| Jugendwerkstatt Holz | 12 | 60.000 € |\n"


@pytest.mark.parametrize(
    "lines",
    [
        f"{TABLE}{ROWS}Gesamt                   28            144.500,00",
        f"{BARS}{BARRED}| Summe | 28 | 144.500 € |",
    ],
)
def test_the_last_row_of_a_table_is_its_sum(reading: Read, text: str, lines: str) -> None:
    read = reading(listed(text, lines))
    assert list(read.measures) == [CAMP, WOOD]
    assert all(read.evidence[f"measures[{i}].amount_cents"].certain for i in range(2))
    assert not rules(read)


@pytest.mark.parametrize(
    "camp",
    [
        "• Kompass-Camp (entfällt)",
        "• Kompass-Camp – gestrichen",
        "• ~~Kompass-Camp~~",
        "• Kompass-Camp (16 Plätze), wird nicht durchgeführt",
        "• Kompass-Camp (optional, noch offen)",
        "Folgende Maßnahmen entfallen:\n• Kompass-Camp",
    ],
)
def test_a_measure_that_is_said_to_fall_is_doubted_with_the_reason(
    reading: Read, text: str, camp: str
) -> None:
    read = reading(listed(text, f"• Jugendwerkstatt Holz\n• Lager im Griff\n{camp}"))
    *others, fallen = (read.evidence[f"measures[{i}].title"] for i in range(3))
    assert "Kompass-Camp" in read.measures[2].title
    assert not fallen.certain
    assert "entfällt" in fallen.reason
    assert all(one.certain for one in others)


def test_a_sentence_may_say_that_a_measure_falls(reading: Read, text: str) -> None:
    said = "Auf die Jugendwerkstatt Holz entfallen 60.000 Euro. Kompass-Camp entfällt. Die Förd"
    read = reading(text.replace("Die Förd", said, 1))
    camp, wood = (read.evidence[f"measures[{i}].title"] for i in range(2))
    assert (camp.certain, wood.certain) == (False, True)
    assert "entfällt" in camp.reason


@pytest.mark.parametrize(
    "beside", ["(zwischen 10.000 und 20.000 Euro)", "(10.000 bis 20.000 Euro)", "– 10.000-20.000 €"]
)
def test_an_amount_from_to_beside_a_measure_is_open(reading: Read, text: str, beside: str) -> None:
    read = reading(listed(text, f"• Kompass-Camp {beside}\n• Jugendwerkstatt Holz"))
    assert read.measures[0].title == "Kompass-Camp"
    assert read.measures[0].amount_cents is None
    assert not read.evidence["measures[0].amount_cents"].certain


def test_a_column_of_thousands_is_not_read_as_euros(reading: Read, text: str) -> None:
    table = "Maßnahme              Betrag (T€)\nKompass-Camp          84,5\nWerkstatt Holz     60"
    read = reading(listed(text, table))
    assert [one.amount_cents for one in read.measures] == [None, None]
    assert not read.evidence["measures[0].amount_cents"].certain


@pytest.mark.parametrize("title", ["PerspektivE", "FairPlay 2.0", "MINT & Co.", "Fit + Fair"])
def test_old_spelling_and_capitals_are_no_faults_that_doubt_a_title(
    reading: Read, text: str, title: str
) -> None:
    old = "Es muß gelten, daß die MASSNAHMEN bewußt FÖRDERN. Die Förderung der aufgeführten"
    written = listed(text, f"• {title}\n• Jugendwerkstatt Holz")
    read = reading(written.replace("Die Förderung der aufgeführten", old, 1))
    assert read.measures[0].title == title
    assert read.evidence["measures[0].title"].certain
    assert not [one for one in read.proposals if one.before in old]
