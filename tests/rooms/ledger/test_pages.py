"""The books as people see them: every number leads to its transfers, a body sees its own."""

import csv
import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.rooms.ledger.books import HERE, THERE, at, planning, posting
from tests.stage import signed_in
from tests.written import cents
from zielwerk.config.world import Cast
from zielwerk.ledger.actions import post, record_fact, reverse_case
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.ledger.models.tables import IDENTITY
from zielwerk.ledger.queries import (
    NONE,
    Selection,
    faults,
    flows,
    labels,
    moved,
    places,
    tables,
    transfers,
)

pytestmark = pytest.mark.django_db
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


def links(html: str) -> list[tuple[str, str]]:
    """Addresses of transfers with the amount that leads there, from the tables."""
    found = re.findall(rf'<td[^>]*><a href="({TRANSFERS}\?[^"]*)">([^<]*)</a>', html)
    return [(unescape(url), " ".join(unescape(amount).split())) for url, amount in found]


def test_an_account_in_full_leaves_out_nothing_that_identifies_it() -> None:
    assert [*labels.DIMENSIONS] == [name for name in IDENTITY if name not in ("book", "place")]


# --- reads --------------------------------------------------------------------------------


def test_a_table_divides_a_book_without_losing_a_cent(cast: Cast) -> None:
    fill(cast, 2)
    whole = {
        (one.book, one.is_authority, one.place): one.balance_cents for one in places(cast.officer)
    }
    for by in ("programme_year", "budget_year", "ags", "earmark", "measure"):
        for table in tables(places(cast.officer, dimension=by)):
            for place, total in zip(table.places, table.totals, strict=True):
                assert total == whole[table.book, table.is_authority, place]
    [planned] = [
        t for t in tables(places(cast.officer, dimension="ags")) if t.book == Book.PLANNING
    ]
    assert [group for group, _ in planned.rows] == [THERE, HERE, ""]


def test_permission_is_never_added_to_money(cast: Cast) -> None:
    fill(cast)
    found = {(one.place, one.is_authority): one.balance_cents for one in places(cast.officer)}
    assert found[Place.PERMITTED, True] == 700
    assert found[Place.OUTSIDE, True] == -700
    money = tables(places(cast.officer, Selection(book=Book.AUTHORISATION, is_authority=False)))
    assert [table.is_authority for table in money] == [False]
    assert sum(money[0].totals) == 0


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


def test_every_dimension_narrows_and_its_absence_can_be_asked_for(cast: Cast) -> None:
    fill(cast)

    def amounts(**chosen: object) -> list[int]:
        return sorted(one.amount_cents for one in transfers(cast.officer, Selection(**chosen)))  # type: ignore[arg-type]

    assert amounts(earmark=SPEECH) == [300]
    assert amounts(measure="M-0") == [1_000]
    assert amounts(source="state", place=Place.BLOCKED) == [2_000]
    assert amounts(budget_line="08 06 684 01", is_authority=True) == [700]
    assert amounts(budget_year=2026, is_authority=False) == [2_000, 9_000]
    assert amounts(ags=NONE, book=Book.PLANNING, place=Place.OUTSIDE) == [10_000]
    assert amounts(book=Book.PLANNING, budget_year=0, place=Place.AGREED) == [1_000]
    assert amounts(ags=THERE, place=Place.FREE, other_place=Place.ALLOCATED) == [500, 2_000]


def test_permission_that_turns_into_money_is_a_fault(cast: Cast) -> None:
    fill(cast)
    assert list(faults()) == []
    wrong = posting(appropriation(Place.PERMITTED, 2027), appropriation(Place.APPROPRIATED), 1)
    post(cast.officer, [wrong], at=at(1))
    assert [fault.rule for fault in faults()] == ["ledger.permission"]


# --- pages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "group", ["", "programmjahr", "haushaltsjahr", "ags", "zweck", "massnahme"]
)
def test_every_number_leads_to_transfers_that_come_to_it(cast: Cast, group: str) -> None:
    fill(cast)
    client = signed_in(cast.officer)
    found = links(client.get(BOOKS, {"gruppe": group}).content.decode())
    assert len(found) > 8
    for url, amount in found:
        shown = client.get(url).context["listed"]
        listed = Transfer.objects.filter(pk__in=[pk for (pk,) in shown.part.keys])
        narrowed = shown.filters.selection()
        if narrowed.other_place:
            ends = narrowed.place, narrowed.other_place
            signs = [1 if one.source.place == ends[0] else -1 for one in listed]
            total = sum(sign * one.amount_cents for sign, one in zip(signs, listed, strict=True))
        else:
            total = sum(
                one.amount_cents * (holds(one.target, narrowed) - holds(one.source, narrowed))
                for one in listed
            )
        assert total == cents(amount), url


def holds(account: object, chosen: Selection) -> bool:
    """Whether an account is one that a number was asked about."""
    wanted = {
        name: value
        for name in ("ags", "earmark", "measure", "book", "place")
        if (value := getattr(chosen, name))
    }
    years = {
        name: year
        for name in ("programme_year", "budget_year")
        if (year := getattr(chosen, name)) is not None
    }
    said = {name: "" if value == NONE else value for name, value in wanted.items()} | years
    is_authority = bool(account.due_year)  # type: ignore[attr-defined]
    return is_authority == chosen.is_authority and all(
        getattr(account, name) == value for name, value in said.items()
    )


def test_the_filters_stay_on_the_way_to_the_transfers(cast: Cast) -> None:
    fill(cast)
    page = signed_in(cast.officer).get(BOOKS, {"ags": HERE, "bekannt": "2026-01-05"})
    urls = [url for url, _ in links(page.content.decode())]
    assert urls
    assert all(f"ags={HERE}" in url and "bekannt=2026-01-05" in url for url in urls)
    assert "Main-Kinzig-Kreis" in page.content.decode()


def test_a_past_day_is_asked_both_ways(cast: Cast) -> None:
    post(cast.officer, [posting(POOL, FREE, 123_00, day=0)], at=at(9))
    client = signed_in(cast.officer)
    assert "123" in text_of(client.get(BOOKS, {"stand": "05.01.2026"}).content.decode())
    said = text_of(client.get(BOOKS, {"bekannt": "13.01.2026"}).content.decode())
    assert "Nichts gebucht" in said


def test_a_filter_with_a_fault_says_so_and_shows_no_wrong_number(cast: Cast) -> None:
    fill(cast)
    page = signed_in(cast.officer).get(BOOKS, {"ags": "99999", "stand": "morgen"})
    said = text_of(page.content.decode())
    assert page.status_code == 200
    assert "Bitte einen Tag wie 24.12.2025 angeben." in said


def test_a_body_sees_its_own_money_only_on_every_page(cast: Cast) -> None:
    fill(cast)
    client = signed_in(cast.body)
    page = client.get(BOOKS, {"gruppe": "ags"}).content.decode()
    assert "Main-Kinzig-Kreis" in page
    assert f"{THERE} " not in page
    assert "20,00" not in text_of(page)
    keys = client.get(TRANSFERS).context["listed"].part.keys
    listed = Transfer.objects.filter(pk__in=[pk for (pk,) in keys])
    assert {one.source.ags or one.target.ags for one in listed} == {HERE}
    for one in Transfer.objects.all():
        own = HERE in (one.source.ags, one.target.ags)
        assert client.get(f"{TRANSFERS}/{one.pk}").status_code == (200 if own else 404)


@pytest.mark.parametrize("address", [BOOKS, f"{BOOKS}?gruppe=massnahme", TRANSFERS])
def test_the_number_of_queries_does_not_grow(cast: Cast, address: str) -> None:
    client = signed_in(cast.officer)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    fill(cast)
    small = queries()
    fill(cast, 20)
    assert queries() == small <= 8


# --- one transfer, and its reversal ---------------------------------------------------------


def test_a_transfer_says_who_when_why_for_what_and_between_which_accounts(cast: Cast) -> None:
    wanted = replace(
        posting(
            appropriation(Place.OUTSIDE),
            appropriation(Place.APPROPRIATED),
            123_456,
            reason="Haushaltsgesetz",
        ),
        code=EntryCode.APPROPRIATION,
    )
    [one] = post(cast.officer, [wanted], at=at(3))
    said = text_of(signed_in(cast.auditor).get(f"{TRANSFERS}/{one.pk}").content.decode())
    for fact in (
        "Veranschlagung: 1.234,56",
        "05.01.2026",
        "08.01.2026, 10:00",
        cast.officer.name,
        "ZV-2026-0001",
        "Haushaltsgesetz",
        "Haushaltsstelle 08 06 684 01",
        "Haushaltsjahr 2026",
        "Von: außerhalb",
        "Nach: veranschlagt",
    ):
        assert fact in said, fact


def test_a_body_is_told_the_organisation_not_the_official(cast: Cast) -> None:
    [one] = post(cast.officer, [posting(POOL, planning(Place.ALLOCATED), 5)], at=at(0))
    for address in (TRANSFERS, f"{TRANSFERS}/{one.pk}"):
        page = signed_in(cast.body).get(address).content.decode()
        assert cast.officer.name not in page
        assert cast.officer.organisation in unescape(page)


def test_no_booking_has_a_button_of_its_own(cast: Cast) -> None:
    [one] = post(cast.officer, [posting(POOL, planning(Place.ALLOCATED), 123)], at=at(0))
    for person in (cast.officer, cast.head, cast.body, cast.auditor):
        client = signed_in(person)
        page = client.get(f"{TRANSFERS}/{one.pk}").content.decode()
        assert "<form" not in page.split("<main")[1].split("</main")[0]
        assert "ändert sich nur mit ihm: Vorgang ZV-2026-0001" in text_of(page)
        answer = client.post(f"{TRANSFERS}/{one.pk}/stornieren", {"reason": "x"})
        assert answer.status_code == 404


def test_a_booking_that_was_taken_back_says_by_whom_and_why(cast: Cast) -> None:
    [one] = post(cast.officer, [posting(POOL, FREE, 123)], at=at(0))
    [mirror] = reverse_case(cast.head, one.case, "Zahlendreher", at=at(1))
    client = signed_in(cast.officer)
    said = text_of(client.get(f"{TRANSFERS}/{one.pk}").content.decode())
    assert "Diese Buchung ist storniert." in said
    assert "Zahlendreher" in said
    assert cast.head.name in said
    page = text_of(client.get(f"{TRANSFERS}/{mirror.pk}").content.decode())
    assert "Diese Buchung ist ein Storno." in page


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
    assert re.search(r"vereinbart 700\s€", text_of(page))


def test_what_is_uncovered_stands_out_in_table_and_picture(cast: Cast) -> None:
    post(cast.officer, [posting(POOL, planning(Place.ALLOCATED), 100)], at=at(0))
    cut = posting(planning(Place.ALLOCATED), POOL, 150)
    record_fact(cast.officer, cut, at=at(1))
    html = signed_in(cast.officer).get(BOOKS).content.decode()
    assert "ungedeckt zu klären" in text_of(html)
    assert "zw-node--danger" in html


# --- to take away -----------------------------------------------------------------------------


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_what_a_page_shows_can_be_taken_away_whole(cast: Cast) -> None:
    fill(cast, 8)
    client = signed_in(cast.officer)
    heading, *rows = csv_rows(client.get(TRANSFERS, {"ags": HERE, "export": "csv"}).getvalue())
    assert len(rows) == 24
    assert heading[:3] == ["Nummer", "Buch", "Von"]
    assert {row[heading.index("Gebucht von")] for row in rows} == {cast.officer.name}
    heading, *rows = csv_rows(client.get(BOOKS, {"gruppe": "ags", "export": "csv"}).getvalue())
    assert [
        "Planung: Mittel",
        HERE,
        "Main-Kinzig-Kreis",
        "zugewiesen, nicht vereinbart",
        "264,00",
    ] in rows
    assert client.get(BOOKS, {"export": "xlsx"}).getvalue().startswith(b"PK")


def test_a_body_takes_away_its_own_and_no_official(cast: Cast) -> None:
    fill(cast)
    for address in (BOOKS, TRANSFERS):
        taken = signed_in(cast.body).get(address, {"gruppe": "ags", "export": "csv"}).getvalue()
        assert b"Main-Kinzig-Kreis" in taken
        assert THERE.encode() not in taken
        assert cast.officer.name.encode() not in taken
