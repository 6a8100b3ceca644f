"""The review in a browser: text and values move together, also without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import WETTERAU, doubts, sign_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.forms import read_text
from zielwerk.config import world
from zielwerk.config.cast import BEGAN

pytestmark = pytest.mark.django_db(transaction=True)
COUNTER = ".zw-doubts:not(.zw-doubts--end) [data-settled]"


def review(page: Page) -> Page:
    cast = worlds.put(world.enrol_cast)
    read = read_text("text.txt", WETTERAU.read_bytes())
    intake = agreements.begin(cast.officer, read, at=BEGAN)
    sign_in(page, cast.officer.name)
    page.goto(f"/arbeit/erfassungen/{intake.pk}/pruefen")
    return page


def test_without_scripts_the_next_doubt_moves_text_and_value(plain_page: Page) -> None:
    page = review(plain_page)
    for number in range(1, doubts(page).count() + 1):
        if number == 1:
            page.get_by_role("link", name="Zum ersten offenen Zweifel").click()
        else:
            group = page.locator(f"fieldset:has(#zweifel-{number - 1})")
            group.get_by_role("link", name="Zum nächsten Zweifel").click()
        expect(page.locator(f"#zweifel-{number}")).to_be_in_viewport()
        part = page.locator(f".zw-beside:has(#zweifel-{number})")
        expect(part.locator(".zw-text")).to_be_in_viewport()
        assert part.locator(f".zw-mark__number[href='#zweifel-{number}']").count()


def test_without_scripts_the_way_from_the_text_leads_to_the_value_and_back(
    plain_page: Page,
) -> None:
    page = review(plain_page)
    page.locator(".zw-text a", has_text="1.140.300 Euro").click()
    amount = page.get_by_role("group", name="Betrag", exact=True)
    expect(amount).to_be_in_viewport()
    amount.get_by_role("link", name="Im Text:").click()
    expect(page.locator("mark:target")).to_have_text("1.140.300 Euro")
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_the_counters_move_as_words_are_decided_and_questions_answered(page: Page) -> None:
    review(page)
    expect(page.locator(COUNTER)).to_have_text("0")
    page.get_by_label("„HMSI“ einsetzen").first.check()
    expect(page.locator(COUNTER)).to_have_text("1")
    page.locator(".zw-word", has_text="„Ill“").get_by_label("so lassen").check()
    expect(page.locator(COUNTER)).to_have_text("3")  # it stands in two sections
    answered = page.locator("[data-answered]")
    page.get_by_label("Antwort").first.fill("Kein Betrag vereinbart")
    expect(answered).to_have_text("1")
    page.get_by_role("checkbox", name="Erledigt").nth(1).check()
    expect(answered).to_have_text("2")
    page.get_by_role("button", name="Zwischenstand sichern").click()
    expect(page.locator(COUNTER)).to_have_text("3")
    expect(answered).to_have_text("2")
    expect(page.get_by_label("Antwort").first).to_have_value("Kein Betrag vereinbart")


def test_f8_leads_to_the_choice_then_to_words_elsewhere_and_at_last_to_accepting(
    page: Page,
) -> None:
    """The end is no button, which the next key could press."""
    review(page)
    page.keyboard.press("F8")
    expect(page.get_by_label("„HMSI“ einsetzen").first).to_be_focused()
    expect(page.locator(".zw-mark--here .zw-mark--word")).to_have_text("HMSl")
    said = page.locator("fieldset:focus-within .zw-value__quote").first
    expect(said).to_contain_text("(HMSl)")  # the word, not the begin of a long clause
    for box in page.get_by_role("checkbox", name="Am Original geprüft").all():
        box.check()
    title = page.locator("input[name='measures[9].title']")
    expect(title).to_have_value("Lager und Logisfik kompakt")
    title.fill("Lager und Logistik kompakt")
    page.get_by_role("button", name="Zwischenstand sichern").click()
    expect(page.locator("[data-decided]")).to_have_text("0")
    page.keyboard.press("F8")
    expect(page.get_by_label("„Logistik“ einsetzen")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("F8")
    end = page.locator("#annahme")
    expect(end).to_be_focused()
    expect(end).to_be_in_viewport()
    expect(end).to_contain_text("Zweifel geklärt: 9 von 9")
    page.keyboard.press("Space")
    expect(page.get_by_text("Sie haben diese Erfassung selbst angenommen.")).to_have_count(0)
