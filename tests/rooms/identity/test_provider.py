"""Signing in by the sign-in service of one's house: a real one, which also goes wrong."""

import socket
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.rooms.identity import provided
from tests.rooms.identity.entering import AT, OPERATOR, send, signed_in_with_code, with_app
from tests.rooms.identity.provided import Browser, Service
from tests.stage import html_of
from zielwerk.config.provider import Provider
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.identity import actions, queries
from zielwerk.identity.models import SignInEvent, User

WORK, SECOND = "/arbeit/", "/anmelden/bestaetigen"
pytestmark = pytest.mark.usefixtures("real")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    started = provided.start(tmp_path_factory.mktemp("service"))
    yield started
    started.stop()


@pytest.fixture
def service(running: Service, settings: Any) -> Service:
    """The service, which behaves, and a site that sends people there."""
    running.goes()
    use(running, settings)
    return running


def use(service: Service, settings: Any, *, is_strong: bool = False) -> None:
    settings.OIDC = service.provider(is_strong=is_strong)
    settings.SOCIALACCOUNT_PROVIDERS = settings.OIDC.in_settings()


# --- as it should be ----------------------------------------------------------------------


def test_whoever_the_service_knows_is_let_in_where_she_wanted_to_go(
    service: Service, paul: User
) -> None:
    browser = Browser()
    page = html_of(browser.site.get("/anmelden?next=/arbeit/buecher").content)
    assert "Mit Landeskonto anmelden" in page
    answer = browser.enter("paul", "/arbeit/buecher")
    assert answer["Location"] == "/arbeit/buecher"
    assert "Paul Roth" in browser.site.get("/arbeit/zugang").content.decode()
    kinds = SignInEvent.objects.filter(person=paul).values_list("kind", "way")
    assert list(kinds) == [("signed_in", "provider")]


def test_the_site_asks_for_no_more_than_it_needs_and_proves_that_it_asked(
    service: Service, paul: User
) -> None:
    asked = parse_qs(urlsplit(Browser().sent_away()).query)
    assert set(asked["scope"][0].split()) <= {"openid", "email", "profile"}
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 22
    assert len(asked["state"][0]) >= 16


def test_she_is_known_by_her_subject_from_then_on_whatever_her_address(
    service: Service, paul: User
) -> None:
    Browser().enter("paul")
    assert [entry.verb for entry in AuditEntry.objects.order_by("id")][-1:] == [
        "identity.link_subject"
    ]
    User.objects.filter(pk=paul.pk).update(email="paul.neu@example.org")
    again = Browser()
    again.enter("paul")
    assert again.is_in()
    assert queries.subjects(paul).count() == 1


def test_an_address_given_to_somebody_else_lets_nobody_in_as_her(
    service: Service, paul: User
) -> None:
    Browser().enter("paul")
    service.goes(subjects={"paul": "a new colleague of the same name"})
    other = Browser()
    answer = other.enter("paul")
    assert answer.status_code == 403
    assert "unter einem anderen Konto bekannt" in html_of(answer.content)
    assert not other.is_in()


@pytest.mark.parametrize("stranger", ["fremd", "unsicher"])
def test_nobody_is_created_and_an_unproven_address_is_nobodys(
    service: Service, paul: User, stranger: str
) -> None:
    browser, before = Browser(), User.objects.count()
    answer = browser.enter(stranger)
    assert answer.status_code == 403
    assert "nicht angelegt" in html_of(answer.content)
    assert not browser.is_in()
    assert User.objects.count() == before


def test_who_is_erased_is_not_let_in_by_the_service(service: Service, paul: User) -> None:
    Browser().enter("paul")
    actions.erase(OPERATOR, paul, at=AT)
    browser = Browser()
    assert browser.enter("paul").status_code == 403
    assert not browser.is_in()


def test_whoever_was_signed_in_as_somebody_else_is_so_no_longer(
    service: Service, anna: User, paul: User
) -> None:
    with_app(anna)
    browser = Browser(signed_in_with_code(anna))
    browser.enter("paul")
    page = browser.site.get("/arbeit/zugang").content.decode()
    assert "Paul Roth" in page
    assert "Anna" not in page


# --- more than one proof ------------------------------------------------------------------


def test_a_service_with_one_proof_does_not_replace_the_second(service: Service, anna: User) -> None:
    browser = Browser()
    assert browser.enter("anna")["Location"] == WORK
    assert browser.site.get(WORK)["Location"] == "/arbeit/zugang"
    with_app(anna)
    again = Browser()
    assert again.enter("anna")["Location"] == SECOND
    assert not again.is_in()


def test_a_service_that_asks_for_more_itself_is_enough(
    service: Service, anna: User, settings: Any
) -> None:
    use(service, settings, is_strong=True)
    with_app(anna)
    browser = Browser()
    assert browser.enter("anna")["Location"] == WORK
    assert browser.site.get(WORK).status_code == 200
    alone = Browser()
    assert send(alone.site)["Location"] == SECOND  # by password it is as before


# --- keys and clocks ----------------------------------------------------------------------


def test_the_service_changes_its_keys_whenever_it_likes(service: Service, paul: User) -> None:
    for key, shown in ((0, [0]), (0, [0, 1]), (1, [0, 1]), (1, [1]), (0, [0])):
        service.goes(key=key, shown_keys=shown)
        browser = Browser()
        assert browser.enter()["Location"] == WORK, (key, shown)
        assert browser.is_in()


def test_a_key_that_the_service_does_not_show_signs_nothing(service: Service, paul: User) -> None:
    service.goes(key=1, shown_keys=[0])
    assert_kept_out(Browser())


@pytest.mark.parametrize("ahead", [-345, -45, 45])
def test_clocks_may_differ_by_less_than_a_minute(service: Service, paul: User, ahead: int) -> None:
    """At this service a token is good for five minutes, so its clock may be so much slower."""
    service.goes(seconds_ahead=ahead)
    browser = Browser()
    browser.enter()
    assert browser.is_in()


@pytest.mark.parametrize("ahead", [-86_400, -400, 90, 86_400])
def test_a_token_that_is_over_or_not_yet_good_lets_nobody_in(
    service: Service, paul: User, ahead: int
) -> None:
    service.goes(seconds_ahead=ahead)
    assert_kept_out(Browser())


# --- answers that are not believed ----------------------------------------------------------


def assert_kept_out(browser: Browser) -> None:
    """The page says that it did not work and nothing of why, and nobody is in."""
    answer = browser.enter()
    assert answer.status_code == 400
    page = html_of(answer.content)
    assert "Die Anmeldung hat nicht geklappt" in page
    assert "Neu anmelden" in page
    assert not browser.is_in()


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of somebody else's request"},
        {"nonce": ""},
        {"nonce": None},
        {"nonce": "ä"},
        {"iss": "https://login.example.org"},
        {"aud": "another installation"},
        {"aud": []},
        {"azp": "another installation"},
        {"sub": None},
        {"exp": "tomorrow"},
        {"iat": None},
    ],
)
def test_an_answer_to_another_question_lets_nobody_in(
    service: Service, paul: User, claims: dict[str, Any]
) -> None:
    service.goes(claims=claims)
    assert_kept_out(Browser())


def test_a_service_that_calls_itself_another_is_not_even_asked(
    service: Service, paul: User
) -> None:
    service.goes(calls_itself="https://login.example.org")
    browser = Browser()
    assert browser.site.get("/anmelden/dienst").status_code == 400
    assert not browser.is_in()


def test_a_service_that_becomes_another_on_the_way_is_not_believed(
    service: Service, paul: User
) -> None:
    browser = Browser()
    back = browser.answered(browser.sent_away(), "paul")
    service.goes(calls_itself="https://login.example.org")
    assert browser.site.get(back).status_code == 400
    assert not browser.is_in()


def test_the_answer_to_somebody_elses_request_is_of_no_use(service: Service, paul: User) -> None:
    """Whoever plants her own answer in another browser would have him work in her name."""
    hers, his = Browser(), Browser()
    back = hers.answered(hers.sent_away(), "paul")
    his.sent_away()
    assert his.site.get(back).status_code == 400
    assert not his.is_in()


def test_an_answer_is_good_once(service: Service, paul: User) -> None:
    browser = Browser()
    back = browser.answered(browser.sent_away(), "paul")
    browser.site.get(back)
    browser.site.post("/abmelden")
    assert browser.site.get(back).status_code == 400
    assert not browser.is_in()


def test_who_gives_up_at_the_service_may_begin_anew(service: Service, paul: User) -> None:
    browser = Browser()
    state = parse_qs(urlsplit(browser.sent_away()).query)["state"][0]
    given_up = {"error": "access_denied", "state": state}
    answer = browser.site.get("/anmelden/dienst/dienst", given_up)
    assert answer.status_code == 400
    assert "Beginnen Sie die Anmeldung neu" in html_of(answer.content)
    browser.enter()
    assert browser.is_in()


def test_a_service_that_does_not_answer_is_told_on_a_page_and_not_asked_by_everybody(
    paul: User, settings: Any
) -> None:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "a silent service"}}
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        silent.setblocking(False)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.01
        settings.OIDC = Provider(address, "zielwerk", "s", "Landeskonto", is_strong=False)
        settings.SOCIALACCOUNT_PROVIDERS = settings.OIDC.in_settings()
        for _ in range(3):
            answer = Browser().site.get("/anmelden/dienst")
            assert answer.status_code == 502
            assert "es kam keine Antwort" in html_of(answer.content)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):  # nobody else knocked
            silent.accept()


def test_what_the_service_says_of_itself_is_kept_for_a_while_and_its_keys_are_not(
    service: Service, paul: User, settings: Any
) -> None:
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "a service of many keys"}}
    assert Browser().enter()["Location"] == WORK
    service.goes(calls_itself="https://login.example.org")
    browser = Browser()
    assert browser.sent_away().startswith(service.issuer)
    assert_kept_out(browser)
    service.goes(key=1, shown_keys=[1])
    assert Browser().enter()["Location"] == WORK


@pytest.mark.parametrize("address", ["/anmelden/dienst", "/anmelden/dienst/dienst?code=x&state=y"])
def test_without_a_service_its_pages_are_not_there(paul: User, settings: Any, address: str) -> None:
    settings.OIDC = None
    assert Browser().site.get(address).status_code == 404
    assert "Mit dem Konto Ihrer Organisation" not in html_of(
        Browser().site.get("/anmelden").content
    )


# --- leaving ------------------------------------------------------------------------------


def test_whoever_leaves_is_asked_to_leave_the_service_as_well(service: Service, paul: User) -> None:
    browser = Browser()
    browser.enter()
    page = html_of(browser.site.post("/abmelden").content)
    assert "Beim Anmeldedienst sind Sie noch angemeldet" in page
    assert not browser.is_in()
    link = page.split('href="' + service.issuer)[1].split('"')[0].replace("&amp;", "&")
    answer = browser.there.get(service.issuer + link, allow_redirects=False)
    assert answer.headers["Location"] == f"{provided.HOME}/anmelden"
    asked = browser.there.get(browser.sent_away(), allow_redirects=False)
    assert urlsplit(asked.headers["Location"]).path == "/log-in"


def test_whoever_came_by_password_is_not_sent_to_the_service(
    service: Service, anna: User, paul: User
) -> None:
    with_app(anna)
    browser = Browser()
    assert browser.enter("anna")["Location"] == SECOND  # begun, and not brought to an end
    send(browser.site, paul.email)
    assert browser.is_in()
    assert browser.site.post("/abmelden").status_code == 302


def test_nothing_of_the_service_lies_in_the_chain(service: Service, paul: User) -> None:
    Browser().enter()
    assert "example.org" not in str(list(AuditEntry.objects.values()))
    assert list(audit.verify()) == []
