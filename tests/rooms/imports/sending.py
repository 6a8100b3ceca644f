"""Tables as a person sends them, and what the page answers."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.rooms import money as stage
from tests.stage import html_of
from zielwerk.imports.models import TableImport
from zielwerk.packs import loading as packs

YEAR = stage.YEAR
HESSE = "aqb_hessen"
MAIN_KINZIG, HANAU = "06435", "06415"
INDICATORS, BUDGET, PARTIES = (
    f"/arbeit/einlesen/neu/{slug}" for slug in ("kennzahlen", "haushalt", "beteiligte")
)
PARTY_HEADINGS = ("Name", "Art", "AGS", "Art der Weitergabe", "gilt ab", "gilt bis")
BUDGET_HEADINGS = (
    *("Art", "Haushaltsjahr", "Haushaltsstelle", "Mittelherkunft"),
    *("Zweckbindung", "Fälligkeitsjahr", "Betrag"),
)
Rows = Sequence[Sequence[str]]


def text_of(*lines: Sequence[str], sign: str = ";") -> bytes:
    return "\r\n".join(sign.join(line) for line in lines).encode()


def send(client: Client, address: str, content: bytes, name: str = "tabelle.csv") -> Any:
    options = {
        "year": str(YEAR),
        "source": "Statistik der Bundesagentur (Test)",
        "reference_date": f"30.06.{YEAR - 1}",
        "value_date": f"01.01.{YEAR}",
        "basis": "Haushaltsgesetz",
        "file": SimpleUploadedFile(name, content),
    }
    return client.post(address, options, follow=True)


def said(answer: Any) -> str:
    text = html_of(answer.content)
    return text.replace("\xa0", " ").replace("&quot;", '"').replace("&#x27;", "'")


def take_over(client: Client) -> Any:
    one = TableImport.objects.first()
    assert one
    return client.post(
        f"/arbeit/einlesen/{one.pk}/uebernehmen", {"revision": one.revision}, follow=True
    )


def indicator_table(programme: str, year: int = YEAR) -> list[list[str]]:
    codes = [one.label for one in packs.load(programme, year).indicators]
    rows = [
        [one.ags, *(str(100 * place + number) for number in range(len(codes)))]
        for place, one in enumerate(stage.bodies(programme, year), 1)
    ]
    return [["AGS", *codes], *rows]


def party_row(name: str = "Lernwerk", **changes: str) -> list[str]:
    plain = dict(zip(PARTY_HEADINGS, (name, "Träger", MAIN_KINZIG, "", "", ""), strict=True))
    return list({**plain, **changes}.values())


def many(count: int) -> bytes:
    return text_of(PARTY_HEADINGS, *(party_row(f"Träger {number}") for number in range(count)))
