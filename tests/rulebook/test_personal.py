"""What of a text tells of a person beyond her office."""

import doctest

import pytest

from zielwerk.rulebook import personal
from zielwerk.rulebook.personal import Kind, found, redacted

OFFICES = ("Landrat", "Landrätin", "Staatsministerin")


def test_the_worked_examples() -> None:
    assert doctest.testmod(personal).failed == 0


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Rückfragen an a.roth@mkk.de.", Kind.EMAIL, "a.roth@mkk.de"),
        ("anna.roth(at)mkk.de", Kind.EMAIL, "anna.roth(at)mkk.de"),
        ("anna.roth [at] mkk [punkt] de", Kind.EMAIL, "anna.roth [at] mkk [punkt] de"),
        ("Telefon: 06051 85-1234", Kind.PHONE, "06051 85-1234"),
        ("Tel. 85-1234", Kind.PHONE, "85-1234"),
        ("Durchwahl -12345", Kind.PHONE, "12345"),
        ("erreichbar unter 06051/851234", Kind.PHONE, "06051/851234"),
        ("+49 (0)6051 851234", Kind.PHONE, "+49 (0)6051 851234"),
        ("0176-1234567", Kind.PHONE, "0176-1234567"),
        ("Konto DE89 3704 0044 0532 0130 00", Kind.IBAN, "DE89 3704 0044 0532 0130 00"),
        ("DE12370400440532013000", Kind.IBAN, "DE12370400440532013000"),  # mistyped, still one
        ("AT611904300234573201", Kind.IBAN, "AT611904300234573201"),
        ("betreut von Frau Roth", Kind.NAME, "Roth"),
        ("Herrn Dr. Karl-Heinz von der Müllerburg", Kind.NAME, "Dr. Karl-Heinz von der Müllerburg"),
        ("Leitung: Prof. Dr. Yılmaz", Kind.NAME, "Prof. Dr. Yılmaz"),
        ("Ansprechpartnerin: Anna Roth", Kind.NAME, "Anna Roth"),
        ("gez. Anna Roth", Kind.NAME, "Anna Roth"),
        ("gez. Roth", Kind.NAME, "Roth"),
        ("i. A. Anna Roth", Kind.NAME, "Anna Roth"),
        ("i.\u202fA. Roth", Kind.NAME, "Roth"),
        ("I.V. Dr. A. Roth", Kind.NAME, "Dr. A. Roth"),
        ("i. V. gez. von Roth", Kind.NAME, "von Roth"),
        ("Im Auftrag\nAnna Roth", Kind.NAME, "Anna Roth"),
        ("i. V. Landrätin Anna Roth", Kind.NAME, "Anna Roth"),
        ("für Frau Landrätin Anna Roth", Kind.NAME, "Anna Roth"),
        ("wie Landrat Stolz sagte", Kind.NAME, "Stolz"),
        ("mit Thorsten Stolz", Kind.NAME, "Thorsten Stolz"),
        ("mit THORSTEN STOLZ", Kind.NAME, "THORSTEN STOLZ"),
        ("Stolz, Thorsten", Kind.NAME, "Stolz, Thorsten"),
        ("mit Thor\u00adsten\u200b Stolz", Kind.NAME, "Thor\u00adsten\u200b Stolz"),
        ("Frau Anna Maria Roth-Berger", Kind.NAME, "Anna Maria Roth-Berger"),
        ("Frau A. O'Neill", Kind.NAME, "A. O'Neill"),
        ("FRAU ROTH", Kind.NAME, "ROTH"),
        ("Frau  Roth", Kind.NAME, "Roth"),
        ("Frau Ka\u0308the Mu\u0308ller", Kind.NAME, "Ka\u0308the Mu\u0308ller"),
        (
            "DE89\u00a03704\u202f0044\u00a00532\u00a00130\u00a000",
            Kind.IBAN,
            "DE89\u00a03704\u202f0044\u00a00532\u00a00130\u00a000",
        ),
        ("de89 3704 0044 0532 0130 00", Kind.IBAN, "de89 3704 0044 0532 0130 00"),
        ("Tel. 06051\u00a085\u00a01234", Kind.PHONE, "06051\u00a085\u00a01234"),
        ("roth\uff20mkk.de", Kind.EMAIL, "roth\uff20mkk.de"),
    ],
)
def test_what_is_found(text: str, kind: Kind, what: str) -> None:
    (one,) = found(text, ["Thorsten Stolz"], OFFICES)
    assert (one.kind, one.text[: len(what)]) == (kind, what)
    assert text[one.start : one.end] == one.text


@pytest.mark.parametrize(
    "text",
    [
        "Stolz auf Ausbildung",
        "Stolz, Thorsheim",
        "die Belange der Frau\n\nDie Maßnahmen",
        "der Landrat und Frau Staatsministerin",
        "ZV-2024-0002-0001",
        "1.600.100,00 Euro bis 31.12.2024",
        "§ 16 SGB II, §§ 48b und 48c",
        "2023/2024, Förderjahr 01/2024",
        "Frauen und Herren im Handwerk",
        "HE2024 0001 0002",
        "U-25 Robotik - kleiner Führerschein",
    ],
)
def test_what_is_no_person(text: str) -> None:
    assert found(text, ["Thorsten Stolz"], OFFICES) == ()


def test_black_stands_in_place_of_each() -> None:
    text = "Frau Roth, roth@mkk.de, und Herr Lang"
    places = [(each.start, each.end) for each in found(text)]
    assert redacted(text, places) == "Frau [geschwärzt], [geschwärzt], und Herr [geschwärzt]"
    assert found(redacted(text, places)) == ()


def test_what_lies_in_another_is_found_once() -> None:
    assert len(found("Frau Anna Roth", ["Anna Roth"])) == 1
