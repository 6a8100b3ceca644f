"""From an empty database to the first person of an authority, without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.steps import heading, sign_out
from tests.rooms.identity.entering import OPERATOR, PASSWORD, code_at
from tests.rooms.setup.stage import appoint
from zielwerk.identity import actions as identity_actions
from zielwerk.identity import queries as identity
from zielwerk.identity.models import User
from zielwerk.setup import actions
from zielwerk.setup.panels import SLUGS

Check = Callable[[Page], None]
pytestmark = pytest.mark.django_db(transaction=True)
STEPS = (
    "Programm und Jahre",
    "Ministerium",
    "Bewilligungsbehörden",
    "Gebietskörperschaften",
    "Adresse der Seiten",
)


@pytest.fixture
def empty(settings: Any) -> None:
    settings.DEMO = False
    settings.MAIL = None


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def set_password(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Neues Passwort", exact=True).fill(PASSWORD)
    page.get_by_label("Neues Passwort noch einmal").fill(PASSWORD)
    press(page, "Passwort setzen")


def set_up_app(page: Page) -> None:
    """The app for one-time codes, whose secret the page shows."""
    page.goto("/arbeit/zugang/app")
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.locator("main").inner_text().replace(" ", ""))
    assert secret
    page.get_by_label("Code").fill(code_at(timezone.now(), secret[0]))
    page.locator("main form button[type=submit]").first.click()
    expect(heading(page)).to_have_text("Wiederherstellungscodes")


def first_run(page: Page) -> str:
    """Through all steps of the first page, back and on; the one-time link of the last."""
    code = actions.new_code(timezone.now())
    page.goto("/")
    expect(heading(page)).to_have_text("Installation einrichten")
    page.get_by_label("Einrichtungscode").fill(code)
    press(page, "Beginnen")
    for step in STEPS:
        expect(heading(page)).to_have_text(step)
        press(page, "Bestätigen und weiter")
    expect(heading(page)).to_have_text("E-Mail-Versand")
    press(page, "Später")
    page.get_by_label("Name", exact=True).fill("Anna Weiß")
    press(page, "Zurück")
    press(page, "Später")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Anna Weiß")
    page.get_by_label("E-Mail-Adresse").fill("anna@example.org")
    press(page, "Anlegen und Einmal-Link zeigen")
    expect(heading(page)).to_have_text("Einmal-Link für Anna Weiß")
    return page.locator("main pre").inner_text()


def invite_to_authority(page: Page) -> str:
    page.goto("/arbeit/personen/neu")
    page.get_by_label("Name", exact=True).fill("Bert Amt")
    page.get_by_label("E-Mail-Adresse").fill("bert@example.org")
    page.get_by_label("Organisation").select_option(
        label=next(iter(identity.authorities().values()))
    )
    page.get_by_label("Rolle").select_option(label="Verwendungsprüfung der Behörde")
    press(page, "Anlegen")
    page.get_by_role("button", name=re.compile("Einmal-Link|Einladen")).first.click()
    return page.locator("main pre").inner_text()


def test_the_pages_of_the_setup_are_accessible(
    page: Page, empty: None, assert_accessible: Check
) -> None:
    code = actions.new_code(timezone.now())
    page.goto("/einrichten")
    assert_accessible(page)
    page.get_by_label("Einrichtungscode").fill("falsch")
    press(page, "Beginnen")
    assert_accessible(page)
    page.get_by_label("Einrichtungscode").fill(code)
    press(page, "Beginnen")
    for slug in SLUGS.values():
        page.goto(f"/einrichten/{slug}")
        assert_accessible(page)
    page.goto("/einrichten")
    assert_accessible(page)
    page.goto("/kontakt")
    assert_accessible(page)
    anna = appoint()
    set_password(page, identity_actions.invite(OPERATOR, anna, at=timezone.now()))
    set_up_app(page)
    for address in ("/arbeit/", "/arbeit/einrichtung", "/arbeit/einrichtung/e-mail"):
        page.goto(address)
        assert_accessible(page)


def test_from_nothing_to_a_person_of_the_authority(plain_page: Page, empty: None) -> None:
    page = plain_page
    set_password(page, first_run(page))
    set_up_app(page)
    page.goto("/arbeit/")
    expect(page.get_by_role("heading", name="Einrichtung")).to_be_visible()
    link = invite_to_authority(page)
    sign_out(page)
    page.goto("/einrichten")
    expect(heading(page)).to_have_text("Diese Seite gibt es nicht mehr")
    set_password(page, link)
    bert = User.objects.get(email="bert@example.org")
    assert identity.let_in(bert, timezone.localdate()).side == "authority"
    expect(page.locator(".zw-person__name")).to_have_text("Bert Amt")
