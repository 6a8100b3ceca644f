"""A form's token: whose it is, what a refusal leaves of it, when it is forgotten."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests import worlds
from tests.journeys.pages import forms
from tests.rooms.money import MILLION, YEAR, decided, enact
from tests.stage import html_of, press, signed_in
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world
from zielwerk.core import once
from zielwerk.core.models import KeptInput, SentForm
from zielwerk.ui import acts

pytestmark = pytest.mark.django_db
OWN = {"Sec-Fetch-Site": "same-origin"}
WAIVE = "/arbeit/mittelaenderungen/verzicht"
TOKEN = re.compile(rf'name="{once.FIELD}" value="([^"]*)"')


@pytest.fixture
def people(settings: Settings) -> world.Cast:
    settings.PROGRAMME = "aqb_hessen"
    enact("aqb_hessen", 27 * MILLION)
    decided("aqb_hessen", 27 * MILLION)
    return worlds.put(world.enrol_cast)


def token_of(html: bytes) -> str:
    (token,) = set(TOKEN.findall(html.decode()))
    return str(token)


def waive(client: Client, token: str, **changes: str) -> Any:
    said = {"jahr": str(YEAR), "zweck": "", "betrag": "100,00", "begruendung": "weniger Bedarf"}
    return client.post(WAIVE, {**said, **changes, once.FIELD: token})


def test_what_was_wrong_is_corrected_and_sent_with_the_same_token(people: world.Cast) -> None:
    body = signed_in(people.body)
    token = token_of(body.get(WAIVE).content)
    for wrong, status in (({"betrag": "viel"}, 422), ({"betrag": "99.000.000,00"}, 409)):
        answer = waive(body, token, **wrong)
        assert answer.status_code == status
        assert token_of(answer.content) == token
    assert SentForm.objects.count() == 0
    done = waive(body, token)
    assert done.status_code == 302
    assert waive(body, token)["Location"] == done["Location"]
    assert Adjustment.objects.count() == 1


def test_what_is_corrected_after_it_was_sent_is_told_kept_and_an_act_of_its_own(
    people: world.Cast,
) -> None:
    body = signed_in(people.body)
    page = body.get(WAIVE).content.decode()
    form = next(form for form in forms(page, WAIVE) if "betrag" in form.fields)
    sent = {**form.fields, "jahr": str(YEAR), "betrag": "2.000,00", "begruendung": "weniger"}
    first = body.post(WAIVE, sent, headers=OWN)["Location"]
    assert "zw-said" in body.get(first).content.decode()
    corrected = {**sent, "betrag": "3.000,00", "begruendung": "noch weniger Bedarf"}
    back = body.post(WAIVE, corrected, headers=OWN)["Location"]
    assert Adjustment.objects.count() == 1
    page = body.get(back).content.decode()
    text = html_of(page).replace("\xa0", " ")
    assert "Dieses Formular war schon gesendet: Erklärt: Verzicht MA-" in text
    assert "Was Sie geändert haben, ist noch nicht gesendet." in text
    assert f'<a href="{first}">Zum Ergebnis</a>' in text
    assert 'class="zw-said' not in page, "nothing was done"
    again = next(form for form in forms(page, back) if "betrag" in form.fields)
    assert again.fields["betrag"] == "3.000,00"
    assert again.fields["begruendung"] == "noch weniger Bedarf"
    second = body.post(again.action, again.fields, headers=OWN)["Location"]
    assert second != first
    amounts = Adjustment.objects.order_by("pk").values_list("amount_cents", flat=True)
    assert list(amounts) == [2_000_00, 3_000_00]
    assert not KeptInput.objects.exists()


def test_a_program_that_corrects_what_it_sent_is_told_that_nothing_is_done(
    people: world.Cast,
) -> None:
    body = signed_in(people.body)
    token = token_of(body.get(WAIVE).content)
    waive(body, token)
    answer = waive(body, token, betrag="200,00")
    assert answer.status_code == 409
    assert "Dieses Formular war schon gesendet: Erklärt" in html_of(answer.content)
    assert Adjustment.objects.count() == 1


def test_a_form_opened_anew_is_another_act_and_its_twin_is_told_of(people: world.Cast) -> None:
    body, head = signed_in(people.body), signed_in(people.head)
    first, second = (waive(body, token_of(body.get(WAIVE).content))["Location"] for _ in range(2))
    assert first != second
    number = Adjustment.objects.earliest("pk").file_number
    said = html_of(body.get(second).content)
    assert f"Am selben Tag liegt ein gleicher Vorgang vor: {number}." in said
    for page, twin in ((first, second), (second, first)):
        html = html_of(head.get(page).content)
        assert "Bitte prüfen Sie, ob beide gemeint sind." in html
        assert f'<a href="{twin}">' in html
    # Whoever decides reads it where she decides; of what is decided nobody asks it any more.
    assert f'<a href="{first}">' in html_of(head.get(f"{second}/entscheiden").content)
    press(head, Adjustment.objects.get(pk=second.rsplit("/", 1)[1]), "entscheiden")
    assert "Bitte prüfen Sie, ob beide gemeint sind." not in html_of(head.get(second).content)
    assert "Bitte prüfen Sie, ob beide gemeint sind." in html_of(head.get(first).content)


@pytest.mark.parametrize("change", ["person", "address", "letter", "age"])
def test_a_token_of_another_person_address_or_time_does_nothing(
    people: world.Cast, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = signed_in(people.officer)
    token = token_of(officer.get(WAIVE).content)
    if change == "person":
        token = token_of(signed_in(people.head).get(WAIVE).content)
    elif change == "address":
        token = token_of(officer.get("/arbeit/mittelaenderungen/umverteilung").content)
    elif change == "letter":
        token = ("a" if token[0] != "a" else "b") + token[1:]
    else:
        late = signing.time.time() + once.LIFE.total_seconds() + 60
        monkeypatch.setattr(signing.time, "time", lambda: late)
    answer = waive(officer, token, ags=people.body.ags)
    assert answer.status_code == 403
    assert Adjustment.objects.count() == SentForm.objects.count() == 0


def test_the_first_result_is_nobody_elses(people: world.Cast) -> None:
    body = signed_in(people.body)
    token = token_of(body.get(WAIVE).content)
    assert waive(body, token).status_code == 302
    assert waive(signed_in(people.officer), token).status_code == 403
    assert Adjustment.objects.count() == 1


def test_a_retry_after_a_lost_answer_leads_on_even_if_nothing_else_was_kept(
    people: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process may end right after the commit: no notice waits, no redirect was sent."""
    body = signed_in(people.body)
    token = token_of(body.get(WAIVE).content)
    say = acts.say
    monkeypatch.setattr(acts, "say", lambda *_: raise_(SystemExit()))
    with pytest.raises(SystemExit):
        waive(body, token)
    monkeypatch.setattr(acts, "say", say)
    move = Adjustment.objects.get()
    answer = waive(body, token)
    assert answer["Location"] == f"/arbeit/mittelaenderungen/{move.pk}"
    assert f"Erklärt: Verzicht {move.file_number}, 100,00" in html_of(
        body.get(answer["Location"]).content
    ).replace("\xa0", " ")
    assert Adjustment.objects.count() == 1


def raise_(error: BaseException) -> None:
    raise error


def test_numbers_are_forgotten_when_nobody_can_send_them_any_more(people: world.Cast) -> None:
    body = signed_in(people.body)
    waive(body, token_of(body.get(WAIVE).content))
    now = timezone.now()
    assert once.forget(now + once.LIFE - timedelta(minutes=1)) == 0
    assert once.forget(now + once.LIFE + timedelta(minutes=1)) == 1
    assert SentForm.objects.count() == 0


def test_what_was_done_is_said_once_and_first(people: world.Cast) -> None:
    body = signed_in(people.body)
    page = waive(body, token_of(body.get(WAIVE).content))["Location"]
    html = html_of(body.get(page).content)
    main = html[html.index("<main") :]
    assert main.index('class="zw-said') < main.index("<h1")
    assert "Erklärt: Verzicht" in html[html.index("<title>") : html.index("</title>")]
    assert "zw-said" not in body.get(page).content.decode()


def test_who_only_reads_gets_no_cookie_and_no_token(client: Client) -> None:
    answer = client.get("/")
    assert not answer.cookies
    assert once.FIELD not in answer.content.decode()


def test_looking_at_what_one_may_not_says_so(people: world.Cast) -> None:
    body = signed_in(people.body)
    looked = html_of(body.get("/arbeit/mittelaenderungen/umverteilung").content)
    assert "Das können Sie nicht ansehen" in looked
    assert "Es wurde nichts geändert." not in looked
    sent = html_of(body.post("/arbeit/mittelaenderungen/umverteilung").content)
    assert "Es wurde nichts geändert." in sent
