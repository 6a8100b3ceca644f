"""An application in the browser: kept while one types, by keyboard alone, with scripts and without.

From the desk of a coordinator to the desk of the authority and back.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import worlds
from tests.browser.steps import heading, sign_in
from tests.rooms.funding import made
from zielwerk.config import world, world_funding
from zielwerk.config.cast import Cast
from zielwerk.core.models import Session
from zielwerk.funding import queries
from zielwerk.funding.models import Application

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
Check = Callable[[Page], None]
COST = "m.1.cost.staff.2026"


@pytest.fixture
def cast() -> Cast:
    found: Cast = worlds.put(world.enrol_cast)
    return found


def measure_of(application: Application) -> str:
    return reverse("funding:measure", args=[application.pk, 1])


def test_an_application_is_begun_written_and_looked_at(
    page: Page, cast: Cast, assert_accessible: Check
) -> None:
    sign_in(page, "Deniz Kaya")
    page.goto("/arbeit/antraege")
    page.get_by_role("link", name="Antrag beginnen").click()
    assert_accessible(page)
    page.get_by_role("button", name="Antrag beginnen").click()
    expect(page.get_by_text("Begonnen: ANT-2026-0001")).to_be_visible()
    page.get_by_role("button", name="Maßnahme hinzufügen").click()
    expect(heading(page)).to_have_text("Maßnahme ohne Titel")
    page.get_by_label("Titel").fill("Werkstatt am Ort")
    page.get_by_label("Titel").press("Tab")
    expect(page.locator("#gesichert")).to_contain_text("Gesichert um")
    assert_accessible(page)
    page.get_by_role("link", name="Zum Antrag").click()  # nothing is asked: it is kept
    expect(page.get_by_role("link", name="Werkstatt am Ort", exact=True)).to_be_visible()
    assert_accessible(page)


def test_cause_and_effect_are_on_one_page_while_one_types(page: Page, cast: Cast) -> None:
    application = made.whole(cast)
    sign_in(page, "Deniz Kaya")
    page.goto(measure_of(application))
    cell = page.locator(f"[name='{COST}']")
    cell.fill("50.000,00")
    cell.press("Tab")
    beside = page.locator("#summen")
    expect(beside).to_contain_text("50.000 €")
    expect(beside).to_contain_text("Kosten und Finanzierung sind nicht gleich")
    expect(page.locator("#rechnung")).to_contain_text("Zuwendungsfähige Kosten")
    cell.fill("fünfzig")
    cell.press("Tab")
    notes = page.locator(f"[id='id_{COST}_hinweise']")
    expect(notes).to_contain_text("„fünfzig“ ist kein Euro-Betrag")
    described = cell.get_attribute("aria-describedby") or ""
    assert f"id_{COST}_hinweise" in described
    page.reload()
    expect(cell).to_have_value("fünfzig")


def test_two_windows_of_two_people_tell_each_other_what_was_written(
    page: Page, cast: Cast, assert_accessible: Check
) -> None:
    application = made.whole(cast)
    sign_in(page, "Deniz Kaya")
    page.goto(measure_of(application))
    place = page.get_by_label("Orte")
    made.write(cast.body, application, {"m/1/places": "Gelnhausen"})
    place.fill("Hanau")
    place.press("Tab")
    expect(page.get_by_role("alert").first).to_contain_text("Jemand anderes hat auch geschrieben")
    expect(page.locator("[id='id_m.1.places_hinweise']")).to_contain_text("Gelnhausen")
    expect(place).to_have_value("Hanau")
    expect(place).to_have_attribute("aria-invalid", "true")
    expect(place).to_have_accessible_description(re.compile("Gelnhausen"))
    assert_accessible(page)
    place.fill("Gelnhausen")  # both now say the same
    place.press("Tab")
    expect(place).not_to_have_attribute("aria-invalid", "true")
    made.write(cast.body, application, {"m/1/places": "Schlüchtern"})
    place.fill("Hanau")
    place.press("Tab")
    expect(place).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Sichern", exact=True).click()
    expect(page.get_by_text("Gesichert: ")).to_be_visible()
    assert queries.said(application).answers["m/1/places"] == "Hanau"


def test_without_scripts_the_first_place_with_two_texts_has_the_focus(
    plain_page: Page, cast: Cast
) -> None:
    page, application = plain_page, made.whole(cast)
    sign_in(page, "Deniz Kaya")
    page.goto(measure_of(application))
    theirs = {"m/1/concept": "Von Anna", "m/1/places": "Gelnhausen"}
    made.write(cast.body, application, theirs)
    page.get_by_label("Orte").fill("Hanau")
    page.get_by_label("Was gemacht wird").fill("Von Bert")
    page.get_by_role("button", name="Sichern", exact=True).click()
    place = page.get_by_label("Orte")
    expect(place).to_be_focused()
    expect(place).to_have_value("Hanau")
    expect(place).to_have_attribute("aria-invalid", "true")
    expect(place).to_have_accessible_description(re.compile("Gelnhausen"))


def questions_on_leaving(page: Page) -> list[str]:
    """What the browser asks when a page is left, each time answered with staying."""
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    return asked


@pytest.fixture
def unwatched(browser: Browser, live_server: LiveServer, guards_down: None) -> Iterator[Page]:
    """A page whose network fails, which the browser counts among the faults of a page."""
    context = browser.new_context(base_url=live_server.url, locale="de-DE")
    yield context.new_page()
    context.close()


def test_what_was_kept_is_left_without_a_question_and_what_was_not_with_one(
    unwatched: Page, cast: Cast
) -> None:
    page, application = unwatched, made.whole(cast)
    asked = questions_on_leaving(page)
    sign_in(page, "Deniz Kaya")
    page.goto(measure_of(application))
    place, kept = page.get_by_label("Orte"), page.locator("#gesichert")
    page.context.set_offline(True)
    place.fill("Hanau")
    place.press("Tab")
    expect(kept).to_contain_text("Nicht gesichert")
    page.context.set_offline(False)
    page.get_by_role("link", name="Zum Antrag").click()
    expect(place).to_have_value("Hanau")
    assert asked == ["beforeunload"]
    place.fill("Maintal")
    place.press("Tab")
    expect(kept).to_contain_text("Gesichert um")
    page.get_by_role("link", name="Zum Antrag").click()
    expect(page).to_have_url(re.compile(rf"{reverse('funding:application', args=[1])}$"))
    assert asked == ["beforeunload"]
    assert queries.said(application).answers["m/1/places"] == "Maintal"


def test_what_is_typed_after_the_session_ended_is_offered_after_signing_in(
    page: Page, cast: Cast
) -> None:
    application, asked = made.whole(cast), questions_on_leaving(page)
    sign_in(page, "Deniz Kaya")
    page.goto(measure_of(application))
    Session.objects.all().delete()
    page.get_by_label("Orte").fill("Hanau")
    page.get_by_label("Orte").press("Tab")
    page.get_by_role("button", name="Deniz Kaya").click()
    expect(page.get_by_role("alert", name="Noch nicht gesendet")).to_be_visible()
    expect(page.get_by_label("Orte")).to_have_value("Hanau")
    page.get_by_role("button", name="Sichern", exact=True).click()
    expect(page.get_by_text("Gesichert: ")).to_be_visible()
    assert queries.said(application).answers["m/1/places"] == "Hanau"
    assert not asked


def press(page: Page, label: str) -> None:
    """Go to a button by the tabulator, and press it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == label:
            break
    page.keyboard.press("Enter")


def test_by_keyboard_alone_it_is_handed_in(page: Page, cast: Cast) -> None:
    application = made.begun(cast)
    world_funding.whole(cast.body, application, timezone.now())
    sign_in(page, "Deniz Kaya")
    page.goto(reverse("funding:application", args=[application.pk]))
    press(page, "Antrag einreichen")
    expect(page.get_by_text("geht an die Bewilligungsbehörde")).to_be_visible()
    press(page, "Antrag einreichen")
    expect(page.get_by_text("Die Eingangsbestätigung liegt beim Vorgang")).to_be_visible()


def test_the_authority_reads_it_asks_and_settles(
    page: Page, cast: Cast, assert_accessible: Check
) -> None:
    application = made.handed_in(cast)
    sign_in(page, "Petra Sommer")
    page.goto(reverse("funding:application", args=[application.pk]))
    assert_accessible(page)
    measure = page.get_by_role("rowheader").get_by_role("link").first
    address = measure.get_attribute("href")
    measure.click()
    expect(page).to_have_url(re.compile(rf"{re.escape(address or '')}$"))
    assert_accessible(page)
    page.go_back()
    page.get_by_role("link", name="Frage stellen").click()
    page.get_by_label("Frage", exact=True).fill("Wie kommt das?")
    page.get_by_label("Was gemacht wird").check()
    assert_accessible(page)
    page.get_by_role("button", name="Frage stellen").click()
    expect(page.get_by_text("Gefragt: Frage 1")).to_be_visible()
    page.get_by_role("link", name="Konzept: Ergebnis festhalten").click()
    page.get_by_label("angenommen", exact=True).check()
    assert_accessible(page)
    page.get_by_role("button", name="Festhalten").click()
    expect(page.get_by_text("Festgehalten: Konzept")).to_be_visible()
