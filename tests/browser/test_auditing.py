"""The pages of who audits: no violation, each place with a name of its own, all by the keyboard."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in
from tests.browser.test_keyboard import press_until
from zielwerk.auditing import actions
from zielwerk.auditing.actions import Question, Wish
from zielwerk.auditing.models import Inquiry, Verification
from zielwerk.config import world
from zielwerk.config.cast import BEGAN, OPERATOR
from zielwerk.core import audit
from zielwerk.core.jobs import run
from zielwerk.core.models import Job
from zielwerk.identity import actions as identity
from zielwerk.identity.models import User

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
Check = Callable[[Page], None]
PAGES = (
    "/arbeit/protokoll",
    "/arbeit/protokoll?akte=ZV-2024-0001&buchung=ja",
    "/arbeit/protokoll?akte=nirgends",
    "/arbeit/protokoll/pruefungen",
    "/arbeit/protokoll/pruefungen/1",
    "/arbeit/protokoll/siegel",
    "/arbeit/protokoll/nachweis",
    "/arbeit/einsichten",
    "/arbeit/einsichten/neu",
    "/arbeit/einsichten/1",
    "/arbeit/einsichten/2",
    "/arbeit/einsichten/blicke",
)
PLACES = """() => [...document.querySelectorAll('main a[href], main button')]
  .filter(e => e.checkVisibility())
  .map(e => [e.getAttribute('aria-label') || e.innerText.trim(), e.href || e.form?.action || ''])"""
LEVELS = (
    "() => [...document.querySelectorAll('main h1, main h2, main h3, main h4')].map(e => e.tagName)"
)


@pytest.fixture
def auditor(page: Page) -> User:
    """Some entries, a verification, an inquiry that waits and one that is open to her."""
    cast = worlds.put(world.enrol_cast)
    world.record_and_publish(cast, world.main_kinzig(), False, BEGAN)
    second = identity.Enrolment("z@example.org", "Zoe Rein", "", "auditor", "Rechnungshof")
    colleague, now = identity.enrol(OPERATOR, second, at=BEGAN), timezone.now()
    actions.begin_verification(cast.auditor, Wish(), at=now)
    run.call(Job.objects.latest("pk").pk)
    actions.inquire(colleague, Question(cast.officer, Inquiry.About.SHOWN, "Beschwerde"), at=now)
    own = actions.inquire(
        cast.auditor, Question(cast.officer, Inquiry.About.SHOWN, "Beschwerde"), at=now
    )
    actions.release(colleague, own, at=now)
    sign_in(page, cast.auditor.name)
    page.goto(f"/arbeit/personen/{cast.officer.pk}")  # a look to be found
    return cast.auditor


@pytest.mark.parametrize("address", PAGES)
def test_no_violation_and_no_two_places_of_one_name(
    page: Page, auditor: User, assert_accessible: Check, address: str
) -> None:
    page.goto(address)
    assert heading(page).count() == 1
    assert_accessible(page)
    levels = [int(tag[1]) for tag in page.evaluate(LEVELS)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    led_to: dict[str, set[str]] = {}
    for name, target in page.evaluate(PLACES):
        assert name, target
        led_to.setdefault(name, set()).add(target)
    assert {name: there for name, there in led_to.items() if len(there) > 1} == {}


def test_a_kept_seal_is_compared_and_proved_by_the_keyboard(page: Page, auditor: User) -> None:
    seal = str(audit.seal())
    page.goto("/arbeit/protokoll/siegel")
    press_until(page, "Tab", "siegel$")
    page.keyboard.type("gestern")
    page.keyboard.press("Enter")
    expect(page.locator(".zw-errors")).to_be_focused()
    press_until(page, "Tab", "siegel$")
    page.keyboard.press("Control+A")
    page.keyboard.type(seal)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Erfolg: Stimmt überein")).to_be_visible()
    page.get_by_role("button", name="Ganze Kette gegen dieses Siegel prüfen").focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Stand des Auftrags")
    assert Verification.objects.latest("pk").kept_seal == seal


def test_an_inquiry_without_a_purpose_comes_back_with_what_was_chosen(
    page: Page, auditor: User
) -> None:
    page.goto("/arbeit/einsichten/neu")
    page.get_by_label("Person", exact=True).select_option(label="Mara Lindner")
    page.get_by_role("button", name="Beantragen").press("Enter")
    expect(page.locator(".zw-errors")).to_be_focused()
    expect(page.get_by_label("Person", exact=True).locator("option:checked")).to_have_text(
        "Mara Lindner"
    )
    page.locator(".zw-errors a").last.press("Enter")
    expect(page.get_by_label("Zweck")).to_be_focused()
