"""A year at a glance: who stands where, what is late on which day, and who sees it."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import worlds
from tests.rooms.measures.parties import enter
from tests.stage import AT, html_of, moved, publish, signed_in, take_down
from tests.written import cents
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.desk import queries
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.measures.actions import NewDelivery, deliver
from zielwerk.measures.models import Measure
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.publication.actions import reinstate
from zielwerk.rulebook.agreement import Measure as TermsMeasure
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.tasks import Progress, Work

YEAR = "/arbeit/jahr/2024"


def record(cast: world.Cast, terms: Terms, at: datetime = AT) -> Agreement:
    entered = agreements.HandEntry(terms, "Brief", True)
    intake = agreements.begin_by_hand(cast.officer, entered, at=at)
    intake = agreements.accept(cast.officer, intake, at=at)
    recorded = agreements.confirm(cast.head, intake, at=at).agreement
    assert recorded
    return recorded


def row(person: Any, ags: str = "06435", **options: Any) -> queries.BodyYear:
    day = options.pop("on", timezone.localdate(AT))
    found = queries.body_years(person, "aqb_hessen", 2024, day, **options)
    return next(one for one in found if one.body.ags == ags)


def lines(page: str) -> list[str]:
    """The rows of the table of bodies as plain text."""
    table = page.split("Gebietskörperschaften und was ansteht</caption>", 1)[1]
    body = table.split("<tbody", 1)[1].split("</tbody>", 1)[0]
    texts = (re.sub(r"<[^>]+>", " ", one) for one in body.split("<tr")[1:])
    return [" ".join(one.split()) for one in texts]


def test_a_body_goes_from_nothing_to_published(cast: world.Cast) -> None:
    before = row(cast.officer)
    assert (before.progress, before.is_late) == (Progress.NOTHING, True)
    entered = agreements.HandEntry(world.main_kinzig(), "Brief")
    intake = agreements.begin_by_hand(cast.officer, entered, at=AT)
    assert row(cast.officer).progress == Progress.RECORDING
    assert Work.REVIEW in {task.work for task in row(cast.officer).tasks}
    intake = agreements.accept(cast.officer, intake, at=AT)
    assert Work.CONFIRM in {task.work for task in row(cast.officer).tasks}
    agreement = agreements.confirm(cast.head, intake, at=AT).agreement
    assert agreement
    recorded = row(cast.officer)
    assert (recorded.progress, recorded.measures) == (Progress.RECORDED, 11)
    assert recorded.facts.agreed_cents == 160_010_000
    assert not recorded.is_late
    publish(cast.officer, cast.head, agreement)
    assert (row(cast.officer).progress, row(cast.officer).edition) == (Progress.PUBLISHED, 1)
    edition = take_down(cast.officer, agreement, AT + timedelta(days=2))
    assert row(cast.officer).progress == Progress.RECORDED
    reinstate(cast.head, edition, note="Der Betrag stimmt", at=AT + timedelta(days=4))
    assert row(cast.officer).progress == Progress.PUBLISHED
    for days, is_down in ((1, False), (3, True), (5, False)):
        day = timezone.localdate(AT) + timedelta(days=days)
        then = row(cast.officer, on=day, is_past=True).progress
        assert then == (Progress.RECORDED if is_down else Progress.PUBLISHED)


def test_the_past_is_told_as_it_was_known(cast: world.Cast, main_kinzig: Agreement) -> None:
    day = timezone.localdate(AT)
    assert row(cast.officer, on=day, is_past=True).progress == Progress.PUBLISHED
    before = row(cast.officer, on=day - timedelta(days=1), is_past=True)
    assert (before.progress, before.facts.given_cents) == (Progress.NOTHING, 0)


def test_the_page_counts_and_names_who_is_asked(cast: world.Cast, main_kinzig: Agreement) -> None:
    page = signed_in(cast.auditor).get(f"{YEAR}?stand=2024-10-01").content.decode()
    for said in ("1 von 26", "25 von 26", "1.600.100", "HMSI", "RP Kassel"):
        assert said in page
    (kinzig,) = (line for line in lines(page) if "Main-Kinzig-Kreis" in line)
    assert "veröffentlicht" in kinzig
    assert "überfällig" not in kinzig
    assert "Umsetzung besprechen, bis Samstag, 30.11.2024 HMSI, Gebietskörperschaft" in kinzig
    (kassel,) = (line for line in lines(page) if "Kassel Stadt" in line)
    assert "überfällig Mittel zuweisen, bis Sonntag, 31.03.2024 (angenommene Frist)" in kassel
    for person in (cast.officer, cast.head, cast.body):
        assert person.name not in page


def test_what_is_late_depends_on_the_day(cast: world.Cast, main_kinzig: Agreement) -> None:
    client = signed_in(cast.officer)
    early = client.get(f"{YEAR}?stand=31.03.2024").content.decode()
    assert "überfällig" not in " ".join(lines(early))
    late = client.get(f"{YEAR}?stand=01.04.2024&spaet=on").content.decode()
    assert len(lines(late)) == 26
    later = client.get(f"{YEAR}?stand=01.10.2024&spaet=on").content.decode()
    assert len(lines(later)) == 25


def test_filters_and_order_stand_in_the_address(cast: world.Cast, main_kinzig: Agreement) -> None:
    client = signed_in(cast.officer)
    cities = client.get(f"{YEAR}?art=kreisfreie+Stadt").content.decode()
    assert len(lines(cities)) == 5
    asked = client.get(f"{YEAR}?stand=2024-10-01&gefragt=authority").content.decode()
    assert "Auf keine Gebietskörperschaft treffen diese Filter zu" in asked
    asked = client.get(f"{YEAR}?stand=2024-06-01&gefragt=authority").content.decode()
    assert len(lines(asked)) == 26
    first = lines(client.get(f"{YEAR}?sortierung=-vereinbart").content.decode())[0]
    assert "Main-Kinzig-Kreis" in first
    wrong = client.get(f"{YEAR}?stand=gestern&gefragt=nobody").content.decode()
    assert "Bitte einen Tag wie 24.12.2025 angeben." in wrong
    assert len(lines(wrong)) == 26


def test_a_body_sees_its_own_row_and_no_other(cast: world.Cast, main_kinzig: Agreement) -> None:
    record(cast, world.invented()[0])
    page = signed_in(cast.body).get(f"{YEAR}?stand=2024-10-01").content.decode()
    (only,) = lines(page)
    assert "Main-Kinzig-Kreis" in only
    assert "1 von 1" in page
    assert "Wetteraukreis" not in page
    assert "Fortschritt auf der Karte" not in page
    assert signed_in(cast.provider).get(YEAR).status_code == 403


def test_hanau_shows_from_2026_and_not_before(cast: world.Cast) -> None:
    client = signed_in(cast.auditor)
    assert "Hanau" not in client.get("/arbeit/jahr/2025").content.decode()
    assert "Hanau" in client.get("/arbeit/jahr/2026").content.decode()
    assert len(lines(client.get("/arbeit/jahr/2026").content.decode())) == 27
    page = signed_in(moved(cast.body, "06415")).get("/arbeit/jahr/2025").content.decode()
    assert "gab es in diesem Jahr nicht als eigene Körperschaft" in page


def test_an_unknown_year_is_refused_in_words(cast: world.Cast) -> None:
    answer = signed_in(cast.officer).get("/arbeit/jahr/1999")
    assert answer.status_code == 409
    assert "Für das Programmjahr 1999 gibt es kein Regelwerk" in answer.content.decode()


def test_the_way_in_leads_to_the_running_year(cast: world.Cast) -> None:
    assert programmes.running_year("aqb_hessen", date(2025, 6, 1)) == 2025
    assert programmes.running_year("aqb_hessen", date(2031, 6, 1)) == 2026
    assert programmes.running_year("aqb_hessen", date(1999, 6, 1)) == 2023
    answer = signed_in(cast.officer).get("/arbeit/jahr")
    assert re.fullmatch(r"/arbeit/jahr/\d{4}", answer["Location"])


def test_what_is_uncovered_shows_as_something_to_cover(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    planning = AccountKey(
        Book.PLANNING, Place.ALLOCATED, programme="aqb_hessen", programme_year=2024, ags="06435"
    )
    outside = replace(planning, place=Place.OUTSIDE, ags="")
    cut = ledger.Posting(planning, outside, 5_000_00, EntryCode.CUT, date(2024, 9, 3), "KÜR-1")
    ledger.record_fact(cast.officer, cut, at=AT)
    kinzig = row(cast.officer)
    assert (kinzig.facts.uncovered_cents, kinzig.facts.difference_cents) == (-500_000, -500_000)
    assert kinzig.tasks[0].work == Work.COVER
    page = signed_in(cast.officer).get(f"{YEAR}?stand=2024-10-01").content.decode()
    assert "Ungedecktes decken HMSI" in " ".join(lines(page))
    assert "−5.000,00" in page
    home = signed_in(cast.head).get("/arbeit/").content.decode()
    assert "ungedeckter Posten ist zu klären" in home
    assert "ungedeckt" not in signed_in(cast.provider).get("/arbeit/").content.decode()


def uncovered_at_the_state(cast: world.Cast, earmark: str, amount: int) -> None:
    """Free money is cut that is not there."""
    free = AccountKey(
        Book.PLANNING, Place.FREE, programme="aqb_hessen", programme_year=2024, earmark=earmark
    )
    outside = replace(free, place=Place.OUTSIDE)
    cut = ledger.Posting(free, outside, amount, EntryCode.CUT, date(2024, 9, 3), "KÜR-1")
    ledger.record_fact(cast.officer, cut, at=AT)


def test_the_states_own_gap_stands_in_the_year_its_summary_and_its_file(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    uncovered_at_the_state(cast, "", 7_000_00)
    uncovered_at_the_state(cast, "language", 300_00)
    client = signed_in(cast.officer)
    page = " ".join(re.sub(r"<[^>]+>", " ", client.get(YEAR).content.decode()).split())
    general, speech = "Mittel ohne Zweckbindung", "Spezifische Sprachförderangebote"
    for amount, purpose in (("−7.000", general), ("−300", speech)):
        assert re.search(rf"Ungedeckt, Land selbst, {purpose}[^:]*: {amount},00", page), purpose
        assert re.search(rf"zu klären {amount}\s€ ungedeckt bei keiner [^:]*: {purpose}", page)
    before = client.get(f"{YEAR}?stand=01.09.2024").content.decode()
    assert "bei keiner Gebietskörperschaft" not in before
    assert "bei keiner Gebietskörperschaft" not in signed_in(cast.body).get(YEAR).content.decode()
    found = file_of(client, f"{YEAR}?export=csv")
    own = {one["Stand"]: one["Ungedeckt"] for one in found if not one["AGS"]}
    assert {name[: len(speech)]: amount for name, amount in own.items()} == {
        general: "-7000,00",
        speech: "-300,00",
    }
    html = html_of(client.get(YEAR).content)
    [address] = {
        unescape(url) for url in re.findall(r'href="([^"]*ort=uncovered[^"]*=language)"', html)
    }
    assert [one["Betrag"] for one in file_of(client, f"{address}&export=csv")] == ["300,00"]


@pytest.mark.parametrize("past", ["", "&stand=04.09.2024"])
def test_what_is_allocated_is_what_the_books_hold_of_the_body(
    cast: world.Cast, main_kinzig: Agreement, past: str
) -> None:
    """Every line's amount is the sum of the places that its link leads to."""
    planning = AccountKey(
        Book.PLANNING, Place.ALLOCATED, programme="aqb_hessen", programme_year=2024, ags="06435"
    )
    outside = replace(planning, place=Place.OUTSIDE, ags="")
    moved = [
        ledger.Posting(outside, planning, 9_000_00, EntryCode.ALLOCATION, date(2024, 9, 3), "B-1"),
        ledger.Posting(planning, outside, 2_000_00, EntryCode.CUT, date(2024, 9, 3), "B-2"),
    ]
    ledger.post(cast.officer, moved, at=AT)
    cut = ledger.Posting(planning, outside, 8_000_00, EntryCode.CUT, date(2024, 9, 3), "KÜR-1")
    ledger.record_fact(cast.officer, cut, at=AT)
    ledger.post(cast.officer, moved[:1], at=AT + timedelta(days=9))
    client = signed_in(cast.officer)
    html = html_of(client.get(f"{YEAR}?{past}").content)
    links = re.findall(r'href="(/arbeit/buecher\?[^"]*ags=06435[^"]*)" ?>([^<]*)</a>', html)
    [(address, shown)] = {(unescape(url), unescape(amount)) for url, amount in links}
    held = sum(
        cents(one["Betrag"])
        for one in file_of(client, f"{address}&export=csv")
        if one["Ort"] not in ("außerhalb der Auswahl", "Eröffnung")
    )
    assert cents(shown) == held == 1_600_100_00 - 1_000_00 + (0 if past else 9_000_00)
    [line] = [one for one in file_of(client, f"{YEAR}?export=csv{past}") if one["AGS"] == "06435"]
    assert cents(line["Zugewiesen"]) == held


def file_of(client: Client, address: str) -> list[dict[str, str]]:
    text = client.get(address).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_file_holds_what_the_filters_leave(cast: world.Cast, main_kinzig: Agreement) -> None:
    client = signed_in(cast.officer)
    answer = client.get(f"{YEAR}?stand=2024-10-01&spaet=on&export=csv")
    found = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert len(found) == 25
    assert {one["Überfällig"] for one in found} == {"ja"}
    assert "06435" not in {one["AGS"] for one in found}
    everything = (
        client.get(f"{YEAR}?export=csv&sortierung=-vereinbart").getvalue().decode("utf-8-sig")
    )
    first = next(csv.DictReader(io.StringIO(everything), delimiter=";"))
    assert (first["AGS"], first["Vereinbart"], first["Ausgabe"]) == ("06435", "1600100,00", "1")


def test_measures_that_somebody_carries_out_are_counted(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    measure = Measure.objects.get(title="Team-Camp")
    deliver(cast.body, measure, NewDelivery("own_delivery", date(2024, 1, 1)), at=AT)
    party = enter(cast, "Werkhof (erfunden)")
    deliver(cast.body, measure, NewDelivery("contract", date(2024, 1, 1), party=party), at=AT)
    assert (row(cast.officer).measures, row(cast.officer).carried_out) == (11, 1)


@pytest.mark.parametrize(
    ("programme", "year", "number"), [("lotsenfonds_nordmark", 2026, 6), ("aqb_hessen", 2026, 27)]
)
def test_the_page_takes_the_same_queries_for_6_and_27_bodies(
    settings: Any,
    db: None,
    django_assert_num_queries: Callable[..., Any],
    programme: str,
    year: int,
    number: int,
) -> None:
    settings.PROGRAMME = programme
    cast = worlds.put(world.enrol_cast)
    kind = packs.load(programme, year).measure_types[0].code
    for ags in world.bodies(programme, year):
        terms = Terms(
            **world.frame(programme, year, ags),  # type: ignore[arg-type]
            amount_cents=100_000_00,
            measures=(TermsMeasure(kind, "Werkstatt"), TermsMeasure(kind, "Lotsen")),
        )
        agreement = record(cast, terms)
        one = agreement.measures.first()
        assert one
        deliver(cast.officer, one, NewDelivery("own_delivery", date(year, 1, 1)), at=AT)
    client = signed_in(cast.auditor)
    address = f"/arbeit/jahr/{year}"
    client.get(address)
    # session, person, seven reads, the years adopted, the state’s gaps, four of successions,
    # and the strategies
    with django_assert_num_queries(16):
        page = client.get(address).content.decode()
    assert len(lines(page)) == number
    assert page.count("erfasst</span>") >= number
