"""Parties: who they are, to which bodies they belong, and who may enter them."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.rooms import money as stage
from tests.rooms.money import AT, OFFICER
from tests.stage import signed_in
from zielwerk.config import world
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import NewParty, NewRelation, enter_party
from zielwerk.programme.models import Party

HESSE = "aqb_hessen"
MAIN_KINZIG, WETTERAU = "06435", "06440"


@pytest.fixture
def officer(cast: world.Cast) -> Client:
    return signed_in(cast.officer)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def enter(name: str, *ags: str, kind: str = "provider", programme: str = HESSE) -> Party:
    relations = [NewRelation(one, "procured") for one in ags]
    return enter_party(OFFICER, NewParty(programme, name, kind, relations), at=AT)


@pytest.mark.django_db
class TestList:
    def test_filters_by_kind_body_and_name(self, officer: Client) -> None:
        enter("Lernwerk", MAIN_KINZIG)
        enter("Jobcenter Wetterau", WETTERAU, kind="jobcenter")
        assert "Lernwerk" in page(officer, "/arbeit/beteiligte")
        jobcenters = page(officer, "/arbeit/beteiligte?art=jobcenter")
        assert "Jobcenter Wetterau" in jobcenters
        assert "Lernwerk" not in jobcenters
        of_body = page(officer, f"/arbeit/beteiligte?ags={MAIN_KINZIG}")
        assert "Lernwerk" in of_body
        assert "Jobcenter Wetterau" not in of_body
        assert "Lernwerk" in page(officer, "/arbeit/beteiligte?suche=lernw")

    def test_a_body_sees_its_own_parties_and_their_relations_to_itself(
        self, cast: world.Cast
    ) -> None:
        both = enter("Lernwerk", MAIN_KINZIG, WETTERAU)
        other = enter("Werkhof", WETTERAU)
        own = signed_in(cast.body)
        text = page(own, "/arbeit/beteiligte")
        assert "Lernwerk" in text
        assert "Werkhof" not in text
        assert f"Wetteraukreis (Landkreis), {WETTERAU}" not in text.split("<tbody")[1]
        assert f">{WETTERAU}<" not in page(own, f"/arbeit/beteiligte/{both.pk}")
        assert own.get(f"/arbeit/beteiligte/{other.pk}").status_code == 404

    def test_the_export_has_a_row_for_each_party_and_body(self, officer: Client) -> None:
        enter("Lernwerk", MAIN_KINZIG, WETTERAU)
        content = officer.get("/arbeit/beteiligte?export=csv").getvalue().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        own = [row["AGS"] for row in rows if row["Name"] == "Lernwerk"]
        assert own == [MAIN_KINZIG, WETTERAU]

    def test_no_more_queries_for_more_parties(
        self, officer: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        enter("Erster", MAIN_KINZIG)
        with django_assert_num_queries(4):
            page(officer, "/arbeit/beteiligte")
        for number in range(20):
            enter(f"Träger {number}", MAIN_KINZIG, WETTERAU)
        with django_assert_num_queries(4):
            page(officer, "/arbeit/beteiligte")


@pytest.mark.django_db
class TestEntering:
    def test_a_party_with_two_bodies(
        self, cast: world.Cast, programme: str, settings: Settings
    ) -> None:
        settings.PROGRAMME = programme
        officer = signed_in(cast.officer)
        first, second = (one.ags for one in stage.bodies(programme)[:2])
        passing = packs.load(programme, stage.YEAR).passing_on[0]
        typed = {
            "name": "Neue Arbeit (erfunden)",
            "kind": "provider",
            "is_invented": "on",
            "koerperschaft0-ags": first,
            "koerperschaft0-passing_on": passing.code,
            "koerperschaft0-valid_from": "01.01.2026",
            "koerperschaft1-ags": second,
        }
        answer = officer.post("/arbeit/beteiligte/neu", typed, follow=True)
        text = answer.content.decode()
        assert "Neue Arbeit (erfunden)" in text
        assert passing.label in text
        made = Party.objects.get(name="Neue Arbeit (erfunden)")
        assert {(one.ags, one.valid_from) for one in made.relations.all()} == {
            (first, date(2026, 1, 1)),
            (second, None),
        }

    def test_a_further_relation_joins_the_party_that_is_known(self, officer: Client) -> None:
        known = enter("Lernwerk", MAIN_KINZIG)
        address = f"/arbeit/beteiligte/neu?beteiligter={known.pk}"
        assert 'value="Lernwerk"' in page(officer, address)
        typed = {"name": "Lernwerk", "kind": "provider", "koerperschaft0-ags": WETTERAU}
        officer.post(address, typed)
        assert Party.objects.filter(is_invented=False).count() == 1
        assert {one.ags for one in known.relations.all()} == {MAIN_KINZIG, WETTERAU}

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": " "}, "Dieses Feld ist zwingend erforderlich"),
            ({"kind": "club"}, "gültige Auswahl"),
            ({"koerperschaft0-ags": "99999"}, "gültige Auswahl"),
            ({"koerperschaft0-valid_until": "31.12.2023"}, "Das Ende liegt vor dem Beginn"),
            ({"koerperschaft0-ags": ""}, "Bitte die Gebietskörperschaft auswählen"),
            ({"koerperschaft0-valid_from": "Frühjahr"}, "Bitte einen Tag wie"),
            ({"name": "Bekannt"}, "schon unter diesem Namen"),
        ],
    )
    def test_bad_input_is_said_and_nothing_is_entered(
        self, officer: Client, changes: dict[str, str], sentence: str
    ) -> None:
        enter("Bekannt", kind="jobcenter")
        typed = {
            "name": "Neu",
            "kind": "provider",
            "koerperschaft0-ags": MAIN_KINZIG,
            "koerperschaft0-valid_from": "01.01.2024",
        }
        answer = officer.post("/arbeit/beteiligte/neu", {**typed, **changes})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert Party.objects.filter(is_invented=False).count() == 1

    def test_a_refusal_leads_to_the_body_it_is_about(self, officer: Client) -> None:
        typed = {
            "name": "Neu",
            "kind": "provider",
            "koerperschaft0-ags": MAIN_KINZIG,
            "koerperschaft2-ags": WETTERAU,
            "koerperschaft2-valid_from": "01.01.2024",
            "koerperschaft2-valid_until": "31.12.2023",
        }
        html = officer.post("/arbeit/beteiligte/neu", typed).content.decode()
        assert 'href="#id_koerperschaft2-valid_until"' in html

    def test_only_the_ministry_enters(self, cast: world.Cast) -> None:
        for person in (cast.body, cast.provider, cast.auditor, cast.authority):
            assert signed_in(person).get("/arbeit/beteiligte/neu").status_code == 403
