"""What the tests of the pages of the books share: money to show, and what pages say of it."""

import csv
import re
from dataclasses import replace
from html import unescape

from tests.rooms.ledger.books import THERE, at, planning, posting
from zielwerk.config.world import Cast
from zielwerk.ledger.actions import post
from zielwerk.ledger.models import AccountKey, Book, Place

BOOKS, TRANSFERS = "/arbeit/buecher", "/arbeit/buecher/buchungen"
POOL, FREE = planning(Place.OUTSIDE, ags=""), planning(Place.FREE, ags="")
SPEECH = "language"


def appropriation(place: Place, due_year: int = 0) -> AccountKey:
    return AccountKey(
        Book.AUTHORISATION,
        place,
        programme="aqb_hessen",
        programme_year=2026,
        budget_year=2026,
        budget_line="08 06 684 01",
        source="state",
        due_year=due_year,
    )


def fill(cast: Cast, rounds: int = 1) -> None:
    """Money for two bodies, one of them with an earmark; authority for a later year."""
    earmarked = replace(planning(Place.ALLOCATED), earmark=SPEECH)
    for number in range(rounds):
        measures = [replace(planning(Place.AGREED), measure=f"M-{number}")]
        booked = [
            posting(POOL, FREE, 10_000),
            posting(FREE, planning(Place.ALLOCATED), 4_000),
            posting(FREE, earmarked, 300),
            posting(FREE, planning(Place.ALLOCATED, THERE), 2_000),
            posting(planning(Place.ALLOCATED, THERE), FREE, 500),
            *(posting(planning(Place.ALLOCATED), agreed, 1_000) for agreed in measures),
            posting(appropriation(Place.OUTSIDE), appropriation(Place.APPROPRIATED), 9_000),
            posting(appropriation(Place.APPROPRIATED), appropriation(Place.BLOCKED), 2_000),
            posting(appropriation(Place.OUTSIDE, 2027), appropriation(Place.PERMITTED, 2027), 700),
        ]
        post(cast.officer, booked, at=at(number))


def text_of(html: str) -> str:
    words = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(unescape(words).split())


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
