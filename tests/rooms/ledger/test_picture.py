"""The picture shows every flow; a selection says what is outside of it."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from tests.rooms.ledger.books import HERE, at, planning, posting
from tests.rooms.ledger.shown import (
    BOOKS,
    FREE,
    POOL,
    SPEECH,
    TRANSFERS,
    csv_rows,
    fill,
    text_of,
)
from tests.stage import signed_in
from tests.written import cents
from zielwerk.config.world import Cast
from zielwerk.ledger.actions import post, reverse_case
from zielwerk.ledger.models import Book, Place, Transfer
from zielwerk.ledger.queries import NONE, Selection, flows, moved, places

pytestmark = pytest.mark.django_db


def flowed(cast: Cast, **times: date) -> dict[tuple[Place, Place], int]:
    found = flows(moved(cast.officer, Selection(book=Book.PLANNING), **times))
    return {(one.source, one.target): one.amount_cents for one in found}


def test_flows_end_in_what_the_places_hold(cast: Cast) -> None:
    fill(cast)
    found = flowed(cast)
    assert found == {
        (Place.OUTSIDE, Place.FREE): 10_000,
        (Place.FREE, Place.ALLOCATED): 6_300,
        (Place.ALLOCATED, Place.FREE): 500,
        (Place.ALLOCATED, Place.AGREED): 1_000,
    }
    for one in places(cast.officer, Selection(book=Book.PLANNING)):
        came = sum(amount for (_, target), amount in found.items() if target == one.place)
        went = sum(amount for (source, _), amount in found.items() if source == one.place)
        assert came - went == one.balance_cents


def test_what_flowed_back_is_a_flow_of_its_own(cast: Cast) -> None:
    [wrong] = post(cast.officer, [posting(POOL, FREE, 70)], at=at(0))
    reverse_case(cast.head, wrong.case, "vertippt", at=at(1))
    there, back = (Place.OUTSIDE, Place.FREE), (Place.FREE, Place.OUTSIDE)
    assert flowed(cast) == {there: 70, back: 70}
    assert flowed(cast, known_on=at(0).date()) == {there: 70}


def test_the_picture_shows_what_came_back_and_what_moved_within_a_place(cast: Cast) -> None:
    """1,000.00 € are allocated, 300.00 € come back, 200.00 € get a purpose: none is netted."""
    allocated = planning(Place.ALLOCATED)
    booked = [
        posting(POOL, FREE, 1_000_00),
        posting(FREE, allocated, 1_000_00),
        posting(allocated, FREE, 300_00),
        posting(allocated, replace(allocated, earmark="b1"), 200_00),
    ]
    post(cast.officer, booked, at=at(0))
    client = signed_in(cast.auditor)
    html = client.get(BOOKS).content.decode()
    page = text_of(html)
    assert re.search(r"nicht zugewiesen zugewiesen, nicht vereinbart 1\.000\s€", page)
    assert re.search(r"zugewiesen, nicht vereinbart nicht zugewiesen 300\s€", page)
    assert re.search(r"Innerhalb eines Ortes .*zugewiesen, nicht vereinbart: 200,00\s€", page)
    assert "zw-ribbon--back" in html
    ways = {unescape(url) for url in re.findall(rf'href="({TRANSFERS}\?[^"]*richtung[^"]*)"', html)}
    listed = [csv_rows(client.get(f"{url}&export=csv").getvalue()) for url in ways]
    assert sorted(len(rows) - 1 for rows in listed) == [1, 1, 1, 1], "each flow leads to its own"


def test_picture_and_table_have_one_number_for_what_is_in_a_place(cast: Cast) -> None:
    """1,000.00 € are agreed, 300.00 € of them waived to the free money: 700.00 € are agreed."""
    agreed = planning(Place.AGREED)
    booked = [
        posting(POOL, planning(Place.ALLOCATED), 1_000_00),
        posting(planning(Place.ALLOCATED), agreed, 1_000_00),
        posting(agreed, FREE, 300_00),
    ]
    post(cast.officer, booked, at=at(0))
    page = signed_in(cast.auditor).get(BOOKS).content.decode()
    shown = re.findall(r'aria-label="([^":→]+):\s+(Bestand|Fluss)\s+([\d.,]+)\s', unescape(page))
    named = {place: (what, amount) for place, what, amount in shown}
    assert named["vereinbart"] == ("Bestand", "700")
    assert named["nicht zugewiesen"] == ("Bestand", "300")
    assert named["zugewiesen, nicht vereinbart"] == ("Bestand", "0")
    assert named["außerhalb (Herkunft)"] == ("Fluss", "1.000")
    html = signed_in(cast.auditor).get(BOOKS, {"ags": HERE}).content.decode()
    flow = r'aria-label="nicht zugewiesen:\s+Fluss\s+300'
    assert re.search(flow, unescape(html)), "not of this body"
    assert re.search(r"vereinbart 700\s€", text_of(page))


@pytest.mark.parametrize("group", ["", "ags", "programmjahr", "massnahme"])
@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"ags": HERE},
        {"zweck": SPEECH},
        {"zweck": NONE},
        {"massnahme": "M-0"},
        {"programmjahr": "2026"},
        {"haushaltsjahr": "2026"},
        {"herkunft": "state"},
        {"buch": "planung", "ags": HERE},
        {"ags": HERE, "stand": "05.01.2026", "bekannt": "05.01.2026"},
    ],
)
def test_whatever_is_chosen_a_book_comes_to_zero_or_says_what_is_outside(
    cast: Cast, chosen: dict[str, str], group: str
) -> None:
    fill(cast, 2)
    client = signed_in(cast.auditor)
    asked = {**chosen, "gruppe": group}
    heading, *rows = csv_rows(client.get(BOOKS, {**asked, "export": "csv"}).getvalue())
    books = {row[0]: 0 for row in rows}
    outside = {row[0]: cents(row[-1]) for row in rows if "außerhalb der Auswahl" in row}
    for row in rows:
        assert len(row) == len(heading)
        books[row[0]] += cents(row[-1])
    assert books
    assert set(books.values()) == {0}
    html = client.get(BOOKS, asked).content.decode()
    found = re.findall(rf'href="({TRANSFERS}\?[^"]*grenze[^"]*)"[^>]*>([^<]*)</a>', html)
    assert sorted(cents(unescape(amount)) for _, amount in found) == sorted(outside.values())
    assert chosen or not outside, "nothing is outside of everything"
    crossed = [crossing(client, unescape(url)) for url, _ in found]
    assert sorted(crossed) == sorted(outside.values()), "the link leads to what makes the amount"


def crossing(client: Client, url: str) -> int:
    """What went out of a selection less what came in, over the transfers of a list."""
    heading, *rows = csv_rows(client.get(f"{url}&export=csv").getvalue())
    pks = [int(row[heading.index("Nummer")]) for row in rows]
    asked = dict(parse_qsl(urlsplit(url).query))
    names = {"ags": "ags", "zweck": "earmark", "massnahme": "measure", "herkunft": "source",
             "programmjahr": "programme_year", "haushaltsjahr": "budget_year"}  # fmt: skip
    wanted = {
        names[name]: "" if value == NONE else value
        for name, value in asked.items()
        if name in names
    }
    total = 0
    for one in Transfer.objects.filter(pk__in=pks).select_related("source", "target"):
        came, went = (
            all(str(getattr(side, name)) == value for name, value in wanted.items())
            for side in (one.target, one.source)
        )
        assert came != went
        total += one.amount_cents * (went - came)
    return total
