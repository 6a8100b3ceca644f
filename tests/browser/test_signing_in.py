"""Coming in to a real installation, in a browser: by passkey, by password and code, by link."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.steps import heading, sign_out
from tests.rooms.identity.entering import (
    OPERATOR,
    PASSWORD,
    code_at,
    enrolled,
    recovery_codes,
    with_app,
)
from zielwerk.identity import actions, queries
from zielwerk.identity.models import User

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
ACCESS = "/arbeit/zugang"
PAGES = ("", "/passwort", "/app", "/passkey", "/codes", "/bestaetigen?next=/arbeit/zugang")


@pytest.fixture
def anna(settings: Any) -> User:
    """Who decides for the ministry of an installation that is no demo."""
    settings.DEMO = False
    return enrolled("anna@example.org", "Anna Weiß", "ministry_steering")


def with_passkeys(page: Page) -> None:
    """The browser's device keeps passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def invited(person: User) -> str:
    return actions.invite(OPERATOR, person, at=timezone.now())


def typed(page: Page, address: str, password: str = PASSWORD) -> None:
    """Fill in and send the sign-in form."""
    page.goto("/anmelden")
    page.get_by_role("textbox", name="E-Mail-Adresse").fill(address)
    page.get_by_role("textbox", name="Passwort").fill(password)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def test_by_a_link_to_a_passkey_and_by_it_from_then_on(
    page: Page, anna: User, assert_accessible: Check
) -> None:
    with_passkeys(page)
    page.goto(invited(anna))
    assert_accessible(page)
    page.get_by_role("button", name="Passkey anlegen und anmelden").click()
    expect(heading(page)).to_have_text("Wiederherstellungscodes")
    sign_out(page)
    page.goto("/anmelden")
    assert_accessible(page)
    page.get_by_role("button", name="Passkey benutzen").click()
    expect(heading(page)).to_have_text("Mein Arbeitsplatz")
    page.goto(f"{ACCESS}/bestaetigen?next={ACCESS}/passkey")
    page.get_by_role("button", name="Passkey benutzen").click()
    expect(heading(page)).to_have_text("Passkey anlegen")
    page.get_by_label("Name des Passkeys").fill("Sicherheitsschlüssel")
    page.get_by_role("button", name="Passkey anlegen").click()
    expect(page.locator("[data-failed]")).to_be_visible()  # this device has one already
    assert queries.factors(anna).filter(type="webauthn").count() == 1


def test_after_the_password_a_passkey_is_a_second_proof(page: Page, anna: User) -> None:
    with_passkeys(page)
    page.goto(invited(anna))
    page.get_by_role("button", name="Passkey anlegen und anmelden").click()
    expect(heading(page)).to_have_text("Wiederherstellungscodes")
    sign_out(page)
    typed(page, anna.email)
    expect(heading(page)).to_have_text("Anmeldung bestätigen")
    page.get_by_role("button", name="Passkey benutzen").click()
    expect(heading(page)).to_have_text("Mein Arbeitsplatz")


def test_a_device_without_a_passkey_says_so_and_the_code_still_works(
    page: Page, anna: User
) -> None:
    with_app(anna)
    with_passkeys(page)
    page.goto("/anmelden")
    page.get_by_role("button", name="Passkey benutzen").click()
    expect(page.get_by_role("alert")).to_contain_text("Der Passkey wurde nicht benutzt")
    typed(page, anna.email)
    page.get_by_role("textbox", name="Code").fill(code_at(timezone.now()))
    page.get_by_role("button", name="Bestätigen").click()
    expect(heading(page)).to_have_text("Mein Arbeitsplatz")


def test_without_scripts_one_comes_in_by_password_and_code(plain_page: Page, anna: User) -> None:
    page = plain_page
    page.goto(invited(anna))
    expect(page.get_by_text("nur mit JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Passkey anlegen und anmelden")).to_be_hidden()
    for label in ("Neues Passwort", "Neues Passwort noch einmal"):
        page.get_by_label(label, exact=True).fill("sechs Schafe im Koog")
    page.get_by_role("button", name="Passwort setzen").click()
    expect(heading(page)).to_have_text("Mein Zugang")
    page.get_by_role("link", name="App einrichten").click()
    secret = (page.locator("code").text_content() or "").replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(code_at(timezone.now(), secret))
    page.get_by_role("button", name="Einrichten").click()
    expect(heading(page)).to_have_text("Wiederherstellungscodes")
    code = page.locator("li code").first.text_content() or ""
    page.get_by_role("link", name="Ich habe sie aufbewahrt").click()
    sign_out(page)
    typed(page, anna.email, "sechs Schafe im Koog")
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name="Bestätigen").click()
    expect(heading(page)).to_have_text("Mein Arbeitsplatz")


def test_the_pages_of_ones_own_access_are_accessible_in_both_languages(
    page: Page, anna: User, assert_accessible: Check
) -> None:
    with_app(anna)
    typed(page, anna.email, "falsch")
    expect(page.get_by_role("alert")).to_contain_text("E-Mail-Adresse oder Passwort")
    assert_accessible(page)
    typed(page, anna.email)
    assert_accessible(page)
    page.get_by_role("textbox", name="Code").fill(code_at(timezone.now()))
    page.get_by_role("button", name="Bestätigen").click()
    for address in PAGES:
        page.goto(ACCESS + address)
        assert_accessible(page)
    page.get_by_role("button", name="English").click()
    expect(heading(page)).to_have_text("Is it you?")
    page.goto(ACCESS)
    expect(heading(page)).to_have_text("My access")
    assert_accessible(page)
    removal = queries.factors(anna).get(type="totp").pk
    page.goto(f"{ACCESS}/nachweise/{removal}/entfernen")
    assert_accessible(page)


def test_a_link_that_is_not_good_is_an_accessible_page(
    page: Page, anna: User, assert_accessible: Check
) -> None:
    page.goto("/anmelden/einladung?schluessel=erfunden")
    expect(heading(page)).to_have_text("Dieser Link gilt nicht")
    assert_accessible(page)


def test_a_session_is_ended_in_the_list_of_them(page: Page, plain_page: Page, anna: User) -> None:
    with_app(anna)
    actions.renew_codes(anna, anna, at=timezone.now())
    for browser in (page, plain_page):
        typed(browser, anna.email)
        browser.get_by_role("textbox", name="Code").fill(recovery_codes(anna)[0])
        browser.get_by_role("button", name="Bestätigen").click()
        expect(heading(browser)).to_have_text("Mein Arbeitsplatz")
    page.goto(ACCESS)
    table = page.get_by_role("table", name="Sitzungen")
    expect(table.get_by_role("row")).to_have_count(3)
    table.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("table", name="Sitzungen").get_by_role("row")).to_have_count(2)
    plain_page.goto(ACCESS)
    expect(heading(plain_page)).to_have_text("Anmelden")
