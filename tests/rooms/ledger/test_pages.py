"""The books as people see them: every number leads to its transfers, a body sees its own."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.ledger.books import HERE, THERE, at, planning, posting
from tests.rooms.ledger.shown import (
    BOOKS,
    FREE,
    POOL,
    SPEECH,
    TRANSFERS,
    appropriation,
    csv_rows,
    fill,
    text_of,
)
from tests.stage import signed_in
from tests.written import cents
from zielwerk.config.world import Cast
from zielwerk.ledger.actions import post, record_fact, reverse_case
from zielwerk.ledger.models import Book, EntryCode, Place, Transfer
from zielwerk.ledger.models.tables import IDENTITY
from zielwerk.ledger.queries import (
    NONE,
    Selection,
    faults,
    labels,
    places,
    tables,
    transfers,
)

pytestmark = pytest.mark.django_db


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


def test_what_is_uncovered_stands_out_in_table_and_picture(cast: Cast) -> None:
    post(cast.officer, [posting(POOL, planning(Place.ALLOCATED), 100)], at=at(0))
    cut = posting(planning(Place.ALLOCATED), POOL, 150)
    record_fact(cast.officer, cut, at=at(1))
    html = signed_in(cast.officer).get(BOOKS).content.decode()
    assert "ungedeckt zu klären" in text_of(html)
    assert "zw-node--danger" in html


# --- to take away -----------------------------------------------------------------------------


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
