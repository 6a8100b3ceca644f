"""A body's programme years side by side, and all bodies by one figure: one word, one figure."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import worlds
from tests.rooms.allocation.test_reads import made_up
from tests.rooms.money import AT, HEAD, MILLION, YEAR, bodies, enact, enter_needs, put_forward
from tests.rooms.money import scenario as drawn_up
from tests.stage import moved, signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.conclusion.models import Conclusion
from zielwerk.config import world
from zielwerk.config.cast import Cast
from zielwerk.config.world_plans import complete
from zielwerk.desk.forms.years import figures
from zielwerk.identity.models import User
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan
from zielwerk.packs import folders
from zielwerk.packs import loading as packs
from zielwerk.rulebook.money import Cents
from zielwerk.strategy.models import Strategy
from zielwerk.tables import read
from zielwerk.ui.lists.columns import shown

HESSE = "aqb_hessen"
PROGRAMMES = (HESSE, "lotsenfonds_nordmark", "kreisbudget_suedland")
LIST = "/arbeit/jahre"
Rows = list[dict[str, str]]


@pytest.fixture(params=PROGRAMMES)
def cast(request: pytest.FixtureRequest, db: None, settings: Any) -> Cast:
    """The demo of each programme that ships."""
    settings.PROGRAMME = request.param
    return worlds.put(world.build)


@pytest.fixture
def hesse(db: None, settings: Any) -> Cast:
    settings.PROGRAMME = HESSE
    return worlds.put(world.build)


def page_of(ags: str) -> str:
    return f"/arbeit/koerperschaften/{ags}/jahre"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(answer.content.decode()).split())


def listed(client: Client, address: str) -> Rows:
    answer = client.get(f"{address}{'&' if '?' in address else '?'}export=csv")
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))


def of_book(book: Book, places: tuple[Place, ...], ags: str, year: int, *, later: bool) -> int:
    """What the books say themselves, account by account."""
    return sum(
        cents
        for key, cents in ledger.account_balances(book=book, ags=ags, programme_year=year)
        if key.place in places and bool(key.due_year) == later and (later or key.budget_year)
    )


def years_of(row: dict[str, str]) -> dict[int, str]:
    return {int(name): value for name, value in row.items() if name.isdecimal() and value}


# --- figures --------------------------------------------------------------------------------


def test_the_page_of_a_body_and_the_list_say_what_the_books_say(cast: Cast) -> None:
    """Allocated and agreed, money and authority apart: on both pages and in their files."""
    client = signed_in(cast.officer)
    places = {
        "zugewiesen": (Place.ALLOCATED, Place.AGREED, Place.UNCOVERED),
        "vereinbart": (Place.AGREED,),
    }
    known = {figure.code: figure.label for figure in figures()}
    seen = 0
    for code, of_place in places.items():
        for form, later in (("barmittel", False), ("ermaechtigung", True)):
            label = known[f"{code}-{form}"]
            key = packs.programme(configured.PROGRAMME).identifier.label
            for row in listed(client, f"{LIST}?was={code}-{form}")[:4]:
                ags = row[key]
                own = [one for one in listed(client, page_of(ags)) if one["Angabe"] == label]
                assert row["Angabe"] == label
                assert (years_of(own[0]) if own else {}) == years_of(row), (ags, label)
                for year, told in years_of(row).items():
                    cents = of_book(Book.PLANNING, of_place, ags, year, later=later)
                    assert told == csv_amount(cents), (ags, year, label)
                    seen += 1
    assert seen > 8


def csv_amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"


def test_every_figure_is_a_door_that_opens(cast: Cast) -> None:
    """All of a body's page, and of the list those of three bodies, for ministry and body."""
    ags = cast.body.ags
    for person in (cast.officer, cast.body):
        client = signed_in(person)
        doors = set(links_of(client, page_of(ags)))
        for figure in figures():
            doors |= set(links_of(client, f"{LIST}?was={figure.code}")[:3])
        for link in doors:
            assert client.get(link).status_code == 200, (person.name, link)


def links_of(client: Client, address: str) -> list[str]:
    """The links of the tables of a page."""
    tables = re.findall(r"<tbody.*?</tbody>", client.get(address).content.decode(), re.DOTALL)
    return [unescape(link) for link in re.findall(r'href="(/[^"]+)"', " ".join(tables))]


def test_a_figure_of_the_books_leads_to_that_figure(hesse: Cast) -> None:
    client = signed_in(hesse.officer)
    page = client.get(page_of(world.MAIN_KINZIG)).content.decode()
    links = re.findall(r'<a href="([^"]+buch=planung-mittel[^"]+)"\s*>([^<]+)<', page)
    assert links
    for link, amount in links:
        there = text_of(client, unescape(link))
        assert (
            amount.removesuffix(",00\N{NO-BREAK SPACE}€").partition("\N{NO-BREAK SPACE}")[0]
            in there
        )


def test_every_link_of_the_page_has_a_name_of_its_own(cast: Cast) -> None:
    page = signed_in(cast.officer).get(page_of(cast.body.ags)).content.decode()
    tables = " ".join(re.findall(r"<tbody.*?</tbody>", page, re.DOTALL))
    links = re.findall(r'<a href="([^"]+)"\s*>(.*?)</a>', tables, re.DOTALL)
    names = [" ".join(re.sub(r"<[^>]+>", "", name).split()) for _, name in links]
    assert len(names) > 8
    assert len(set(names)) == len(names)


def test_sums_are_of_one_year_and_one_figure(cast: Cast) -> None:
    client = signed_in(cast.officer)
    for figure in figures():
        address = f"{LIST}?was={figure.code}"
        answer = client.get(address)
        foot = re.search(r"<tfoot.*?</tfoot>", answer.content.decode(), re.DOTALL)
        values = figure.read(cast.officer)
        if not values or not figure.adds_up:
            assert foot is None or not values, figure.code
            continue
        assert foot
        told = " ".join(re.sub("<[^>]+>", " ", unescape(foot[0])).split(" "))
        for year in {year for _, year in values}:
            total = sum(value for (_, of), value in values.items() if of == year)
            whole = shown(Cents(total) if figure.is_money else total)
            assert re.sub(r",00(?=\W€)", "", whole) in re.sub(r",00(?=\W€)", "", told), figure.code


def test_both_files_of_both_pages_say_the_same(cast: Cast) -> None:
    client = signed_in(cast.officer)
    for address in (page_of(cast.body.ags), LIST, f"{LIST}?was=geplante-plaetze"):
        join = "&" if "?" in address else "?"
        book = read("jahre.xlsx", client.get(f"{address}{join}export=xlsx").getvalue())
        lines = [dict(zip(book.header, one.cells, strict=True)) for one in book.rows]
        for line, row in zip(lines, listed(client, address), strict=True):
            assert line == {name: as_number(value) for name, value in row.items()}


def as_number(value: str) -> str:
    """An amount of a file in text as a file of numbers has it."""
    is_amount = re.fullmatch(r"-?[0-9]+,[0-9]{2}", value)
    return value.rstrip("0").removesuffix(",") if is_amount else value


# --- what stands beside the money ------------------------------------------------------------


def test_agreements_stand_with_their_number_check_code_and_edition(hesse: Cast) -> None:
    case = Conclusion.objects.exclude(agreement=None).get()
    client = signed_in(hesse.officer)
    (codes,) = [one for one in listed(client, page_of(case.ags)) if one["Angabe"] == "Prüfzeichen"]
    assert years_of(codes) == {case.year: case.code}
    assert case.agreement
    rows = {one["Angabe"]: one for one in listed(client, page_of(case.ags))}
    assert case.agreement.file_number in rows["Vereinbarung"][str(case.year)]
    assert "hier geschlossen" in rows["Vereinbarung"][str(case.year)]
    assert "Ausgabe 1" in rows["Veröffentlicht"][str(case.year)]
    changed = next(one for one in listed_agreements(hesse) if one.version > 1)
    own = {one["Angabe"]: one for one in listed(client, page_of(changed.ags))}
    assert "Fassung 2" in own["Vereinbarung"][str(changed.year)]


def listed_agreements(cast: Cast) -> list[Any]:
    from_books = world.agreement_queries.agreements(cast.officer)
    return list(from_books)


def test_a_strategy_stands_in_every_year_in_which_it_holds(hesse: Cast) -> None:
    one = Strategy.objects.filter(state="in_force").order_by("pk").first()
    assert one
    rows = {each["Angabe"]: each for each in listed(signed_in(hesse.officer), page_of(one.ags))}
    told = years_of(rows["Strategie"])
    assert one.title in told[one.valid_from.year]
    assert told[one.valid_from.year - 1] == "keine"


def test_what_is_due_and_who_owes_it_is_what_the_season_says(cast: Cast) -> None:
    client, ags = signed_in(cast.officer), cast.body.ags
    rows = {each["Angabe"]: each for each in listed(client, page_of(ags))}
    due = years_of(rows["Was ansteht"])
    assert due
    key = packs.programme(configured.PROGRAMME).identifier.label
    for year, told in due.items():
        season = listed(client, f"/arbeit/jahr/{year}/saison")
        (own,) = [one for one in season if one[key] == ags]
        assert told.startswith(own["Stand"])
        assert own["Am Zug"] == "niemand" or f"am Zug: {own['Am Zug']}" in told
        assert ("überfällig" in told) == (own["Überfällig"] == "ja")


def test_one_sees_what_came_what_stayed_and_what_went(hesse: Cast) -> None:
    """The real agreement of 2024 named eleven; three were planned for 2025 and taken over."""
    rows = [
        one
        for one in listed(signed_in(hesse.body), page_of(world.MAIN_KINZIG))
        if one["Teil"] == "Maßnahmen"
    ]
    agreed = [one for one in rows if one["2024"]]
    assert len(agreed) == 11
    assert all(years_of(one) == {2024: "vereinbart", 2025: "entfallen"} for one in agreed)
    others = [one for one in rows if not one["2024"]]
    assert len(others) == 3
    assert all(
        years_of(one) == {2025: "neu; geplant", 2026: "fortgeführt; geplant"} for one in others
    )


# --- who sees what ---------------------------------------------------------------------------


def test_a_body_sees_itself_alone(cast: Cast) -> None:
    client, ags = signed_in(cast.body), cast.body.ags
    key = packs.programme(configured.PROGRAMME).identifier.label
    for figure in figures():
        assert [one[key] for one in listed(client, f"{LIST}?was={figure.code}")] == [ags]
    other = next(one.ags for one in packs.bodies(configured.PROGRAMME) if one.ags != ags)
    assert client.get(page_of(other)).status_code == 404
    stranger = signed_in(moved(cast.body, other))
    assert stranger.get(page_of(ags)).status_code == 404
    assert signed_in(cast.provider).get(page_of(ags)).status_code == 403
    assert Client().get(page_of(ags)).status_code == 302


def test_the_ways_there(cast: Cast) -> None:
    ags = cast.body.ags
    for person in (cast.officer, cast.body):
        client = signed_in(person)
        assert f'href="{page_of(ags)}"' in text_of(client, reverse("programme:body", args=[ags]))
        assert f'href="{page_of(ags)}"' in text_of(client, LIST)
    assert "Programmjahre nebeneinander" in text_of(signed_in(cast.body), "/arbeit/")


def test_a_figure_that_there_is_not_is_said_and_gives_no_file(hesse: Cast) -> None:
    client = signed_in(hesse.officer)
    assert client.get(f"{LIST}?was=gibtesnicht").status_code == 200
    assert client.get(f"{LIST}?was=gibtesnicht&export=csv").status_code == 400
    assert QueryDict("was=gibtesnicht")["was"] not in {each.code for each in figures()}


# --- how often the database is asked ----------------------------------------------------------


def test_nothing_is_asked_more_often_where_there_is_twice_as_much(
    settings: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """27 and 54 bodies, one and nine plans each; both pages and their files."""
    settings.PROGRAMME = HESSE
    asked = [asked_for(monkeypatch, times) for times in (1, 2)]
    assert asked[0] == asked[1]
    assert max(asked[0].values()) <= MOST


MOST = 40


def asked_for(monkeypatch: pytest.MonkeyPatch, times: int) -> dict[str, int]:
    number = {}
    with transaction.atomic(), monkeypatch.context() as patched:
        cast = world.enrol_cast()
        there = made_up(times * len(bodies(HESSE)))
        patched.setattr(packs, "bodies", lambda *_: there)
        patched.setattr(packs, "bodies_in", lambda *_: there)
        folders.forget()
        enact(HESSE)
        one = put_forward(drawn_up(HESSE, 27 * MILLION, data=enter_needs(HESSE)))
        allocation.decide(HEAD, one, at=AT)
        for body in there[:3]:
            plan_many(cast.officer, body.ags, 1 if times == 1 else 9)
        client = signed_in(cast.officer)
        for address in (page_of(there[0].ags), LIST, f"{LIST}?was=geplante-plaetze"):
            for kind in ("", "csv", "xlsx"):
                asked = (
                    f"{address}{'&' if '?' in address else '?'}{f'export={kind}' if kind else ''}"
                )
                client.get(asked).getvalue()
                with CaptureQueriesContext(connection) as made_now:
                    assert client.get(asked).getvalue()
                number[asked] = len(made_now)
        transaction.set_rollback(True)
    folders.forget()
    return number


def plan_many(user: User, ags: str, number: int) -> None:
    rules = packs.load(HESSE, YEAR)
    for place in range(number):
        plan = complete(rules, f"Kurs {place}", rules.measure_types[0].code, 1000_00)
        measures.plan(user, NewPlan(HESSE, YEAR, ags, plan), at=timezone.now())
