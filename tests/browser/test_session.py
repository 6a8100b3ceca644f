"""The end of a session, as a person meets it in her browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in
from zielwerk.config import world
from zielwerk.core import sessions
from zielwerk.core.models import Session

pytestmark = pytest.mark.django_db(transaction=True)
UPLOAD = "/arbeit/erfassungen/neu"
TEXT = "Was ich gerade schreibe"


@pytest.fixture
def written(page: Page) -> Page:
    """A form that somebody is filling in, in a browser whose time the test moves."""
    cast = worlds.put(world.enrol_cast)
    page.clock.install()
    sign_in(page, cast.officer.name)
    page.goto(UPLOAD)
    page.get_by_label("Oder den Text hier einfügen").fill(TEXT)
    return page


def ends_in(**time: int) -> None:
    """The session ends so soon, on the server."""
    Session.objects.update(expire_date=timezone.now() + timedelta(**time))


def while_away(page: Page, minutes: int) -> None:
    """The machine sleeps; its clock goes on."""
    page.clock.fast_forward(minutes * 60_000)


def text_of(page: Page) -> str:
    return page.get_by_label("Oder den Text hier einfügen").input_value()


def test_it_warns_in_time_and_one_press_puts_the_end_off(written: Page) -> None:
    ends_in(minutes=4)
    while_away(written, 56)
    warning = written.get_by_role("dialog", name="Ihre Sitzung endet bald")
    expect(warning).to_be_visible()
    stay = warning.get_by_role("button", name="Angemeldet bleiben")
    expect(stay).to_be_focused()
    expect(warning).to_contain_text("Uhr werden Sie abgemeldet")
    written.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(written.locator("#ansage")).to_have_text("Sie bleiben angemeldet.")
    expect(written.get_by_label("Oder den Text hier einfügen")).to_be_focused()
    assert text_of(written) == TEXT
    left = Session.objects.get().expire_date - timezone.now()
    assert left > sessions.length() - timedelta(minutes=1)


def test_before_the_end_of_the_longest_session_it_says_that_nothing_puts_it_off(
    written: Page,
) -> None:
    store = sessions.SessionStore(Session.objects.get().pk)
    left = timedelta(minutes=4)
    store[sessions.BEGAN] = (timezone.now() - sessions.longest() + left).timestamp()
    store.save()
    written.reload()
    while_away(written, 1)
    warning = written.get_by_role("dialog", name="Ihre Sitzung endet bald")
    expect(warning).to_contain_text("Verlängern lässt sich diese Sitzung nicht mehr")
    expect(warning.get_by_role("button", name="Angemeldet bleiben")).to_be_hidden()


def test_a_machine_that_slept_does_not_warn_where_another_tab_worked(written: Page) -> None:
    while_away(written, 58)  # by its own clock the end is near; the server knows better
    written.clock.run_for(6_000)
    expect(written.get_by_role("dialog")).to_have_count(0)


def test_putting_it_off_in_one_tab_does_so_in_all(written: Page) -> None:
    context: BrowserContext = written.context
    other = context.new_page()
    other.goto(UPLOAD)
    ends_in(minutes=3)
    for tab in (written, other):
        tab.bring_to_front()
        while_away(tab, 57)
        expect(tab.get_by_role("dialog", name="Ihre Sitzung endet bald")).to_be_visible()
    other.get_by_role("button", name="Angemeldet bleiben").click()
    for tab in (other, written):
        expect(tab.get_by_role("dialog")).to_have_count(0)


def test_typing_is_work(written: Page) -> None:
    ends_in(minutes=30)
    before = Session.objects.get().expire_date
    with written.expect_response(lambda answer: answer.request.method == "POST"):
        while_away(written, 6)  # what she wrote is told with the next tick after five minutes
    assert Session.objects.get().expire_date > before


def test_after_the_end_one_signs_in_beside_and_goes_on(written: Page) -> None:
    Session.objects.all().delete()
    while_away(written, 61)
    ending = written.get_by_role("dialog", name="Ihre Sitzung ist zu Ende")
    expect(ending).to_be_visible()
    with written.context.expect_page() as opened:
        written.keyboard.press("Enter")
    beside = opened.value
    beside.get_by_role("button", name="Mara Lindner").click()
    expect(heading(beside)).to_have_text("Sie sind wieder angemeldet")
    beside.close()
    expect(ending).to_be_hidden()
    expect(written.locator("#ansage")).to_contain_text("Ihre Eingaben sind noch da.")
    assert text_of(written) == TEXT
    written.get_by_role("button", name="Einlesen").click()
    expect(heading(written)).to_have_text("Text einlesen")
    expect(written.get_by_role("alert")).to_contain_text("Bitte prüfen Sie Ihre Angaben")
    assert text_of(written) == TEXT


def test_somebody_else_who_signs_in_beside_does_not_wake_the_page(written: Page) -> None:
    Session.objects.all().delete()
    while_away(written, 61)
    ending = written.get_by_role("dialog", name="Ihre Sitzung ist zu Ende")
    expect(ending).to_be_visible()
    with written.context.expect_page() as opened:
        ending.get_by_role("link", name="In neuem Fenster anmelden").click()
    opened.value.get_by_role("button", name="Jonas Acker").click()
    expect(heading(opened.value)).to_have_text("Sie sind wieder angemeldet")
    written.bring_to_front()
    written.clock.run_for(10_000)
    expect(ending).to_be_visible()


def test_sent_after_the_end_it_is_back_after_signing_in_without_scripts(plain_page: Page) -> None:
    page, cast = plain_page, worlds.put(world.enrol_cast)
    sign_in(page, cast.officer.name)
    page.goto(UPLOAD)
    expect(page.get_by_text("Senden Sie bis")).to_be_visible()
    page.get_by_label("Oder den Text hier einfügen").fill(TEXT)
    Session.objects.all().delete()
    page.get_by_role("button", name="Einlesen").click()
    page.get_by_role("button", name=cast.officer.name).click()
    expect(page.get_by_role("alert", name="Noch nicht gesendet")).to_be_visible()
    assert text_of(page) == TEXT


@pytest.mark.parametrize("is_scripted", [True, False], ids=["scripts", "no scripts"])
def test_another_language_keeps_what_was_typed(
    is_scripted: bool, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue("page" if is_scripted else "plain_page")
    cast = worlds.put(world.enrol_cast)
    sign_in(page, cast.officer.name)
    page.goto(UPLOAD)
    page.get_by_label("Oder den Text hier einfügen").fill(TEXT)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_label("Or paste the text here")).to_have_value(TEXT)
    if is_scripted:
        expect(page.locator(".zw-errors")).to_be_focused()


def test_another_theme_keeps_what_was_typed(written: Page) -> None:
    written.get_by_role("radio", name="dunkel").check()
    expect(written.locator("html")).to_have_attribute("data-kern-theme", "dark")
    assert text_of(written) == TEXT


def test_a_link_that_would_lose_what_was_typed_is_asked_about(written: Page) -> None:
    asked = []
    written.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    written.get_by_role("link", name="Abbrechen").click()
    expect(written).to_have_url(re.compile(f"{UPLOAD}$"))
    assert asked == ["beforeunload"]
    assert text_of(written) == TEXT
