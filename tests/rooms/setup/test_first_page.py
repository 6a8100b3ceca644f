"""The first page of an empty installation: by a code, step by step, once and never again."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.journeys.programmes import Example
from tests.rooms.conftest import Together
from tests.rooms.setup.stage import ADDRESSES, OPERATOR, appoint, let_in, person
from zielwerk.config.demo import made
from zielwerk.core import audit, installation
from zielwerk.core.models import AuditEntry
from zielwerk.identity.models import Post, User
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.refusal import Refused
from zielwerk.setup import actions, queries
from zielwerk.setup.models import SetupStep


@pytest.mark.parametrize("start", ["/", "/anmelden"])
def test_whoever_comes_to_an_empty_installation_is_led_there(empty: Example, start: str) -> None:
    assert Client().get(start)["Location"] == "/einrichten"


def test_a_server_that_runs_on_leads_there_again_after_an_empty_backup_is_restored(
    empty: Example,
) -> None:
    visitor = Client()
    with transaction.atomic():
        before = transaction.savepoint()
        appoint()
        assert visitor.get("/").status_code == 200
        transaction.savepoint_rollback(before)
    assert visitor.get("/")["Location"] == "/einrichten"


def test_in_a_demo_nobody_is_led_there_and_nothing_opens(empty: Example, settings: Any) -> None:
    settings.DEMO = True
    assert Client().get("/").status_code == 200
    assert Client().get("/einrichten").status_code == 410


@pytest.mark.parametrize("typed", ["", "FALSCH", "AAAAA-AAAAA-AAAAA-AAAAA"])
def test_without_the_code_nothing_opens(empty: Example, typed: str) -> None:
    actions.new_code(timezone.now())
    client = Client()
    assert client.post("/einrichten", {"code": typed}).status_code == 422
    for address in ADDRESSES:
        for answer in (client.get(address), client.post(address, person())):
            assert answer["Location"] == "/einrichten"
    assert not User.objects.exists()
    assert not SetupStep.objects.exists()


def test_a_code_lets_one_browser_in_once_and_a_newer_one_ends_it(empty: Example) -> None:
    code = actions.new_code(timezone.now())
    first, second = Client(), Client()
    typed = {"code": f" {code.lower().replace('-', ' ')} "}
    assert first.post("/einrichten", typed).status_code == 302
    assert second.post("/einrichten", typed).status_code == 422
    assert first.get(ADDRESSES[0]).status_code == 200
    actions.new_code(timezone.now())
    assert first.get(ADDRESSES[0])["Location"] == "/einrichten"


def test_each_step_is_one_act_and_the_last_ends_it(empty: Example) -> None:
    client = let_in()
    for number, address in enumerate(ADDRESSES[:-1], start=1):
        page = client.get(address)
        assert f"Schritt {number} von {len(ADDRESSES)}" in page.content.decode()
        typed = {"name": "Ministerium Nord", "an": "probe@example.org"}
        assert client.post(address, typed)["Location"] == ADDRESSES[number]
        newest = AuditEntry.objects.latest("pk")
        assert (newest.actor, newest.verb, newest.pk) == ("setup:page", "setup.take", number)
    assert [one.to for one in mail.outbox] == [["probe@example.org"]]
    done = client.post(ADDRESSES[-1], person())
    assert "/anmelden/einladung?schluessel=" in done.content.decode()
    assert Post.objects.get().organisation == "Ministerium Nord"
    assert Post.objects.get().role == "ministry_administrator"
    assert AuditEntry.objects.latest("pk").verb == "setup.appoint"
    assert installation.kind() == "real"
    assert programmes.adopted_years(empty.programme)
    assert list(audit.verify()) == []
    for address in ("/einrichten", *ADDRESSES):
        for browser in (client, Client()):
            assert browser.get(address).status_code == 410
            if (browser, address) != (client, ADDRESSES[-1]):  # that one may be sent twice
                assert browser.post(address, person()).status_code == 410
    assert User.objects.count() == 1


def test_steps_can_be_left_for_later_and_nothing_typed_is_lost(empty: Example) -> None:
    client, last = let_in(), ADDRESSES[-1]
    back = client.post(last, {**person(), "email": "noch keine", "zurueck": "1"})
    assert back["Location"] == ADDRESSES[-2]
    assert client.post(ADDRESSES[-2], {"an": "", "spaeter": "1"})["Location"] == last
    page = client.get(last).content.decode()
    assert 'value="Anna Weiß"' in page
    assert 'value="noch keine"' in page
    refused = client.post(last, {**person(), "email": "noch keine"})
    assert refused.status_code == 422
    assert 'value="Anna Weiß"' in refused.content.decode()
    assert not SetupStep.objects.exists()
    assert client.post(last, person()).status_code == 200
    assert set(queries.taken()) == {"administrator"}


def sent_form(client: Client, address: str, **typed: str) -> dict[str, str]:
    """What a browser sends of the page at this address, filled in."""
    page = client.get(address).content.decode()
    token = re.search(r'name="einmal" value="([^"]+)"', page)
    assert token
    return {"einmal": token[1], **typed}


def test_a_step_sent_twice_is_taken_once_and_corrected_once_more(empty: Example) -> None:
    client, ministry = let_in(), ADDRESSES[1]
    form = sent_form(client, ministry, name="Ministerium Nord")
    for _ in range(2):
        assert client.post(ministry, form)["Location"] == ADDRESSES[2]
    assert AuditEntry.objects.count() == 1
    assert client.post(ministry, {**form, "name": "Ministerium Süd"})["Location"] == ADDRESSES[2]
    assert queries.ministry(timezone.localdate()) == "Ministerium Süd"


def test_a_test_mail_is_sent_once_however_often_its_button_is_pressed(empty: Example) -> None:
    client, address = let_in(), ADDRESSES[-2]
    form = sent_form(client, address, an="probe@example.org")
    for _ in range(3):
        assert client.post(address, form)["Location"] == ADDRESSES[-1]
    assert len(mail.outbox) == 1


def link_in(page: Any) -> str:
    assert page.status_code == 200
    found = re.search(r"/anmelden/einladung\?schluessel=[\w-]+", page.content.decode())
    assert found
    return found[0]


def test_whoever_pressed_twice_at_the_end_sees_a_link_that_is_good(empty: Example) -> None:
    client = let_in()
    first = link_in(client.post(ADDRESSES[-1], person()))
    second = link_in(client.post(ADDRESSES[-1], person()))
    assert User.objects.count() == 1
    assert [Client().get(link).status_code for link in (first, second)] == [410, 200]
    for other in (Client(), let_in_elsewhere()):
        assert other.post(ADDRESSES[-1], person()).status_code == 410
    word = "vier Pferde am Deich"
    Client().post(second, {"passwort": word, "wiederholung": word})
    assert client.post(ADDRESSES[-1], person()).status_code == 410
    assert list(audit.verify()) == []


@pytest.mark.django_db(transaction=True)
def test_a_double_press_at_the_end_adds_one_person_and_shows_a_link_each_time(
    empty: Example, together: Together
) -> None:
    (client,) = together([let_in])

    def press() -> Any:
        browser = Client()
        browser.cookies = client.cookies.copy()
        return browser.post(ADDRESSES[-1], person())

    links = [link_in(page) for page in together([press, press])]
    good = together([lambda: [Client().get(link).status_code for link in links]])[0]
    assert 200 in good  # the newest; whichever answer the browser shows, a third press helps
    assert together([User.objects.count]) == [1]


def let_in_elsewhere() -> Client:
    """A browser that has a session, and nothing to do with the setup."""
    client = Client()
    client.session.save()
    return client


def test_the_other_language_keeps_the_step_and_what_was_typed(empty: Example) -> None:
    client, last = let_in(), ADDRESSES[-1]
    assert client.post(last, {**person(), "language": "en"})["Location"] == last
    page = client.get(last).content.decode()
    assert '<html lang="en"' in page
    assert 'value="Anna Weiß"' in page
    assert not SetupStep.objects.exists()


def test_a_mail_server_that_is_silent_is_told_and_the_step_waits(
    empty: Example, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    answer = let_in().post("/einrichten/e-mail", {"an": "probe@example.org"})
    assert answer.status_code == 422
    assert "nicht angenommen" in answer.content.decode()
    assert 'value="probe@example.org"' in answer.content.decode()
    assert "mail" not in queries.taken()


def test_where_no_mail_server_is_named_nothing_is_tried(empty: Example, settings: Any) -> None:
    settings.MAIL = None
    answer = let_in().post("/einrichten/e-mail", {"an": "probe@example.org"})
    assert answer.status_code == 422
    assert "ZIELWERK_SMTP_URL" in answer.content.decode()
    assert mail.outbox == []
    assert "mail" not in queries.taken()


def test_of_two_browsers_at_the_end_the_second_is_refused(empty: Example) -> None:
    appoint()
    with pytest.raises(Refused) as refused:
        appoint("bert@example.org")
    assert [one.rule for one in refused.value.refusals] == ["setup.closed"]
    assert User.objects.count() == 1


def test_a_demo_is_set_up_as_nothing_else(empty: Example, settings: Any) -> None:

    settings.DEMO = True
    made(is_walked=False)
    settings.DEMO = False
    assert User.objects.exists()
    with pytest.raises(Refused) as refused:
        actions.take(OPERATOR, actions.NewStep("programme"), at=timezone.now())
    assert [one.rule for one in refused.value.refusals] == ["installation.is_demo"]
