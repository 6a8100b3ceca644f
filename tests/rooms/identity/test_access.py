"""What a person keeps of her own access: sessions, factors, and that it is herself."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tests.rooms.identity.entering import (
    AT,
    OPERATOR,
    PASSWORD,
    code_at,
    enrolled,
    recovery_codes,
    send,
    signed_in_with_code,
    with_app,
)
from tests.stage import html_of, signed_in
from zielwerk.core import audit, sessions
from zielwerk.core.models import AuditEntry, KeptInput, SentForm, Session
from zielwerk.core.permissions import OutOfScope
from zielwerk.identity import actions, queries
from zielwerk.identity.actions import Factor, NewPasskey, NewPost
from zielwerk.identity.models import House, User
from zielwerk.rulebook.refusal import Refused

ACCESS, WORK = "/arbeit/zugang", "/arbeit/"
QUERIES = 7
NEW = "sechs Schafe im Koog"
pytestmark = pytest.mark.usefixtures("real")


def entered(person: User, agent: str = "Firefox") -> Client:
    client = Client(HTTP_USER_AGENT=agent)
    send(client, person.email)
    return client


def passkey(person: User, name: str = "Telefon") -> Authenticator:
    """A passkey kept of her; what it holds matters only where it is asked."""
    actions.add_passkey(person, NewPasskey(person, name, {}), at=AT)
    return Authenticator.objects.filter(user=person, type="webauthn").latest("pk")


# --- sessions -----------------------------------------------------------------------------


def test_one_sees_where_one_is_signed_in_and_ends_one_of_them(paul: User) -> None:
    here, there = entered(paul, "Firefox"), entered(paul, "Chromium")
    page = html_of(here.get(ACCESS).content)
    assert "Firefox" in page
    assert "Chromium" in page
    name = sessions.name_of(there.session.session_key or "")
    assert there.session.session_key not in page
    assert here.post(f"{ACCESS}/sitzungen/{name}/beenden").status_code == 302
    assert there.get(WORK).status_code == 302
    assert here.get(WORK).status_code == 200
    assert "Chromium" not in html_of(here.get(ACCESS).content).split("Zuletzt")[0]


def test_one_signs_out_everywhere_else(paul: User, anna: User) -> None:
    here, others, foreign = entered(paul), [entered(paul) for _ in range(2)], signed_in(anna)
    here.post(f"{ACCESS}/sitzungen/beenden")
    assert [client.get(WORK).status_code for client in (here, *others)] == [200, 302, 302]
    assert foreign.get(WORK).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(paul: User, anna: User) -> None:
    hers = signed_in(anna)
    name = sessions.name_of(hers.session.session_key or "")
    entered(paul).post(f"{ACCESS}/sitzungen/{name}/beenden")
    assert hers.get(WORK).status_code == 200


def test_some_hours_after_the_sign_in_a_session_ends_whatever_is_done(paul: User) -> None:
    client = entered(paul)
    began = timezone.now() - sessions.longest() + timedelta(minutes=10)
    session = client.session
    session[sessions.BEGAN] = began.timestamp()
    session.save()
    assert client.get(WORK).status_code == 200
    row = Session.objects.get()
    assert abs(row.expire_date - (began + sessions.longest())) < timedelta(seconds=2)
    told = html_of(client.get(ACCESS).content)
    assert "Spätestens am" in told
    answer = client.post("/sitzung").json()
    assert answer["until"] <= (began + sessions.longest()).timestamp() + 1
    row.expire_date = timezone.now()
    row.save()
    assert client.get(WORK).status_code == 302


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_asks_the_database_as_often_for_many_as_for_few(
    paul: User, number: int, django_assert_num_queries: Any
) -> None:
    client = entered(paul)
    for _ in range(number):
        entered(paul)
        passkey(paul)
    client.get(ACCESS)
    with django_assert_num_queries(QUERIES):
        client.get(ACCESS)


def test_who_still_has_to_set_up_more_is_warned_of_the_end_of_her_session_too(anna: User) -> None:
    client = entered(anna)
    assert client.get(WORK)["Location"] == ACCESS
    assert client.get("/sitzung").json()["until"] > timezone.now().timestamp()
    assert client.post("/sitzung").status_code == 200


def test_the_cookies_of_a_site_behind_tls_are_for_it_alone(
    settings: Any, paul: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.get("/anmelden")
    send(client, paul.email)
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


# --- that it is herself -------------------------------------------------------------------


def long_ago(client: Client) -> None:
    """The person last showed what she signs in with an hour ago."""
    session = client.session
    session["confirmed"] = timezone.now().timestamp() - 3600
    session.save()


@pytest.mark.parametrize("page", ["passwort", "app", "passkey", "codes"])
def test_whoever_sits_there_later_shows_first_that_it_is_herself(paul: User, page: str) -> None:
    client = entered(paul)
    long_ago(client)
    asked = f"{ACCESS}/bestaetigen?next=%2Farbeit%2Fzugang%2F{page}"
    for answer in (client.get(f"{ACCESS}/{page}"), client.post(f"{ACCESS}/{page}", {})):
        assert answer["Location"] == asked
    assert client.get(asked).status_code == 200
    wrong = client.post(f"{ACCESS}/bestaetigen", {"passwort": "falsch"})
    assert wrong.status_code == 422
    assert client.get(f"{ACCESS}/{page}").status_code == 302
    given = {"passwort": PASSWORD, "next": f"{ACCESS}/{page}"}
    assert client.post(f"{ACCESS}/bestaetigen", given)["Location"] == f"{ACCESS}/{page}"
    assert client.get(f"{ACCESS}/{page}").status_code == 200


def test_who_has_a_second_factor_shows_that_one(anna: User) -> None:
    with_app(anna)
    actions.renew_codes(anna, anna, at=AT)
    client = signed_in_with_code(anna)
    long_ago(client)
    assert client.post(f"{ACCESS}/bestaetigen", {"passwort": PASSWORD}).status_code == 422
    code = recovery_codes(anna)[0]
    assert client.post(f"{ACCESS}/bestaetigen", {"code": code}).status_code == 302
    assert client.get(f"{ACCESS}/passwort").status_code == 200


def test_guessing_there_ends_as_well(paul: User) -> None:
    client = entered(paul)
    answers = [client.post(f"{ACCESS}/bestaetigen", {"passwort": "falsch"}) for _ in range(6)]
    assert "Zu viele Versuche" in answers[-1].content.decode()
    assert client.post(f"{ACCESS}/bestaetigen", {"passwort": PASSWORD}).status_code == 422


# --- changes ------------------------------------------------------------------------------


def test_a_changed_password_ends_the_other_sessions_and_leaves_this_one(paul: User) -> None:
    here, there = entered(paul), entered(paul)
    typed = {"passwort": NEW, "wiederholung": NEW}
    assert here.post(f"{ACCESS}/passwort", typed)["Location"] == ACCESS
    assert here.get(WORK).status_code == 200
    assert there.get(WORK).status_code == 302
    assert send(Client(), paul.email).status_code == 422
    assert send(Client(), paul.email, NEW).status_code == 302


def test_no_password_is_kept_where_other_typed_texts_are(paul: User) -> None:
    """Neither for filling a form in again, nor as the digest of what was sent."""
    client = entered(paul)
    form = html_of(client.get(f"{ACCESS}/passwort").content)
    fields = dict(part.split('" value="') for part in form_fields(form))
    Session.objects.all().delete()
    typed = {**fields, "passwort": NEW, "wiederholung": NEW}
    client.post(f"{ACCESS}/passwort", typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert NEW not in str([*KeptInput.objects.values(), *SentForm.objects.values()])


def form_fields(form: str) -> list[str]:
    """The hidden fields of a page, each as name and value."""
    parts = form.split('<input type="hidden" name="')[1:]
    return [part.split('">')[0] for part in parts]


def test_a_wrong_first_code_sets_up_no_app(paul: User) -> None:
    client = entered(paul)
    client.get(f"{ACCESS}/app")
    answer = client.post(f"{ACCESS}/app", {"code": "000000"})
    assert answer.status_code == 422
    assert "Dieser Code stimmt nicht" in answer.content.decode()
    assert not queries.has_second_factor(paul)


def test_recovery_codes_are_shown_for_a_short_while_and_made_anew(anna: User) -> None:
    with_app(anna)
    actions.renew_codes(anna, anna, at=AT)
    client, before = signed_in_with_code(anna), recovery_codes(anna)
    assert before[0] not in client.get(f"{ACCESS}/codes").content.decode()
    client.post(f"{ACCESS}/codes")
    after = recovery_codes(anna)
    assert after[0] in client.get(f"{ACCESS}/codes").content.decode()
    assert not set(before) & set(after)
    session = client.session
    session["codes_shown"] = timezone.now().timestamp() - 1
    session.save()
    assert after[0] not in client.get(f"{ACCESS}/codes").content.decode()


def test_the_last_factor_stays_where_a_role_asks_for_one(anna: User, paul: User) -> None:
    for person in (anna, paul):
        with_app(person)
    app = Authenticator.objects.get(user=anna, type="totp")
    with pytest.raises(Refused) as refused:
        actions.remove_factor(anna, Factor(anna, app), at=AT)
    assert [one.rule for one in refused.value.refusals] == ["identity.last_factor"]
    passkey(anna)
    actions.remove_factor(anna, Factor(anna, app), at=AT)
    his = Authenticator.objects.get(user=paul, type="totp")
    actions.renew_codes(paul, paul, at=AT)
    actions.remove_factor(paul, Factor(paul, his), at=AT)
    assert not queries.factors(paul).exists()  # the codes went with it


def test_it_stays_too_while_she_acts_for_an_organisation_where_none_is_asked_for(
    paul: User,
) -> None:
    house = House("ministry")
    actions.grant(OPERATOR, NewPost(paul, "ministry_steering", "Ministerium", house), at=AT)
    with_app(paul)
    as_auditor = queries.let_in(User.objects.get(pk=paul.pk), AT.date())
    assert as_auditor.roles == {"auditor"}
    app = Authenticator.objects.get(user=paul, type="totp")
    with pytest.raises(Refused) as refused:
        actions.remove_factor(as_auditor, Factor(as_auditor, app), at=AT)
    assert [one.rule for one in refused.value.refusals] == ["identity.last_factor"]


def test_nobody_locks_herself_out(db: None) -> None:
    person = enrolled("p@example.org", "P", "auditor")
    User.objects.filter(pk=person.pk).update(password="!")
    kept = passkey(person)
    with pytest.raises(Refused) as refused:
        actions.remove_factor(person, Factor(person, kept), at=AT)
    assert [one.rule for one in refused.value.refusals] == ["identity.last_way"]


def test_a_passkey_is_removed_after_a_question(anna: User) -> None:
    with_app(anna)
    kept = passkey(anna, "Altes Telefon")
    client = signed_in_with_code(anna)
    address = f"{ACCESS}/nachweise/{kept.pk}/entfernen"
    assert "Altes Telefon" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert "Entfernt: Altes Telefon." in client.get(ACCESS).content.decode()


def test_nobody_touches_what_somebody_else_signs_in_with(anna: User, paul: User) -> None:
    kept = passkey(anna)
    client = entered(paul)
    address = f"{ACCESS}/nachweise/{kept.pk}/entfernen"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    for verb in (actions.remove_factor, actions.add_code_app, actions.change_password):
        own = {
            actions.remove_factor: Factor(anna, kept),
            actions.add_code_app: actions.CodeApp(anna, "A" * 32, code_at(AT, "A" * 32)),
            actions.change_password: actions.OwnPassword(anna, "x"),
        }[verb]
        with pytest.raises(OutOfScope):
            verb(paul, own, at=AT)


def test_people_of_a_demo_have_sessions_and_nothing_else(cast: Any, settings: Any) -> None:
    settings.DEMO = True
    client = Client()
    client.post("/anmelden/vorfuehrung", {"person": cast.officer.pk})
    page = html_of(client.get(ACCESS).content)
    assert "weder Passwort noch Passkey" in page
    assert "Passwort ändern" not in page
    for address in ("passwort", "app", "passkey", "codes"):
        assert client.get(f"{ACCESS}/{address}").status_code == 403
    own = actions.OwnPassword(cast.officer, "x")
    with pytest.raises(Refused):
        actions.change_password(cast.officer, own, at=AT)


def test_changes_of_factors_are_acts_without_a_word_of_the_secret(anna: User) -> None:
    with_app(anna)
    actions.renew_codes(anna, anna, at=AT)
    kept = passkey(anna, "Telefon der Anna")
    actions.remove_factor(anna, Factor(anna, kept), at=AT)
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-4:] == [
        "identity.add_factor",
        "identity.renew_codes",
        "identity.add_factor",
        "identity.remove_factor",
    ]
    assert {entry.actor for entry in AuditEntry.objects.order_by("-id")[:4]} == {anna.audit_name}
    assert "Telefon" not in str(list(AuditEntry.objects.values()))
    assert list(audit.verify()) == []
