"""Regional bodies: told apart by their key, valid on days, money only for who may see it."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.rooms import money as stage
from tests.rooms.money import AT, EURO, MILLION, OFFICER
from tests.stage import signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.config import world
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.packs import competence, naming
from zielwerk.packs import loading as packs
from zielwerk.packs.model import fact_codes
from zielwerk.programme.actions import NewParty, NewRelation, enter_party
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.planning import Fund

HESSE = "aqb_hessen"
MAIN_KINZIG, HANAU, WETTERAU = "06435", "06415", "06440"


@pytest.fixture
def officer(cast: world.Cast) -> Client:
    return signed_in(cast.officer)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("\xa0", " ")


def allocate(programme: str, amounts: dict[str, int], year: int = 2026) -> None:
    """Give bodies amounts (cents) by a decided scenario."""
    by_hand = {
        ags: {"amount_cents": cents, "reason": "Leitungsentscheidung"}
        for ags, cents in amounts.items()
    }
    stage.enact(programme)
    one = stage.scenario(programme, sum(amounts.values()) + 9 * MILLION, overrides=by_hand)
    allocation.decide(stage.HEAD, stage.put_forward(one), at=AT)


@pytest.mark.django_db
class TestList:
    def test_bodies_of_one_name_are_told_apart_by_key_and_kind(
        self, officer: Client, programme: str, settings: Settings
    ) -> None:
        settings.PROGRAMME = programme
        text = page(officer, "/arbeit/koerperschaften?tag=01.07.2026")
        for one in packs.bodies_on(programme, date(2026, 7, 1)):
            assert f">{one.ags}</a>" in text
            court = competence.competent(
                packs.organisations(programme), "court", date(2026, 7, 1), one
            )
            assert court
            assert court.name in text
        assert "Landkreis" in text
        assert "kreisfreie Stadt" in text

    def test_a_body_shows_from_the_day_it_exists(self, officer: Client) -> None:
        before = page(officer, "/arbeit/koerperschaften?tag=31.12.2025")
        after = page(officer, "/arbeit/koerperschaften?tag=01.01.2026")
        assert HANAU not in before
        assert HANAU in after
        assert "Wie sie am 31.12.2025 bestehen" in before
        assert "Gebietskörperschaften: 26" in before
        assert "Gebietskörperschaften: 27" in after
        assert "Bruch am 01.01.2026" in before

    def test_a_day_that_is_none_is_said_at_its_field(self, officer: Client) -> None:
        assert "Bitte einen Tag wie" in page(officer, "/arbeit/koerperschaften?tag=morgen")

    def test_the_export_keeps_day_and_kind(self, officer: Client) -> None:
        address = "/arbeit/koerperschaften?tag=01.01.2026&art=kreisfreie Stadt&export=csv"
        content = officer.get(address).getvalue().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        assert {row["Art"] for row in rows} == {"kreisfreie Stadt"}
        assert HANAU in {row["AGS"] for row in rows}
        assert len(rows) == 6

    def test_a_body_reads_no_other_body_s_amounts(self, cast: world.Cast) -> None:
        allocate(HESSE, {MAIN_KINZIG: 1_234_500 * EURO, WETTERAU: 2_345_600 * EURO})
        insider, own = signed_in(cast.auditor), signed_in(cast.body)
        address = "/arbeit/koerperschaften?tag=01.07.2026"
        assert "2.345.600" in page(insider, address)
        assert "1.234.500" in page(own, address)
        assert "2.345.600" not in page(own, address)
        assert "1.234.500" not in page(signed_in(cast.provider), address)

    def test_no_more_queries_for_more_money(
        self, officer: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        address = "/arbeit/koerperschaften?tag=01.07.2026"
        with django_assert_num_queries(3):
            page(officer, address)
        allocate(HESSE, {MAIN_KINZIG: 100 * EURO})
        with django_assert_num_queries(3):
            page(officer, address)


@pytest.mark.django_db
class TestOneBody:
    def test_facts_have_sources_and_the_break_is_told(self, officer: Client) -> None:
        text = page(officer, f"/arbeit/koerperschaften/{MAIN_KINZIG}")
        assert "Verwaltungsgericht Frankfurt am Main" in text
        assert "Bruch der Zeitreihe am 01.01.2026" in text
        assert "Beteiligt: Hanau." in text
        assert "nicht vergleichbar" in text

    def test_what_is_assumed_says_so(self, officer: Client) -> None:
        known = {one.ags: one for one in packs.bodies(HESSE)}
        assert "jobcenter" in known["06411"].assumed
        assert "Annahme" in page(officer, "/arbeit/koerperschaften/06411")

    def test_the_series_has_each_year_and_the_break(self, officer: Client) -> None:
        outside, there = (
            AccountKey.planning(Fund(HESSE, 2025), place, ags)
            for place, ags in ((Place.OUTSIDE, ""), (Place.ALLOCATED, MAIN_KINZIG))
        )
        day, code = date(2025, 3, 1), EntryCode.ALLOCATION
        given = ledger.Posting(outside, there, 1_500_000 * EURO, code, day, "VS-2025-0001")
        ledger.post(OFFICER, [given], at=AT)
        allocate(HESSE, {MAIN_KINZIG: 1_600_100 * EURO})
        text = page(officer, f"/arbeit/koerperschaften/{MAIN_KINZIG}")
        assert "1.500.000 €" in text
        assert "1.600.100 €" in text
        assert "Bruch der Reihe" in text
        assert "ab 2026 nicht vergleichbar" in text

    def test_what_is_uncovered_is_shown_until_it_is_resolved(self, officer: Client) -> None:
        free = AccountKey.planning(Fund(HESSE, 2026), Place.ALLOCATED, MAIN_KINZIG)
        outside = AccountKey.planning(Fund(HESSE, 2026), Place.OUTSIDE)
        taken = ledger.Posting(
            free, outside, 5_000 * EURO, EntryCode.CUT, date(2026, 3, 1), "HH-2026-0099"
        )
        assert "Nichts ist ungedeckt" in page(officer, f"/arbeit/koerperschaften/{MAIN_KINZIG}")
        ledger.record_fact(OFFICER, taken, at=AT)
        text = page(officer, f"/arbeit/koerperschaften/{MAIN_KINZIG}")
        assert "Ungedeckt, zu klären" in text
        assert "−5.000,00 €" in text

    def test_parties_stand_there_with_how_the_work_is_passed_on(self, officer: Client) -> None:
        relation = NewRelation(MAIN_KINZIG, "procured", date(2025, 1, 1))
        party = NewParty(HESSE, "Bildungswerk Kinzig (erfunden)", "provider", [relation], True)
        enter_party(OFFICER, party, at=AT)
        text = page(officer, f"/arbeit/koerperschaften/{MAIN_KINZIG}")
        assert "Bildungswerk Kinzig (erfunden)" in text
        assert "Eingekaufte Leistung" in text
        assert "seit 01.01.2025" in text

    def test_the_people_of_a_body_open_their_own_only(self, cast: world.Cast) -> None:
        own = signed_in(cast.body)
        assert page(own, f"/arbeit/koerperschaften/{MAIN_KINZIG}")
        assert own.get(f"/arbeit/koerperschaften/{WETTERAU}").status_code == 404

    def test_a_provider_sees_the_facts_and_no_money(self, cast: world.Cast) -> None:
        allocate(HESSE, {MAIN_KINZIG: 1_600_100 * EURO})
        text = page(signed_in(cast.provider), f"/arbeit/koerperschaften/{MAIN_KINZIG}")
        assert "Verwaltungsgericht" in text
        assert "1.600.100" not in text
        assert "Mittel nach Programmjahren" not in text

    def test_an_unknown_key_is_not_found(self, officer: Client) -> None:
        assert officer.get("/arbeit/koerperschaften/99999").status_code == 404
        assert officer.get("/arbeit/koerperschaften/6435").status_code == 404

    def test_no_more_queries_for_more_years_and_parties(
        self, officer: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        address = f"/arbeit/koerperschaften/{MAIN_KINZIG}"
        with django_assert_num_queries(14):
            page(officer, address)
        allocate(HESSE, {MAIN_KINZIG: 100 * EURO})
        for number in range(5):
            relation = NewRelation(MAIN_KINZIG, "procured")
            party = NewParty(HESSE, f"Träger {number} (erfunden)", "provider", [relation])
            enter_party(OFFICER, party, at=AT)
        with django_assert_num_queries(14):
            page(officer, address)


def test_who_is_competent_is_that_of_the_day_of_the_list(officer: Client) -> None:
    """Beside the court the file names the ministry of that day, before and after its new name."""
    names = {}
    for day in ("17.01.2024", "18.01.2024"):
        answer = officer.get(f"/arbeit/koerperschaften?tag={day}&export=csv")
        rows = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";")
        (names[day],) = {row["Ministerium"] for row in rows}
    assert list(names.values()) == [
        "Hessisches Ministerium für Soziales und Integration",
        "Hessisches Ministerium für Arbeit, Integration, Jugend und Soziales",
    ]


@pytest.mark.parametrize("address", ["programm", f"koerperschaften/{MAIN_KINZIG}"])
def test_former_names_stand_beneath_with_their_days_and_source(
    officer: Client, address: str
) -> None:
    text = " ".join(re.sub("<[^>]*>", " ", page(officer, f"/arbeit/{address}")).split())
    former = text.index("früher: Hessisches Ministerium für Soziales und Integration")
    assert text.index("Hessisches Ministerium für Arbeit, Integration") < former
    assert "bis 17.01.2024" in text[former:]
    assert "AAV-Grundsätze des HMSI" in text[former:]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [HESSE, "kreisbudget_suedland"])
@pytest.mark.parametrize("address", ["/arbeit/koerperschaften", "/arbeit/jahr/2026"])
def test_what_a_choice_of_a_fact_sends_is_no_markup_in_any_language(
    officer: Client, name: str, address: str, settings: Settings
) -> None:
    settings.PROGRAMME = name
    text = officer.get(address, headers={"Accept-Language": "en"}).content.decode()
    for fact in packs.programme(name).body_facts:
        for choice in fact.choices:
            assert f'value="{choice.code}"' in text
    assert 'value="&lt;span' not in text
    assert 'value="<span' not in text
    everything = {one.ags for one in packs.bodies_on(name, date(2026, 7, 1))}
    fact = next(fact for fact in packs.programme(name).body_facts if fact.choices)
    code = next(iter(fact_codes(fact, packs.bodies_on(name, date(2026, 7, 1))[0].facts)))
    field = hyphenated(fact.label)
    query = {field: code, "tag": "01.07.2026"}
    kept = officer.get(address, query, headers={"Accept-Language": "en"}).content.decode()
    rows = kept.partition("<main")[2]
    shown = {
        ags for ags in everything if f'/{ags}"' in rows or f"{naming.short(name, ags)}<" in rows
    }
    assert shown
    assert shown < everything


@pytest.mark.django_db
@pytest.mark.parametrize("name", [HESSE, "kreisbudget_suedland"])
def test_the_list_is_ordered_by_every_fact_in_words(
    officer: Client, name: str, settings: Settings
) -> None:
    settings.PROGRAMME = name
    for fact in packs.programme(name).body_facts:
        column = hyphenated(fact.label)
        for sign in ("", "-"):
            address = f"/arbeit/koerperschaften?sortierung={sign}{column}&tag=01.07.2026"
            rows = officer.get(address).context["listed"].data()
            texts = [row[fact.code] for row in rows]
            known = [text for text in texts if text]
            assert known == sorted(known, reverse=bool(sign))
            assert (texts[::-1] if sign else texts)[: len(known)] == sorted(known), "empty last"
