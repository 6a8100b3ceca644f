"""Two sides negotiate a draft in the browser, each page read by its rules of accessibility."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in
from tests.rooms.negotiation import made
from zielwerk.negotiation.models import InternalComment
from zielwerk.rulebook.negotiation import DraftState

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
Check = Callable[[Page], None]
LIST = "/arbeit/entwuerfe"
SECRET = "Höchstens zwei Plätze weniger"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def ask_for(page: Page, name: str) -> None:
    """Open the page that asks before a step."""
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("button", name=name, exact=True).first).to_be_visible()


def change_of_sides(page: Page, name: str) -> None:
    page.context.clear_cookies()
    sign_in(page, name)


def test_two_sides_come_to_one_text(page: Page, assert_accessible: Check) -> None:
    one = worlds.put(made.table)
    draft, node = one.draft, made.measure(one)
    at, place = f"{LIST}/{draft.pk}", f"{LIST}/{draft.pk}/stelle?stelle={node}"
    sign_in(page, one.drafter.name)
    for address in (LIST, f"{LIST}/neu", f"{LIST}/jahr/{draft.year}", at, place):
        page.goto(address)
        expect(heading(page)).to_have_count(1)
        assert_accessible(page)
    # Before it is sent, whoever drafts changes the text at once.
    follow(page, "Maßnahme ändern")
    assert_accessible(page)
    page.get_by_label("Titel").fill("Team-Camp am See")
    press(page, "Ändern")
    expect(page.get_by_text("Das ist jetzt Fassung 2.")).to_be_visible()
    page.goto(at)
    ask_for(page, "Entwurf übersenden")
    assert_accessible(page)
    press(page, "Entwurf übersenden")
    expect(page.get_by_text("Wir warten auf Main-Kinzig-Kreis")).to_be_visible()

    # The body notes something for itself, says something to both, and proposes.
    change_of_sides(page, one.partner.name)
    page.goto(at)
    expect(page.get_by_text("Sie sind am Zug")).to_be_visible()
    assert_accessible(page)
    page.goto(place)
    follow(page, "Intern notieren")
    assert_accessible(page)
    page.get_by_label("Interner Kommentar").fill(SECRET)
    press(page, "Nur für uns speichern")
    expect(page.get_by_text(SECRET)).to_be_visible()
    follow(page, "Für beide Seiten kommentieren")
    assert_accessible(page)
    page.get_by_label("Kommentar").fill("Reichen die Plätze?")
    press(page, "Für beide Seiten veröffentlichen")
    follow(page, "Maßnahme ändern")
    page.get_by_label("Plätze").fill("20")
    page.get_by_label("Begründung").fill("Mehr Bedarf")
    press(page, "Vorschlagen")
    expect(page.get_by_role("heading", name="Vorschlag 1")).to_be_visible()
    assert_accessible(page)
    page.goto(at)
    press(page, "Antwort abgeben")

    # The other side reads what is for it, and decides.
    change_of_sides(page, one.drafter.name)
    page.goto(place)
    expect(page.get_by_text("Reichen die Plätze?")).to_be_visible()
    expect(page.get_by_text(SECRET)).to_have_count(0)
    assert InternalComment.objects.count() == 1
    page.goto(f"{at}/vorschlaege")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("^Annehmen.*Vorschlag 1$")).click()
    assert_accessible(page)
    press(page, "Vorschlag annehmen")
    expect(page.get_by_text("Das ist jetzt Fassung 3.")).to_be_visible()
    for address in ("vergleich?von=1&bis=3", "pruefung", "massnahmen"):
        page.goto(f"{at}/{address}")
        assert_accessible(page)
    page.goto(f"{at}/vergleich?von=1&bis=3")
    expect(page.locator(".zw-redline__sentences")).to_contain_text("20")
    page.goto(at)
    press(page, "Zur Antwort zurückgeben")

    # What the checks ask is answered; then both accept the same version.
    change_of_sides(page, one.partner.name)
    page.goto(f"{at}/pruefung")
    questions = page.locator("textarea:visible")
    while questions.count():
        questions.first.fill("So gewollt.")
        page.locator("button:visible", has_text="Antworten").first.click()
        expect(page.get_by_text("Beantwortet:")).to_be_visible()
    page.goto(at)
    ask_for(page, "Fassung annehmen")
    assert_accessible(page)
    press(page, "Fassung annehmen")
    change_of_sides(page, one.second.name)
    page.goto(at)
    ask_for(page, "Text feststellen")
    press(page, "Text feststellen")
    code = re.compile(r"Prüfzeichen \S{3}-\S{3}-\S{3}-\S{3}")
    expect(page.get_by_text(code).first).to_be_visible()
    assert one.now().state == DraftState.SETTLED


def test_what_somebody_else_changed_meanwhile_stands_beside_what_was_typed(
    page: Page, assert_accessible: Check
) -> None:
    one = worlds.put(made.table)
    sign_in(page, one.drafter.name)
    page.goto(f"{LIST}/{one.draft.pk}/aendern?stelle={made.measure(one)}&art=measure")
    page.get_by_label("Titel").fill("Mein Titel")
    made.actions.edit(one.second, one.now(), made.renamed(one, "Ihr Titel"), at=made.AT)
    press(page, "Ändern")
    expect(page.get_by_text("Jemand anderes hat diese Stelle inzwischen geändert")).to_be_visible()
    expect(page.get_by_text("Ihr Titel")).to_be_visible()
    expect(page.get_by_label("Titel")).to_have_value("Mein Titel")
    assert_accessible(page)
    press(page, "Ändern")
    expect(page.get_by_text("Das ist jetzt Fassung 3.")).to_be_visible()
    assert one.text.content.measures[0].title == "Mein Titel"
