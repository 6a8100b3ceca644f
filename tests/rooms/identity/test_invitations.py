"""One-time links: good once, for a time, and for one person; who has one sets her password."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils import timezone

from tests.rooms.identity.entering import (
    AT,
    OPERATOR,
    enrolled,
    send,
    signed_in_with_code,
    with_app,
)
from tests.stage import html_of, signed_in
from zielwerk.config import settings as product
from zielwerk.config.cli import main
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.identity import actions
from zielwerk.identity.actions import Enrolment
from zielwerk.identity.models import OneTimeLink, User
from zielwerk.rulebook.refusal import Refused

PASSWORD = "fünf Esel auf dem Damm"
TYPED = {"passwort": PASSWORD, "wiederholung": PASSWORD}


pytestmark = pytest.mark.usefixtures("real")


def link_for(person: User) -> str:
    return actions.invite(OPERATOR, person, at=timezone.now())


def sent(client: Client, link: str, **typed: str) -> Any:
    address, _, key = link.partition("?schluessel=")
    return client.post(address, {"schluessel": key, **TYPED, **typed})


def test_whoever_has_the_link_sets_her_password_and_is_signed_in(anna: User) -> None:
    client, link = Client(), link_for(anna)
    page = client.get(link).content.decode()
    assert "Anna Weiß" in page
    assert "anna@example.org" in page
    assert sent(client, link)["Location"] == "/arbeit/"
    assert "Anna Weiß" in client.get("/arbeit/zugang").content.decode()
    anna.refresh_from_db()
    assert check_password(PASSWORD, anna.password)
    assert list(audit.verify()) == []


def test_the_link_itself_is_kept_nowhere(anna: User) -> None:
    key = link_for(anna).partition("=")[2]
    kept = str([*OneTimeLink.objects.values(), *AuditEntry.objects.values()])
    assert len(key) > 40
    assert key not in kept


def test_passwords_are_kept_by_argon2() -> None:
    assert product.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")


def spent(person: User, link: str) -> str:
    sent(Client(), link)
    return link


def replaced(person: User, link: str) -> str:
    link_for(person)
    return link


def expired(person: User, link: str) -> str:
    OneTimeLink.objects.update(expires_at=timezone.now())
    return link


def of_somebody_erased(person: User, link: str) -> str:
    actions.erase(OPERATOR, person, at=AT)
    return link


def invented(person: User, link: str) -> str:
    return link + "x"


def without_a_key(person: User, link: str) -> str:
    return link.partition("?")[0]


@pytest.mark.parametrize(
    "gone", [spent, replaced, expired, of_somebody_erased, invented, without_a_key]
)
def test_a_link_that_is_not_good_shows_one_page_and_does_nothing(anna: User, gone: Any) -> None:
    link = gone(anna, link_for(anna))
    before = User.objects.get(pk=anna.pk).password
    client = Client()
    for answer in (client.get(link), sent(client, link)):
        assert answer.status_code == 410
        page = answer.content.decode()
        assert "Dieser Link gilt nicht" in page
        assert "Anna" not in page
        assert "anna@" not in page
    assert User.objects.get(pk=anna.pk).password == before
    assert client.get("/arbeit/").status_code == 302


def test_only_the_newest_of_several_links_is_good(anna: User) -> None:
    first, second = link_for(anna), link_for(anna)
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_after_a_restore_no_link_is_good_and_the_chain_knows_it(anna: User) -> None:
    link = link_for(anna)
    at = timezone.now()
    seals = actions.void_links(at)
    audit.append("cli:restore", "core.restore", None, seals, at)
    assert Client().get(link).status_code == 410
    assert list(audit.verify()) == []
    assert actions.void_links(at) == []


def test_a_link_is_good_for_as_many_days_as_the_installation_says(
    anna: User, settings: Any
) -> None:
    settings.LINK_DAYS = 2
    actions.invite(OPERATOR, anna, at=AT)
    assert OneTimeLink.objects.get().expires_at == AT + timedelta(days=2)


def test_looking_at_the_page_does_not_use_the_link_up(anna: User) -> None:
    link = link_for(anna)
    for _ in range(3):
        assert Client().get(link).status_code == 200


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"passwort": "", "wiederholung": ""}, "Dieses Feld"),
        ({"passwort": "kurz", "wiederholung": "kurz"}, "zu kurz"),
        ({"passwort": "qwerty123456", "wiederholung": "qwerty123456"}, "üblich"),
        ({"passwort": "529417306284", "wiederholung": "529417306284"}, "numerisch"),
        ({"passwort": "anna@example.org", "wiederholung": "anna@example.org"}, "ähnlich"),
        ({"wiederholung": "vier Pferde am Teich"}, "nicht gleich"),
    ],
)
def test_a_password_that_does_not_do_is_refused_and_the_link_stays_good(
    anna: User, typed: dict[str, str], told: str
) -> None:
    client, link = Client(), link_for(anna)
    answer = sent(client, link, **typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert sent(client, link).status_code == 302


def test_a_new_password_ends_the_sessions_under_the_old_one(anna: User) -> None:
    elsewhere = signed_in(anna)
    assert elsewhere.get("/arbeit/").status_code == 200
    sent(Client(), link_for(anna))
    assert elsewhere.get("/arbeit/").status_code == 302


def test_nobody_is_invited_in_a_demo_and_nobody_of_the_demo(cast: Any, settings: Any) -> None:
    with pytest.raises(Refused) as refused:
        actions.invite(OPERATOR, cast.officer, at=AT)
    assert [one.rule for one in refused.value.refusals] == ["identity.demo_person"]
    settings.DEMO = True
    with pytest.raises(Refused) as refused:
        actions.invite(OPERATOR, cast.officer, at=AT)
    assert [one.rule for one in refused.value.refusals] == ["identity.in_demo"]


def test_in_a_demo_no_link_is_good(anna: User, settings: Any) -> None:
    link = link_for(anna)
    settings.DEMO = True
    assert Client().get(link).status_code == 410


def test_who_may_no_longer_sign_in_is_not_invited(anna: User) -> None:
    actions.erase(OPERATOR, anna, at=AT)
    with pytest.raises(Refused) as refused:
        link_for(anna)
    assert [one.rule for one in refused.value.refusals] == ["identity.not_active"]


def test_the_command_line_enrols_and_invites_the_first_administrator(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["people", "invite", "Erste@example.org"]
    assert main(command) == 1
    assert "--name" in capsys.readouterr().err
    assert main([*command, "--name", "Erste Person", "--organisation", "Ministerium"]) == 0
    told, link = capsys.readouterr().out.strip().splitlines()
    assert "erste@example.org" in told
    path = link.removeprefix(product.ENVIRONMENT.address)
    assert path.startswith("/anmelden/einladung?")
    client = Client()
    assert sent(client, path).status_code == 302
    assert "Erste Person" in client.get("/arbeit/zugang").content.decode()
    assert main(command) == 0  # a new link for her who is there
    assert User.objects.count() == 1


def test_the_command_line_of_a_demo_refuses_and_enrols_nobody(
    db: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True
    command = ["people", "invite", "a@example.org", "--name", "A", "--organisation", "B"]
    assert main(command) == 1
    assert "Vorführung" in capsys.readouterr().err
    assert not User.objects.exists()


def test_a_link_brings_nobody_past_a_second_factor(anna: User) -> None:
    with_app(anna)
    client, link = Client(), link_for(anna)
    assert sent(client, link)["Location"] == "/anmelden"
    assert client.get("/arbeit/zugang").status_code == 302
    assert send(client, word=PASSWORD)["Location"] == "/anmelden/bestaetigen"
    passkey = {"schluessel": link_for(anna).partition("=")[2], "credential": '{"response": {}}'}
    assert client.post("/anmelden/einladung", passkey).status_code == 422
    assert client.get("/arbeit/zugang").status_code == 302


def administrator() -> User:
    return actions.enrol(
        OPERATOR,
        Enrolment("chef@example.org", "Chris Rau", "", "ministry_administrator", "Ministerium"),
        at=AT,
    )


def newcomer() -> User:
    new = Enrolment("bea@example.org", "Bea Neu", "", "ministry_editor", "Ministerium")
    return actions.enrol(OPERATOR, new, at=AT)


def test_an_administrator_invites_until_somebody_comes_in_and_never_after(paul: User) -> None:
    """By a link she would set a password of her own choice, and the person were not told."""
    chris, bea = administrator(), newcomer()
    link = actions.invite(chris, bea, at=timezone.now())
    assert sent(Client(), link)["Location"] == "/arbeit/"
    for person in (bea, paul):
        with pytest.raises(NotAllowed) as refused:
            actions.invite(chris, person, at=timezone.now())
        assert [one.rule for one in refused.value.refusals] == ["identity.comes_in"]
    actions.recover(chris, bea, at=timezone.now())
    assert actions.invite(chris, bea, at=timezone.now())


def test_the_page_of_who_comes_in_offers_no_link_and_none_is_made_past_it(paul: User) -> None:
    chris = enrolled("chef@example.org", "Chris Rau", "ministry_administrator")
    with_app(chris)
    client, newest = signed_in_with_code(chris), OneTimeLink.objects.count()
    assert "Einmal-Link" not in client.get(f"/arbeit/personen/{paul.pk}").content.decode()
    answer = client.post(f"/arbeit/personen/{paul.pk}/einladen")
    assert answer.status_code == 403
    assert "wiederhergestellt" in answer.content.decode()
    assert OneTimeLink.objects.count() == newest


def test_a_link_is_void_when_its_person_comes_in_by_the_service(db: None) -> None:
    bea = newcomer()
    link = link_for(bea)
    actions.link_subject(bea, actions.KnownSubject(bea, "s-1"), at=timezone.now())
    assert Client().get(link).status_code == 410
    assert list(audit.verify()) == []


def test_a_second_administrator_recovers_a_lost_access(anna: User) -> None:
    with_app(anna)
    lost = signed_in_with_code(anna)
    link = actions.recover(administrator(), anna, at=timezone.now())
    assert lost.get("/arbeit/zugang").status_code == 302
    assert send(Client()).status_code == 422
    client = Client()
    assert sent(client, link).status_code == 302
    page = client.get("/arbeit/zugang").content.decode()
    assert "Ihr Zugang wurde am" in page
    assert "Wiederhergestellt" in page
    assert "App einrichten" in page
    assert list(audit.verify()) == []


def test_she_does_it_on_a_page_that_asks_first_and_shows_the_link_once(anna: User) -> None:
    with_app(anna)
    lost, second = signed_in_with_code(anna), signed_in(administrator())
    address = f"/arbeit/personen/{anna.pk}/wiederherstellen"
    asked = html_of(second.get(address).content)
    assert "Zugang wiederherstellen?" in asked
    assert "Anna Weiß" in asked
    assert lost.get("/arbeit/zugang").status_code == 200  # looking does nothing
    page = html_of(second.post(address).content)
    link = page.split("http://testserver")[-1].split("<")[0]
    assert lost.get("/arbeit/zugang").status_code == 302
    assert sent(Client(), link).status_code == 302
    assert Client().get(link).status_code == 410


def of_a_body() -> User:
    new = Enrolment("kreis@example.org", "Kai", "", "body_coordinator", "Kreis", ags="06435")
    return actions.enrol(OPERATOR, new, at=AT)


def test_whom_she_may_not_recover_she_is_not_asked_about(anna: User, paul: User) -> None:
    second = signed_in(administrator())
    gone = actions.erase(OPERATOR, enrolled("weg@example.org", "Weg", "ministry_editor"), at=AT)
    foreign = of_a_body().pk
    for pk, status in ((foreign, 404), (gone.pk, 404), (999_999, 404), (second_of(second), 403)):
        address = f"/arbeit/personen/{pk}/wiederherstellen"
        for answer in (second.get(address), second.post(address)):
            assert answer.status_code == status
    assert signed_in(paul).post(f"/arbeit/personen/{anna.pk}/wiederherstellen").status_code == 403
    assert send(Client(), paul.email).status_code == 302


def second_of(client: Client) -> str:
    return client.session["_auth_user_id"]


def test_nobody_recovers_her_own_access_or_one_of_another_organisation(
    anna: User, paul: User
) -> None:
    chief = administrator()
    with pytest.raises(Refused) as refused:
        actions.recover(chief, chief, at=AT)
    assert [one.rule for one in refused.value.refusals] == ["identity.herself"]
    with pytest.raises(OutOfScope):
        actions.recover(chief, of_a_body(), at=AT)
    with pytest.raises(NotAllowed):
        actions.recover(paul, anna, at=AT)


def test_who_is_erased_leaves_nothing_to_sign_in_with(anna: User) -> None:
    with_app(anna)
    actions.erase(OPERATOR, anna, at=AT)
    assert not Authenticator.objects.exists()
    assert send(Client()).status_code == 422


def test_the_command_line_recovers_too(anna: User, capsys: pytest.CaptureFixture[str]) -> None:
    with_app(anna)
    assert main(["people", "recover", "anna@example.org"]) == 0
    path = capsys.readouterr().out.split()[-1].removeprefix(product.ENVIRONMENT.address)
    assert sent(Client(), path).status_code == 302
    assert not Authenticator.objects.filter(type="totp").exists()
    assert main(["people", "recover", "niemand@example.org"]) == 1
