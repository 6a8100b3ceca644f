"""Signing in by password and code: who comes in, what is told to whom, and who has to wait."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from tests.rooms.identity.entering import (
    AT,
    OPERATOR,
    PASSWORD,
    SECRET,
    code_at,
    recovery_codes,
    send,
    signed_in_with_code,
    with_app,
)
from tests.stage import signed_in
from zielwerk.core.models import AuditEntry
from zielwerk.identity import actions
from zielwerk.identity.actions import Enrolment
from zielwerk.identity.actions.attempts import forget_old
from zielwerk.identity.models import SignInEvent, User
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Refused

WORK, SECOND = "/arbeit/", "/anmelden/bestaetigen"
pytestmark = pytest.mark.usefixtures("real")


def test_the_right_password_is_enough_for_who_only_looks_on(paul: User) -> None:
    client = Client()
    assert send(client, "Paul@example.org")["Location"] == WORK
    assert "Paul Roth" in client.get(WORK).content.decode()


def test_who_decides_sets_up_more_than_a_password_before_anything_else(anna: User) -> None:
    client = Client()
    send(client)
    for page in (WORK, "/arbeit/erfassungen/neu", "/arbeit/protokoll"):
        assert client.get(page)["Location"] == "/arbeit/zugang"
    page = client.get("/arbeit/zugang").content.decode()
    assert "Ihre Rolle verlangt mehr als ein Passwort" in page
    assert client.get("/arbeit/zugang/app").status_code == 200
    secret = client.session["app_secret"]
    answer = client.post("/arbeit/zugang/app", {"code": code_at(timezone.now(), secret)})
    assert answer["Location"] == "/arbeit/zugang/codes"
    shown = client.get("/arbeit/zugang/codes").content.decode()
    for code in recovery_codes(anna):
        assert code in shown
    assert client.get(WORK).status_code == 200


def test_of_which_roles_more_is_asked_is_a_setting(anna: User, paul: User, settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"auditor"})
    clients = {person: Client() for person in (anna, paul)}
    for person, client in clients.items():
        send(client, person.email)
    assert clients[anna].get(WORK).status_code == 200
    assert clients[paul].get(WORK)["Location"] == "/arbeit/zugang"


def test_after_the_password_comes_the_code_and_then_the_page_one_wanted(anna: User) -> None:
    with_app(anna)
    client = Client()
    given = {"adresse": anna.email, "passwort": PASSWORD, "next": "/arbeit/buecher"}
    assert client.post("/anmelden", given)["Location"] == SECOND
    assert client.get(WORK).status_code == 302
    assert client.get(SECOND).status_code == 200
    answer = client.post(SECOND, {"code": code_at(timezone.now())})
    assert answer["Location"] == "/arbeit/buecher"
    assert client.get(WORK).status_code == 200
    assert client.get(SECOND)["Location"] == WORK


def test_without_the_password_there_is_no_second_step(anna: User) -> None:
    with_app(anna)
    client = Client()
    for answer in (client.get(SECOND), client.post(SECOND, {"code": code_at(timezone.now())})):
        assert answer["Location"] == "/anmelden"


def test_a_code_is_good_once_also_within_its_half_minute(anna: User) -> None:
    with_app(anna, AT)
    code = code_at(AT + timedelta(minutes=5))
    assert actions.use_code(anna, code, AT + timedelta(minutes=5))
    assert actions.use_code(anna, code, AT + timedelta(minutes=5, seconds=5)) is None


@pytest.mark.parametrize(("seconds", "is_good"), [(-90, 0), (-31, 1), (0, 1), (31, 1), (90, 0)])
def test_clocks_may_differ_by_half_a_minute(anna: User, seconds: int, is_good: int) -> None:
    with_app(anna, AT)
    later = AT.replace(second=15) + timedelta(hours=1)
    code = code_at(later + timedelta(seconds=seconds))
    assert bool(actions.use_code(anna, code, later)) == bool(is_good)


def test_a_code_may_be_typed_as_the_app_shows_it(anna: User) -> None:
    with_app(anna, AT)
    later = AT + timedelta(hours=1)
    code = code_at(later)
    assert actions.use_code(anna, f" {code[:3]} {code[3:]}", later)


def test_a_recovery_code_is_good_once(anna: User) -> None:
    with_app(anna)
    actions.renew_codes(anna, anna, at=AT)
    first, second, *others = recovery_codes(anna)
    for code, status in ((first, 302), (first, 422), (second, 302)):
        client = Client()
        send(client)
        assert client.post(SECOND, {"code": code}).status_code == status
    assert recovery_codes(anna) == others


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("anna@example.org", "falsch"),
        ("niemand@example.org", PASSWORD),
        ("niemand@example.org", "falsch"),
        ("geloescht@example.org", PASSWORD),
        ("nie-eingeladen@example.org", PASSWORD),
    ],
)
def test_nobody_learns_which_addresses_there_are(anna: User, address: str, word: str) -> None:
    for name in ("geloescht", "nie-eingeladen"):
        new = Enrolment(f"{name}@example.org", name, "", "auditor", "Prüfung")
        actions.enrol(OPERATOR, new, at=AT)
    User.objects.filter(name="geloescht").update(is_active=False, password=anna.password)
    client = Client()
    answer = send(client, address, word)
    assert answer.status_code == 422
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in answer.content.decode()
    assert client.get(WORK).status_code == 302


@pytest.mark.parametrize("address", ["anna@example.org", "niemand@example.org"])
def test_after_too_many_attempts_the_right_password_waits_too(anna: User, address: str) -> None:
    for _ in range(5):
        assert send(Client(), address, "falsch").status_code == 422
    answer = send(Client(), address)
    assert answer.status_code == 429
    assert "Zu viele Versuche" in answer.content.decode()
    SignInEvent.objects.update(at=timezone.now() - timedelta(minutes=15))
    assert send(Client(), address).status_code == (302 if address == anna.email else 422)


def test_whoever_is_held_off_does_not_make_it_last_longer(anna: User) -> None:
    for _ in range(5):
        send(Client(), word="falsch")
    told = [send(Client()).content.decode() for _ in range(3)]
    assert len({page[page.index("ab ") :][:8] for page in told}) == 1


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 1, 15, 8, 0, 30, tzinfo=UTC), "09:16"),  # let through at 09:15:30
        (datetime(2026, 7, 15, 8, 0, 0, tzinfo=UTC), "10:15"),
        (datetime(2026, 7, 15, 21, 59, 59, 1, tzinfo=UTC), "00:15"),
    ],
)
def test_who_is_held_off_reads_the_minute_of_her_own_clock_and_is_let_through_in_it(
    anna: User, at: datetime, said: str
) -> None:
    attempt = actions.Attempt(SignInEvent.Way.PASSWORD, "", anna.email, anna)
    for _ in range(5):
        actions.try_secret(attempt, at)
    with pytest.raises(Refused) as refused:
        actions.try_secret(attempt, at)
    assert f"ab {said} Uhr" in sentence(refused.value.refusals[0])
    hour, minute = map(int, said.split(":"))
    then = localtime(at + timedelta(minutes=15, seconds=59)).replace(
        hour=hour, minute=minute, second=0, microsecond=0
    )
    assert actions.try_secret(attempt, then).kind == SignInEvent.Kind.FAILED


def test_others_are_not_held_off_with_her(anna: User, paul: User) -> None:
    for _ in range(6):
        send(Client(), word="falsch")
    assert send(Client(), paul.email).status_code == 302


def test_guessing_from_one_network_ends_whatever_the_addresses(paul: User) -> None:
    for number in range(50):
        assert send(Client(), f"{number}@example.org").status_code == 422
    assert send(Client(), paul.email).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert send(elsewhere, paul.email).status_code == 302


def test_codes_are_not_guessed_either_not_even_with_the_password(anna: User) -> None:
    with_app(anna)
    for _ in range(5):
        client = Client()
        assert send(client)["Location"] == SECOND
        assert client.post(SECOND, {"code": "000000"}).status_code == 422
    client = Client()
    send(client)
    answer = client.post(SECOND, {"code": code_at(timezone.now())})
    assert "Zu viele Versuche" in answer.content.decode()
    assert client.get(WORK).status_code == 302


def test_attempts_are_kept_without_address_and_network_and_not_in_the_chain(anna: User) -> None:
    before = AuditEntry.objects.count()
    send(Client(REMOTE_ADDR="192.0.2.7"), "Niemand@example.org")
    send(Client(REMOTE_ADDR="192.0.2.7"), word="falsch")
    signed_in_with_code_after(anna)
    kept = str(list(SignInEvent.objects.values()))
    assert "example.org" not in kept
    assert "192.0.2" not in kept
    assert AuditEntry.objects.count() == before + 1  # the app that was set up


def signed_in_with_code_after(person: User) -> None:
    with_app(person)
    signed_in_with_code(person).post("/abmelden")
    ways = list(SignInEvent.objects.filter(person=person).values_list("kind", flat=True))
    assert ways[:2] == ["signed_out", "signed_in"]


def test_old_attempts_are_forgotten(anna: User) -> None:
    send(Client(), word="falsch")
    actions_at = timezone.now() + timedelta(days=91)
    forget_old(actions_at)
    assert not SignInEvent.objects.exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "javascript:x"])
def test_nobody_is_led_to_another_host(paul: User, elsewhere: str) -> None:
    given = {"adresse": paul.email, "passwort": PASSWORD, "next": elsewhere}
    assert Client().post("/anmelden", given)["Location"] == WORK


def test_a_session_from_before_the_sign_in_is_worth_nothing(paul: User) -> None:
    client = Client()
    client.get("/anmelden/passkey")
    planted = client.cookies["sessionid"].value
    send(client, paul.email)
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert attacker.get(WORK).status_code == 302


def test_secrets_lie_in_the_database_under_the_installations_key(anna: User) -> None:
    with_app(anna)
    actions.renew_codes(anna, anna, at=AT)
    kept = str(list(Authenticator.objects.values()))
    assert SECRET not in kept
    assert not any(code in kept for code in recovery_codes(anna))


def test_under_a_lost_key_no_code_fits_and_the_pages_say_so(anna: User, settings: Any) -> None:
    with_app(anna)
    actions.renew_codes(anna, anna, at=AT)
    codes = [code_at(timezone.now()), recovery_codes(anna)[0], code_at(timezone.now(), "")]
    settings.SECRET_KEY = "another key, as after a loss of the data folder"
    for code in codes:
        client = Client()
        send(client)
        answer = client.post(SECOND, {"code": code})
        assert answer.status_code == 422
        assert "Dieser Code stimmt nicht" in answer.content.decode()
    assert signed_in(anna).get("/arbeit/zugang").status_code == 200


def test_a_form_from_elsewhere_signs_nobody_in(paul: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert send(client, paul.email).status_code == 403


def test_in_a_demo_nobody_signs_in_by_a_password(paul: User, settings: Any) -> None:
    settings.DEMO = True
    client = Client()
    page = send(client, paul.email).content.decode()
    assert "Wählen Sie eine Person der Vorführung" in page or "Vorführung" in page
    assert client.get(WORK).status_code == 302


def test_outside_a_demo_its_people_are_nobody(cast: Any) -> None:
    client = Client()
    assert client.post("/anmelden/vorfuehrung", {"person": cast.officer.pk}).status_code == 302
    assert client.get(WORK).status_code == 302
    assert "Mara Lindner" not in client.get("/anmelden").content.decode()
