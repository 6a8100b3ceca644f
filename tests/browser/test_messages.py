"""How one is told, by keyboard and without a mouse: notices, choices, the calendar, the outbox."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in
from zielwerk.agreements import actions as agreements
from zielwerk.config import world
from zielwerk.config.cast import BEGAN
from zielwerk.messaging.actions import outbox, telling
from zielwerk.messaging.models import Mail

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
Check = Callable[[Page], None]


@pytest.fixture
def cast(page: Page) -> world.Cast:
    """A recording waits, people were told, one mail waits and one failed."""
    cast, now = worlds.put(world.enrol_cast), timezone.now()
    entered = agreements.HandEntry(world.main_kinzig(), "Quelle", False)
    agreements.accept(
        cast.officer, agreements.begin_by_hand(cast.officer, entered, at=BEGAN), at=BEGAN
    )
    telling.tell_all(now)
    for number in range(2):
        mail = outbox.mail(cast.body, Mail.Kind.DIGEST, f"digest {number}", now)
        mail.save()
    outbox.end(mail, Mail.State.FAILED, now, "550 5.1.1 <body@example.org>: user unknown in table")
    return cast


def test_the_pages_of_messages_are_accessible_and_fit(
    page: Page, cast: world.Cast, assert_accessible: Check
) -> None:
    sign_in(page, cast.head.name)
    for address in (
        "/arbeit/nachrichten",
        "/arbeit/konto/zustellung",
        "/arbeit/postausgang",
        "/arbeit/postausgang/2",
        "/arbeit/postausgang/2/verwerfen",
    ):
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, address
        assert heading(page).count() == 1, address
        assert_accessible(page)
    page.get_by_role("button", name="Verwerfen").click()
    assert_accessible(page)  # the reason is missing


def test_one_reads_chooses_and_sets_up_a_calendar_by_keyboard(
    page: Page, cast: world.Cast, assert_accessible: Check
) -> None:
    sign_in(page, cast.head.name)
    page.goto("/arbeit/nachrichten")
    expect(page.get_by_role("link", name="Bestätigen und erfassen")).to_be_visible()
    everything = page.get_by_role("button", name="Alle als gelesen kennzeichnen")
    everything.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Es gibt nichts Ungelesenes.")).to_be_visible()
    page.get_by_role("link", name="Wie Sie per E-Mail").focus()
    page.keyboard.press("Enter")
    waits = page.get_by_role("group", name="Wenn etwas auf Sie wartet")
    waits.get_by_role("radio", name="gesammelt").focus()
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Speichern").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Gespeichert: So werden Sie")).to_be_visible()
    expect(waits.get_by_role("radio", name="sofort")).to_be_checked()
    page.get_by_role("button", name="Kalenderadresse erzeugen").focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Ihre Kalenderadresse")
    assert "/kalender.ics?schluessel=" in page.locator("pre").inner_text()
    assert_accessible(page)
