"""Signing in, and what each role may open."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.stage import signed_in
from zielwerk.agreements import actions
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.identity import queries as people
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Refused

# What each role may open: 200; what it may not is told with the reason (403).
PAGES = {
    "/arbeit/": {"officer", "authority", "body", "provider", "auditor"},
    "/arbeit/vereinbarungen": {"officer", "authority", "body", "auditor"},
    "/arbeit/vereinbarungen/2024/06435": {"officer", "authority", "body", "auditor"},
    "/arbeit/erfassungen": {"officer", "auditor"},
    "/arbeit/erfassungen/neu": {"officer"},
    "/arbeit/protokoll": {"officer", "auditor"},
    "/arbeit/buecher": {"officer", "authority", "body", "auditor"},
    "/arbeit/buecher/buchungen": {"officer", "authority", "body", "auditor"},
}
ROLES = ("officer", "authority", "body", "provider", "auditor")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_pages_and_is_told_why_not_the_others(
    cast: world.Cast, main_kinzig: Agreement, page: str, role: str
) -> None:
    response = signed_in(getattr(cast, role)).get(page)
    if role in PAGES[page]:
        assert response.status_code == 200
    else:
        assert response.status_code == 403
        assert "nicht gestattet" in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_without_signing_in_one_is_led_to_the_sign_in(client: Client, db: None, page: str) -> None:
    response = client.get(page)
    assert response.status_code == 302
    assert response["Location"] == f"/anmelden?next={page}"


def test_a_demo_person_signs_in_by_a_button_and_gets_where_she_wanted(cast: world.Cast) -> None:
    client = Client()
    page = client.get("/anmelden?next=/arbeit/buecher").content.decode()
    for person in User.objects.all():
        assert person.name in page
    given = {"person": cast.auditor.pk, "next": "/arbeit/buecher"}
    response = client.post("/anmelden/vorfuehrung", given)
    assert response["Location"] == "/arbeit/buecher"
    assert "Ruth Brandes" in client.get("/arbeit/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "javascript:x"])
def test_nobody_is_led_to_another_host(cast: world.Cast, elsewhere: str) -> None:
    response = Client().post(
        "/anmelden/vorfuehrung", {"person": cast.auditor.pk, "next": elsewhere}
    )
    assert response["Location"] == "/arbeit/"


@pytest.mark.parametrize("person", ["", "0", "abc", "999999", "²"])
def test_whoever_is_no_demo_person_cannot_sign_in(cast: world.Cast, person: str) -> None:
    client = Client()
    assert client.post("/anmelden/vorfuehrung", {"person": person})["Location"] == "/anmelden"
    assert client.get("/arbeit/").status_code == 302


def test_a_real_person_cannot_sign_in_through_the_demo_door(db: None) -> None:
    person = User.objects.create(email="echt@example.org", name="Echt")
    client = Client()
    client.post("/anmelden/vorfuehrung", {"person": person.pk})
    assert client.get("/arbeit/").status_code == 302
    assert "Echt" not in client.get("/anmelden").content.decode()


def test_the_demo_is_made_in_an_empty_database_only(cast: world.Cast) -> None:
    with pytest.raises(Refused) as refused:
        world.build()
    assert refused.value.refusals[0].rule == "demo.not_empty"


def test_a_body_sees_its_own_agreement_and_money_only(cast: world.Cast) -> None:
    for terms in (world.main_kinzig(), world.invented()[0]):
        world.record_and_publish(cast, terms, False, timezone.now())
    client = signed_in(cast.body)
    page = client.get("/arbeit/vereinbarungen").content.decode()
    assert "Main-Kinzig-Kreis" in page
    assert "Darmstadt" not in page
    assert client.get("/arbeit/vereinbarungen/2024/06411").status_code == 404
    books = client.get("/arbeit/buecher").content.decode()
    assert "1.600.100" in books
    assert "2.784.700" not in books
    for asked, is_own in (("", True), ("?ags=06411", False)):
        page = client.get(f"/arbeit/buecher/buchungen{asked}").content.decode()
        assert ("ZV-2024" in page) is is_own  # another body is no choice: no rows
        assert "Darmstadt" not in page


def test_to_a_body_the_ministry_acted_not_an_official(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    """Who recorded and confirmed: a person to colleagues, an organisation to those outside."""
    address = "/arbeit/vereinbarungen/2024/06435"
    for inside in (cast.officer, cast.auditor):
        assert "Mara Lindner" in signed_in(inside).get(address).content.decode()
    page = signed_in(cast.body).get(address).content.decode()
    assert f"{cast.officer.organisation}, 03.09.2024" in page
    for name in ("Mara Lindner", "Jonas Acker"):
        assert name not in page


def test_colleagues_know_each_other_and_outsiders_only_the_organisation(cast: world.Cast) -> None:
    acted = [cast.body.audit_name, cast.officer.audit_name, "cli:demo"]
    ministry = cast.officer.organisation
    assert set(people.labels(acted, cast.body).values()) == {"Deniz Kaya", ministry}
    assert set(people.labels(acted, cast.provider).values()) == {"Main-Kinzig-Kreis", ministry}
    assert set(people.labels(acted, cast.head).values()) == {"Deniz Kaya", "Mara Lindner"}


def test_pages_of_signed_in_people_are_not_kept_by_the_browser(cast: world.Cast) -> None:
    assert signed_in(cast.officer).get("/arbeit/")["Cache-Control"] == "no-store"
    assert Client().get("/zielvereinbarungen")["Cache-Control"] == "public, no-cache"


def test_signing_out_ends_it(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    assert client.post("/abmelden").status_code == 302
    assert client.get("/arbeit/").status_code == 302
    assert client.get("/abmelden").status_code == 405


def test_a_verb_needs_its_own_permission_not_only_a_page(cast: world.Cast) -> None:
    entered = actions.HandEntry(world.main_kinzig(), "Brief")
    intake = actions.begin_by_hand(cast.officer, entered, at=timezone.now())
    for person in (cast.body, cast.authority, cast.auditor, cast.provider):
        response = signed_in(person).post(f"/arbeit/erfassungen/{intake.pk}/annehmen")
        assert response.status_code == 403
    intake.refresh_from_db()
    assert intake.state == "review"


def test_a_form_from_elsewhere_is_refused(cast: world.Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/anmelden/vorfuehrung", {"person": cast.officer.pk}).status_code == 403
