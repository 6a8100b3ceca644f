"""A change of what was agreed, from the page of the agreement to the public page."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.journeys.pages import press
from tests.stage import release, signed_in
from zielwerk.agreements.models import Agreement, Annulment, Intake
from zielwerk.config.world import Cast

CASE = "/arbeit/vereinbarungen/2024/06435"
PUBLIC = "/zielvereinbarungen/2024/06435"


def words(answer: Any) -> str:
    html = answer.content.decode()
    text = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    return " ".join(unescape(text).split())


def begun(client: Client, **other: str) -> HttpResponse:
    sent = {
        "art": "amendment",
        "nummer": "1",
        "grundlage": "§ 4 Mittel",
        "herkunft": "Nachtrag auf Papier",
        **other,
    }
    return client.post(f"{CASE}/aendern", sent, follow=True)  # type: ignore[return-value]


def recorded(cast: Cast, euros: str) -> Agreement:
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    begun(officer)
    intake = Intake.objects.latest("pk")
    door = f"/arbeit/erfassungen/{intake.pk}/pruefen"
    signed = {"signatures[0].office": "Staatsministerin", "signatures[1].office": "Landrat"}
    press(officer, door, door, budget_cents=euros, accept="1", **signed)
    intake.refresh_from_db()
    confirm = f"/arbeit/erfassungen/{intake.pk}/bestaetigen"
    assert head.post(confirm, {"revision": intake.revision}).status_code == 302
    return Agreement.objects.latest("pk")


def test_the_page_of_an_agreement_leads_to_its_change(cast: Cast, main_kinzig: Agreement) -> None:
    officer = signed_in(cast.officer)
    assert f'href="{CASE}/aendern"' in officer.get(CASE).content.decode()
    page = officer.get(f"{CASE}/aendern").content.decode()
    assert '<option value="§ 4 Mittel">' in page
    assert "Nachtrag" in page
    assert "Änderungsbescheid" not in page
    assert f'href="{CASE}/aendern"' not in signed_in(cast.body).get(CASE).content.decode()
    assert signed_in(cast.body).get(f"{CASE}/aendern").status_code == 403


def test_the_review_of_a_change_shows_what_holds_without_signatures(
    cast: Cast, main_kinzig: Agreement
) -> None:
    page = begun(signed_in(cast.officer))
    html = page.content.decode()
    assert "Änderung von ZV-2024-0001; bisher vereinbart: 1.600.100,00 €." in words(page)
    assert re.search(r'name="budget_cents"[^>]*value="1.600.100,00', html)
    assert "Heike Hofmann" not in html
    assert re.search(r'<select[^>]*name="year"[^>]*disabled', html)
    again = signed_in(cast.officer).get(f"{CASE}/aendern")
    assert "Eine Änderung wird schon unter" in words(again)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"nummer": "2"}, "Erfasst ist noch nicht Nummer 1."),
        ({"herkunft": ""}, "Es fehlt die Quelle"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(
    cast: Cast, main_kinzig: Agreement, other: dict[str, str], said: str
) -> None:
    answer = begun(signed_in(cast.officer), **other)
    assert answer.status_code == 409
    assert said in words(answer)
    assert '<option value="§ 4 Mittel" selected' in answer.content.decode()
    assert Intake.objects.count() == 1


def test_every_page_shows_the_changed_amount_and_how_it_came_about(
    cast: Cast, main_kinzig: Agreement
) -> None:
    second = recorded(cast, "1.500.000,00")
    assert second.file_number == "ZV-2024-0001-0001"
    officer = signed_in(cast.officer)
    case = words(officer.get(CASE))
    assert "Vereinbarter Betrag 1.500.000,00 €" in case
    assert "ZV-2024-0001 zuerst vereinbart" in case
    assert "ZV-2024-0001-0001 gilt Nachtrag 1 § 4 Mittel" in case
    assert "Öffentlich ist noch, was vor der Änderung galt: Ausgabe 1" in case
    listed = words(officer.get("/arbeit/vereinbarungen"))
    assert "1.500.000" in listed
    assert "1.600.100" not in listed
    assert "1.500.000" in words(officer.get("/arbeit/jahr/2024"))
    assert "1.600.100,00 €" in words(officer.get(PUBLIC))
    assert officer.post("/arbeit/veroeffentlichen/2024/06435").status_code == 302
    release(cast.head)
    public = words(officer.get(PUBLIC))
    assert "1.500.000,00 €" in public
    assert "Nachtrag 1 (§ 4 Mittel)" in public
    assert f'href="{PUBLIC}/ausgabe-1"' in officer.get(PUBLIC).content.decode()
    old = officer.get(f"{PUBLIC}/ausgabe-1")
    assert "Diese Ausgabe ist abgelöst." in words(old)
    assert old["X-Robots-Tag"] == "noindex"
    assert officer.get(f"{PUBLIC}/ausgabe-2").status_code == 404


def test_a_booking_leads_to_the_change_that_it_rests_on(cast: Cast, main_kinzig: Agreement) -> None:
    recorded(cast, "1.500.000,00")
    officer = signed_in(cast.officer)
    books = officer.get("/arbeit/buecher/buchungen?akte=ZV-2024-0001-0001").content.decode()
    (number,) = set(re.findall(r'href="/arbeit/buecher/buchungen/(\d+)"', books))
    page = officer.get(f"/arbeit/buecher/buchungen/{number}")
    assert f'<a href="{CASE}">ZV-2024-0001-0001</a>' in page.content.decode()


def test_a_mistaken_recording_is_annulled_on_pages_by_two(
    cast: Cast, main_kinzig: Agreement
) -> None:
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    assert f'href="{CASE}/irrtum"' in head.get(CASE).content.decode()
    assert "nie hätte erfasst werden dürfen" in words(head.get(f"{CASE}/irrtum"))
    assert head.post(f"{CASE}/irrtum", {"begruendung": " "}).status_code == 422
    assert head.post(f"{CASE}/irrtum", {"begruendung": "Falscher Kreis"}).status_code == 302
    annulment = Annulment.objects.get()
    page = f"/arbeit/aufhebungen/{annulment.pk}"
    assert "beantragte Aufhebung einer Erfassung ist zu entscheiden" in words(
        officer.get("/arbeit/")
    )
    assert head.post(f"{page}/aufheben", {"revision": annulment.revision}).status_code == 403
    assert officer.post(f"{page}/aufheben", {"revision": annulment.revision}).status_code == 302
    assert "aufgehoben" in words(officer.get(CASE))
    assert f'href="{CASE}/aendern"' not in officer.get(CASE).content.decode()
    assert officer.get(PUBLIC).status_code == 410
    assert "1.600.100" not in words(officer.get("/arbeit/vereinbarungen"))
