"""Who signed, where and when, in all the writings that offices have."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from tests.reading import generator
from zielwerk.packs.model import Body, Year
from zielwerk.reading.agreement import Reading
from zielwerk.reading.days import read_day
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.calendar import Period

Read = Callable[[str], Reading]
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
MINISTRY = "Wiesbaden, den 3. Juni 2024\n\nMarlene Beispiel\n\nStaatsministerin\n\n"


@pytest.fixture(scope="module")
def unsigned(year: Year, bodies: list[Body]) -> str:
    """An agreement of the Stadt Kassel up to its signatures."""
    body = next(body for body in bodies if body.ags == "06611")
    said = generator.truth(Random(2), year, [body])
    text = generator.write(said, year, generator.Layout())
    return text[: text.index("Wiesbaden, den")] + MINISTRY


@pytest.mark.parametrize(
    "written",
    [
        "12.07.2024", "12.7.24", "12. 07. 2024", "12.07.2024.", "12/07/2024", "12-07-2024",
        "2024-07-12", "12.VII.2024", "12. Juli 2024", "12.Juli 2024", "12 Juli 2024",
        "12. JULI 2024", "12. Jul. 2024", "12. Juli 24", "12. Juli '24", "12ten Juli 2024",
        "Freitag, 12. Juli 2024", "Freitag, den 12. Juli 2024", "zwölften Juli 2024",
        "12. Juli zweitausendvierundzwanzig", "am 12. Juli 2024", "den 12ten Juli 2024",
        "am Freitag, dem 12.07.2024",
    ],
)  # fmt: skip
def test_one_day_in_all_common_writings(written: str) -> None:
    found = read_day(Traced.whole(written), YEAR)
    assert found.value == date(2024, 7, 12)
    assert found.certain


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("l2.O7.2024", date(2024, 7, 12)),  # letters for digits
        ("12.II.2024", date(2024, 2, 12)),  # or the 11th month
        ("12. Jull 2024", date(2024, 7, 12)),
        ("12. Januar 2025", date(2025, 1, 12)),  # after the year's end
        ("12. Juli 2031", date(2031, 7, 12)),
        ("31.06.2024", None),
        ("12ten Juli", date(2024, 7, 12)),  # of the programme year, as it seems
        ("am 12. Juli d. J.", date(2024, 7, 12)),
        ("Juli 2024", None),
        ("12.07.", None),
        ("12. Ju 2024", None),
        ("?2. /uli 20", None),
    ],
)
def test_a_day_that_is_not_all_clear_is_a_doubt(written: str, day: date | None) -> None:
    found = read_day(Traced.whole(written), YEAR)
    assert found.value == day
    assert not found.certain
    assert found.reason


@pytest.mark.parametrize(
    "lines",
    [
        "Kassel, den 12. Juli 2024", "Kassel, am 12.07.2024", "Kassel 12.07.2024",
        "34117 Kassel, 12. Juli 2024", "Kassel, den\n\n12. Juli 2024",
        "Kassel, den am 12. Juli 2024", "Kassel, den\n\nam 12. Juli 2024",
        "Kassel, den ________\n\n12.07.2024", "Ort, Datum: Kassel, 12.07.2024",
        "Ort: Kassel\n\nDatum: 12.07.2024", "Kassel (Hessen), den 12. Juli 2024",
        "Unterzeichnet am 12. Juli 2024 in Kassel", "Kassel, den 12. Juli 2024\n\nOrt, Datum",
    ],
)  # fmt: skip
def test_place_and_date_however_they_are_set(reading: Read, unsigned: str, lines: str) -> None:
    read = reading(f"{unsigned}{lines}\n\nSven Beispiel\n\nOberbürgermeister\n")
    ministry, region = read.signatures
    assert (ministry.place, ministry.date) == ("Wiesbaden", date(2024, 6, 3))
    assert (region.party, region.name) == ("region", "Sven Beispiel")
    assert (region.place, region.date) == ("Kassel", date(2024, 7, 12))
    assert read.evidence["signatures[1].date"].certain


HEAD = "Kassel, den 12. Juli 2024\n\n"
FIRST = ("Dr. Sven Beispiel", "Oberbürgermeister", None)


@pytest.mark.parametrize(
    ("lines", "signed"),
    [
        ("Dr. Sven Beispiel\n\nOberbürgermeister der Stadt Kassel\n", [FIRST]),
        ("Dr. Sven Beispiel, Oberbürgermeister der Stadt Kassel\n", [FIRST]),
        ("Dr. Sven Beispiel (Oberbürgermeister)\n", [FIRST]),
        ("Dr. Sven Beispiel – Oberbürgermeister\n", [FIRST]),
        ("Oberbürgermeister der Stadt Kassel\n\nDr. Sven Beispiel\n", [FIRST]),
        ("Der Oberbürgermeister\n\nDr. Sven Beispiel\n", [FIRST]),
        ("i. V. Ilona Muster\n\nBürgermeisterin\n", [("Ilona Muster", "Bürgermeisterin", "i. V.")]),
        ("In Vertretung\n\nIlona Muster\n\nBürgermeisterin\n",
         [("Ilona Muster", "Bürgermeisterin", "i. V.")]),
        ("i. A. Ilona Muster\n\nDezernentin\n", [("Ilona Muster", "Dezernentin", "i. A.")]),
        ("Dr. Sven Beispiel\n\nOberbürgermeister\n\nIlona Muster\n\nBürgermeisterin\n",
         [FIRST, ("Ilona Muster", "Bürgermeisterin", None)]),
        ("Dr. Sven Beispiel    Ilona Muster\n\nOberbürgermeister    Bürgermeisterin\n",
         [FIRST, ("Ilona Muster", "Bürgermeisterin", None)]),
    ],
)  # fmt: skip
def test_name_office_and_stead(
    reading: Read, unsigned: str, lines: str, signed: list[tuple[str, str, str | None]]
) -> None:
    read = reading(unsigned + HEAD + lines)
    assert [(one.name, one.office, one.acting) for one in read.signatures[1:]] == signed
    assert {one.party for one in read.signatures[1:]} == {"region"}
    assert {one.date for one in read.signatures[1:]} == {date(2024, 7, 12)}


@pytest.mark.parametrize(
    "lines",
    [
        "Auf Grund des Beschlusses des Magistrats vom 3. Mai 2024\n\n",
        "Beschluss des Magistrats vom 03.05.2024, Nr. 77\n\n",
        "Der Magistrat hat am 3. Mai 2024 zugestimmt.\n\n",
    ],
)
def test_the_resolution_is_named_with_organ_and_day(
    reading: Read, unsigned: str, lines: str
) -> None:
    read = reading(f"{unsigned}{HEAD}{lines}Dr. Sven Beispiel\n\nOberbürgermeister\n")
    assert read.resolution
    assert (read.resolution.organ, read.resolution.date) == ("Magistrat", date(2024, 5, 3))
    assert read.evidence["resolution"].certain
    assert read.signatures[1].name == "Dr. Sven Beispiel"


def test_a_resolution_without_its_day_is_a_doubt_and_none_is_none(
    reading: Read, unsigned: str
) -> None:
    end = "Dr. Sven Beispiel\n\nOberbürgermeister\n"
    read = reading(f"{unsigned}{HEAD}Mit Beschluss des Magistrats\n\n{end}")
    assert read.resolution
    assert read.resolution.date is None
    assert not read.evidence["resolution"].certain
    none = reading(f"{unsigned}{HEAD}{end}")
    assert none.resolution is None
    assert none.evidence["resolution"].certain


@pytest.mark.parametrize(
    "lines",
    [
        "Im Auftrag\n\nIlona Muster\n",
        "Ilona Muster\n",
        "Dr. Sven Beispiel Ilona Muster\n\nOberbürgermeister Bürgermeisterin\n",
    ],
)
def test_a_name_whose_office_is_open_is_a_doubt(reading: Read, unsigned: str, lines: str) -> None:
    read = reading(unsigned + HEAD + lines)
    assert "Ilona Muster" in (read.signatures[1].name or "")
    assert not read.evidence["signatures[1].name"].certain


@pytest.mark.parametrize(
    "line",
    [
        "Sven Beispiel, Oberbürgermeister, aufgrund des Magistratsbeschlusses vom 3. Mai 2024",
        "Oberbürgermeister Sven Beispiel (Beschluss des Magistrats vom 3. Mai 2024)",
        "Sven Beispiel (Oberbürgermeister) – Magistratsbeschluss Nr. 12/2024",
    ],
)
def test_who_signs_by_a_resolution_on_the_same_line(
    reading: Read, unsigned: str, line: str
) -> None:
    signed = reading(f"{unsigned}{HEAD}{line}\n").signatures[1]
    assert (signed.party, signed.name) == ("region", "Sven Beispiel")
    assert (signed.office, signed.date) == ("Oberbürgermeister", date(2024, 7, 12))
