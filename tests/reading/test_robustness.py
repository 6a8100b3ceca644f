"""Single faults and writings, each as a scanner or an office would leave it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import jsonschema
import pytest

from tests.reading import generator
from zielwerk.language import sentence
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading, schema

Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def said(year: Year, bodies: list[Body]) -> generator.Truth:
    body = next(body for body in bodies if body.ags == "06440")
    return replace(
        generator.truth(Random(2), year, [body]),
        budget_cents=114_030_000,
        measures=(
            ("training_preparation", "Anlauf! - Erste Schritte"),
            ("qualification", "Küche + Service"),
        ),
        dates=(date(2024, 6, 3), date(2024, 7, 12)),
        names=("Marlene Beispiel", "Konrad Mustermann"),
        offices=("Staatsministerin", "Landrat"),
    )


@pytest.fixture(scope="module")
def text(said: generator.Truth, year: Year) -> str:
    return generator.write(said, year, generator.Layout())


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("written", "certain"),
    [
        ("1.140.300,00 €", True),
        ("1 140 300 EUR", True),
        ("EUR 1.140.300,00", True),
        ("1.140.300,- Euro", True),
        ("1140300 Euro", True),
        ("1. 140. 300 Euro", True),
        ("1.140.300Euro", True),
        (
            "1.140.300 Euro (in Worten: eine Million einhundertvierzigtausenddreihundert Euro)",
            True,
        ),
        ("1.140.300 Euro, davon 90.000 Euro für Sprachförderung,", True),
        ("1.14O.3OO Euro", False),
        ("l.l40.300 Euro", False),
        ("1,140,300 Euro", False),
        ("1.140.300 Ellro", False),
    ],
)
def test_writings_of_the_amount(reading: Read, text: str, written: str, certain: bool) -> None:
    read = reading(changed(text, "1.140.300 Euro", written))
    assert read.budget_cents == 114_030_000
    assert read.evidence["budget_cents"].certain is certain


def test_an_earmark_with_its_amount(reading: Read, text: str) -> None:
    part = "1.140.300 Euro, davon 90.000 Euro für Sprachförderung,"
    read = reading(changed(text, "1.140.300 Euro", part))
    language = next(one for one in read.earmarks if one.code == "language")
    assert (language.amount_cents, language.inside_total) == (9_000_000, "yes")


@pytest.mark.parametrize(
    ("written", "ags", "certain"),
    [
        ("der Stadt Kassel", "06611", True),
        ("dem Magistrat der Stadt Kassel", "06611", True),
        ("der kreisfreien Stadt Kassel", "06611", True),
        ("dem Landkreis Kassel", "06633", True),
        ("dem Kreis Offenbach", "06438", True),
        ("der Stadt Offenbach am Main", "06413", True),
        ("der Stadt Offenbach a. M.", "06413", True),
        ("der Landeshauptstadt Wiesbaden", "06414", True),
        ("der Wissenschaftsstadt Darmstadt", "06411", True),
        ("dem Landkreis Darmstadt -Dieburg", "06432", True),
        ("dem Kreis Gross-Gerau", "06433", True),
        ("dem Landkreis Giessen", "06531", True),
        ("dem Landkrei§ Main -Kinzig -Kreis", "06435", True),
        ("dem Kreisausschuss des Landkreises Fulda", "06631", True),
    ],
)
def test_names_of_bodies(
    reading: Read, text: str, bodies: list[Body], written: str, ags: str, certain: bool
) -> None:
    body, name = next(body for body in bodies if body.ags == ags), written.split(" ", 1)[1]
    named = changed(text, "dem Landkreis Wetteraukreis", written).replace("Wetteraukreis", name)
    seat = body.seat.split(" (")[0]
    office = "Landrat" if body.kind.code == "district" else "Oberbürgermeister"
    read = reading(
        changed(changed(named, "Friedberg, den", f"{seat}, den"), "\nLandrat\n", f"\n{office}\n")
    )
    assert read.region.ags == ags
    assert read.evidence["parties[1].ags"].certain is certain


def test_kassel_alone_is_uncertain(reading: Read, text: str) -> None:
    read = reading(changed(text, "dem Landkreis Wetteraukreis", "dem Kassel"))
    assert read.region.ags in {"06611", "06633"}
    assert not read.evidence["parties[1].ags"].certain


@pytest.mark.parametrize(
    ("written", "read_as", "certain"),
    [
        ("12.07.2024", date(2024, 7, 12), True),
        ("12.7.24", date(2024, 7, 12), True),
        ("12. Juli 2024", date(2024, 7, 12), True),
        ("l2.O7.2024", date(2024, 7, 12), False),
        ("12. Juli 2019", date(2019, 7, 12), False),
        ("12. Juli 2031", date(2031, 7, 12), False),
        ("31.06.2024", None, False),
        ("?2. /uli 20", None, False),
        (".07.2024", None, False),
        ("__________", None, False),
        ("", None, False),
    ],
)
def test_dates_are_read_strictly(
    reading: Read, text: str, written: str, read_as: date | None, certain: bool
) -> None:
    read = reading(changed(text, "12. Juli 2024", written))
    assert read.signatures[1].date == read_as
    assert read.evidence["signatures[1].date"].certain is certain
    asked = {one.place for one in read.findings}
    assert ("signatures[1].date" in asked) is (read_as is None or read_as.year != 2024)


@pytest.mark.parametrize("sign", ["$ 4", "§4", "§  4.", "S 4", "§\u00a04", "§ 4"])
def test_damaged_section_signs(reading: Read, text: str, sign: str) -> None:
    read = reading(changed(text, "§ 4\n\nHaushaltsmittel", f"{sign}\n\nHaushaltsmittel"))
    assert [clause.number for clause in read.clauses][1:] == [f"§ {n}" for n in range(1, 8)]


def test_a_heading_that_lost_its_sign(reading: Read, text: str) -> None:
    read = reading(changed(text, "§ 6\n\nZielsteuerung", "Zielsteuerung"))
    assert [clause.number for clause in read.clauses][-2:] == ["§ 6", "§ 7"]
    assert not read.evidence["clauses[6].number"].certain


def test_a_reference_at_a_line_s_start_is_no_heading(reading: Read, text: str) -> None:
    read = reading(changed(text, "die in § 5 vereinbarten", "die in\n\n§ 5\n\nvereinbarten"))
    assert [clause.number for clause in read.clauses][1:] == [f"§ {n}" for n in range(1, 8)]
    assert len(read.measures) == 2


@pytest.mark.parametrize(
    ("written", "title", "certain"),
    [
        ("Team -Camp", "Team-Camp", True),
        ("Team- Camp", "Team-Camp", True),
        ("Ausbildungs- und Sprachkurs", "Ausbildungs- und Sprachkurs", True),
        ("Wie geht das? — Kurs", "Wie geht das? — Kurs", True),
        ("Schule\u00adn im Ga\u00adrten", "Schulen im Garten", True),
        ("Sprach-\n\nförderung", "Sprachförderung", True),
        ("Menschen mit\n\nMigrationshintergrund", "Menschen mit Migrationshintergrund", True),
        ("Quaiifizierung im Beruf", "Qualifizierung im Beruf", False),
        ("Ausbi1dung Plus", "Ausbildung Plus", False),
        ("Küche für|alle", "Küche für|alle", False),
        ("Sprache fürMenschen", "Sprache fürMenschen", False),
        ("Ausbil dung im Hotel", "Ausbil dung im Hotel", False),
    ],
)
def test_titles_are_healed_and_doubted(
    reading: Read, text: str, written: str, title: str, certain: bool
) -> None:
    read = reading(changed(text, "Küche + Service", written))
    assert read.measures[1].title == title
    assert read.evidence["measures[1].title"].certain is certain


def test_a_lost_bullet_is_reported(reading: Read, text: str) -> None:
    read = reading(changed(text, "• Küche + Service", "• Küche + Service\n\nHolz im Alltag"))
    titles = {measure.title for measure in read.measures}
    assert {"Küche + Service", "Holz im Alltag"} <= titles
    assert not read.evidence["measures"].certain
    assert "reading.measures_unsure" in {one.rule for one in read.findings}


@pytest.mark.parametrize("numerals", ["SGB Il, lll, VIII, Xll", "SGB II, Ill, VlII, XII"])
def test_strokes_are_roman_numerals(reading: Read, text: str, numerals: str) -> None:
    read = reading(changed(text, "SGB II, III, VIII, XII", numerals))
    assert read.legal_areas == ("SGB II", "SGB III", "SGB VIII", "SGB XII", "AsylbLG")


@pytest.mark.parametrize("head", ["2O24", "20 24"])
def test_the_year_is_checked_against_the_text(reading: Read, text: str, head: str) -> None:
    read = reading(changed(text, "Zielvereinbarung\n\n2024", f"Zielvereinbarung\n\n{head}"))
    assert read.year == 2024


def test_two_columns_and_several_signatories(reading: Read, text: str) -> None:
    cut = text.index("Wiesbaden, den")
    columns = (
        "Wiesbaden, den 3. Juni 2024            Friedberg, den 12. Juli 2024\n\n"
        "Marlene Beispiel                       Konrad Mustermann\n\n"
        "Staatsministerin                       Landrat\n"
    )
    read = reading(text[:cut] + columns)
    assert [(one.name, one.place, one.date) for one in read.signatures] == [
        ("Marlene Beispiel", "Wiesbaden", date(2024, 6, 3)),
        ("Konrad Mustermann", "Friedberg", date(2024, 7, 12)),
    ]
    read = reading(text + "\n\ni. V. Erna Probe\n\nErste Kreisbeigeordnete\n")
    assert [(one.party, one.name, one.office) for one in read.signatures][1:] == [
        ("region", "Konrad Mustermann", "Landrat"),
        ("region", "Erna Probe", "Erste Kreisbeigeordnete"),
    ]


def test_an_illegible_name_stays_null(reading: Read, text: str) -> None:
    read = reading(changed(text, "Konrad Mustermann", "K0nr~d M//st"))
    assert read.signatures[1].name is None
    assert "K0nr~d M//st" in read.signatures[1].raw
    assert "reading.name_illegible" in {one.rule for one in read.findings}


def test_the_schema_holds_and_describes_every_field(
    reading: Read, year: Year, bodies: list[Body]
) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    validator.check_schema(schema())
    for number in range(20):
        random = Random(number)
        truth = generator.truth(random, year, bodies)
        read = reading(generator.write(truth, year, generator.layout(random)))
        found = read.as_json(lambda finding: sentence(finding, "en"))
        validator.validate(found)
        assert set(found["confidence"]) == set(read.evidence)
    assert all(" / " in one["description"] for one in schema()["properties"].values())
