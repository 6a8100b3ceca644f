"""Pages without a mouse, and seen as a person sees them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import WETTERAU, doubts, heading, here, sign_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.forms import read_text
from zielwerk.agreements.models import Intake
from zielwerk.allocation.models import Scenario
from zielwerk.config import world
from zielwerk.config.cast import BEGAN

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STOPS = 400  # more keys than the page has places: a trap, or something out of reach
PLACE = """() => { const e = document.activeElement;
    return e.name || e.id || e.getAttribute('class') || e.tagName }"""


@pytest.fixture
def review(page: Page) -> Page:
    """The review of a text with doubts, open in front of one who may decide as well."""
    cast = worlds.put(world.enrol_cast)
    read = read_text("text.txt", WETTERAU.read_bytes())
    intake = agreements.begin(cast.officer, read, at=BEGAN)
    sign_in(page, cast.head.name)
    page.goto(f"/arbeit/erfassungen/{intake.pk}/pruefen")
    expect(heading(page)).to_have_text("Prüfung: Wetteraukreis 2024")
    return page


def press_until(page: Page, key: str, wanted: str) -> None:
    """Go on with one key until the focus is at a place of that name."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if re.match(wanted, page.evaluate(PLACE)):
            return
    raise AssertionError(f"{key} never leads to {wanted}")


def test_from_the_first_doubt_to_accepting(review: Page) -> None:
    number = doubts(review).count()
    assert number > 1
    for position in range(1, number + 1):
        review.keyboard.press("F8")
        expect(here(review)).to_have_text(f"Zweifel {position} von {number}")
        press_until(review, "Tab", r"settled:")
        group = review.locator("fieldset:focus-within")
        expect(group.locator(".zw-value__doubt")).to_have_text(f"Zweifel {position} von {number}")
        review.keyboard.press("Space")
    press_until(review, "Tab", "accept$")
    review.keyboard.press("Enter")
    expect(review.get_by_text("Sie haben diese Erfassung selbst angenommen.")).to_be_visible()
    assert Intake.objects.get().state == "accept"


def test_f8_passes_over_what_is_checked_already(review: Page) -> None:
    review.keyboard.press("F8")
    press_until(review, "Tab", r"settled:")
    review.keyboard.press("Space")
    review.keyboard.press("F8")
    number = doubts(review).count()
    expect(here(review)).to_have_text(f"Zweifel 2 von {number}")
    review.keyboard.press("Shift+F8")
    expect(here(review)).to_have_text(f"Zweifel {number} von {number}")


def test_doubts_are_numbered_in_the_order_of_the_page(review: Page) -> None:
    number = doubts(review).count()
    words = review.locator(".zw-value__doubt").all_inner_texts()
    assert words == [f"Zweifel {place} von {number}" for place in range(1, number + 1)]


def test_the_counter_moves_with_each_doubt_that_is_ticked_or_corrected(review: Page) -> None:
    number = doubts(review).count()
    counter = review.get_by_role("status").filter(has_text="Zweifel geklärt")
    expect(counter).to_have_text(f"Zweifel geklärt: 0 von {number}")
    review.keyboard.press("F8")
    press_until(review, "Tab", r"settled:")
    review.keyboard.press("Space")
    expect(counter).to_have_text(f"Zweifel geklärt: 1 von {number}")
    start = review.get_by_role("link", name="Zum ersten offenen Zweifel")
    expect(start).to_have_attribute("href", "#zweifel-2")
    review.keyboard.press("Space")
    expect(counter).to_have_text(f"Zweifel geklärt: 0 von {number}")
    field = review.locator(".zw-value--doubt :is(input[type=text], textarea)").first
    text = field.input_value()
    field.focus()
    review.keyboard.type("neu")
    expect(counter).to_have_text(f"Zweifel geklärt: 1 von {number}")
    field.fill(text)
    expect(counter).to_have_text(f"Zweifel geklärt: 0 von {number}")
    expect(counter).to_be_in_viewport()


def test_f8_moves_the_text_with_the_form_and_tells_what_it_says(review: Page) -> None:
    quoted = 0
    for _ in range(doubts(review).count()):
        review.keyboard.press("F8")
        group = review.locator("fieldset:focus-within")
        expect(group.locator(":focus")).to_be_in_viewport()
        for told in group.locator(".zw-value__reason, .zw-value__quote").all_inner_texts():
            expect(review.locator("#ansage")).to_contain_text(" ".join(told.split()))
        if not group.locator("a[href^='#text-']").count():
            continue
        quoted += 1
        mark = review.locator(".zw-mark--here")
        expect(mark).to_have_count(1)
        address = mark.get_attribute("id") or ""
        expect(group.locator(f"a[href='#{address}']")).to_have_count(1)
        inside = """mark => {
          const seen = mark.closest('.zw-text').getBoundingClientRect();
          const place = mark.getBoundingClientRect();
          return place.top >= seen.top - 1 && place.top <= seen.bottom }"""
        assert mark.evaluate(inside)
    assert quoted


def test_nothing_holds_the_focus_and_the_way_back_is_the_way_there(review: Page) -> None:
    press_until(review, "Tab", "accept$")
    press_until(review, "Shift+Tab", "zw-skip$")
    review.keyboard.press("Enter")
    expect(review.locator("main")).to_be_focused()


def test_the_text_is_scrolled_by_keyboard(review: Page) -> None:
    review.set_viewport_size({"width": 1280, "height": 500})
    texts = review.get_by_role("group", name="Text, wie er kam")
    press_until(review, "Tab", "zw-text")
    expect(texts.first).to_be_focused()
    text = texts.filter(has_text="Kompass")
    text.focus()
    before = text.evaluate("e => e.scrollTop")
    review.keyboard.press("End")
    review.wait_for_function(
        "([e, before]) => e.scrollTop > before + 100", arg=[text.element_handle(), before]
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_every_choice_of_the_review_shows_its_words_inside_its_group(
    review: Page, width: int
) -> None:
    """A box to tick whose label is hidden or cut off is told, but not seen."""
    review.set_viewport_size({"width": width, "height": 900})
    hidden = review.evaluate(
        """[...document.querySelectorAll('.zw-value .kern-form-check .kern-label')].filter(e => {
             const label = e.getBoundingClientRect();
             const group = e.closest('.zw-value').getBoundingClientRect();
             return label.width < 24 || label.height < 16 || label.right > group.right })
           .map(e => e.textContent)"""
    )
    assert hidden == []
    expect(review.get_by_role("checkbox", name="Teilzeitausbildung")).to_be_checked()


@pytest.fixture
def officer(page: Page) -> Page:
    """The demo, open in front of the officer."""
    sign_in(page, worlds.put(world.build).officer.name)
    return page


def test_a_share_is_tried_and_put_forward_by_keys(officer: Page) -> None:
    draft = Scenario.objects.get(state="draft")
    officer.goto(f"/arbeit/verteilung/{draft.pk}")
    press_until(officer, "Tab", "gewicht_sgb2_employable$")
    officer.keyboard.type("90")
    press_until(officer, "Tab", "gewicht_unemployed_under_25$")
    expect(officer.get_by_text("So ist es noch nicht gespeichert.")).to_be_visible()
    expect(officer.get_by_label("Arbeitslose unter 25 Jahren")).to_be_focused()  # not thrown back
    press_until(officer, "Tab", "csrfmiddlewaretoken$")
    assert_focus_shows(officer)
    officer.keyboard.press("Enter")
    expect(officer.get_by_text("So ist es noch nicht gespeichert.")).to_have_count(0)
    expect(officer.get_by_label("Erwerbsfähige Leistungsberechtigte")).to_have_value("90")
    press_until(officer, "Tab", ".*zw-whatif__set")
    assert_focus_shows(officer)
    officer.keyboard.press("Enter")
    expect(heading(officer)).to_contain_text("Betrag setzen")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_flow_of_the_picture_is_reached_seen_and_leads_to_its_transfers(
    officer: Page, width: int
) -> None:
    officer.set_viewport_size({"width": width, "height": 900})
    officer.goto("/arbeit/buecher?programmjahr=2026&buch=planung")
    links = officer.locator("svg.zw-sankey").first.locator("a")  # one of permissions follows
    number, colour = links.count(), officer.evaluate(FOCUS_COLOUR)
    assert number > 1
    press_until(officer, "Tab", "zw-figure__scroll$")
    assert_focus_shows(officer)
    for position in range(number):
        officer.keyboard.press("Tab")
        expect(links.nth(position)).to_be_focused()
        strokes = links.evaluate_all(STROKES)
        assert [at for at, stroke in enumerate(strokes) if stroke == colour] == [position]
        expect(links.nth(position)).to_be_in_viewport()
    address = links.nth(number - 1).get_attribute("href")
    officer.keyboard.press("Enter")
    expect(heading(officer)).to_have_text("Buchungen")
    assert address
    assert officer.url.endswith(address)


def test_a_table_too_wide_for_its_place_is_scrolled_by_keys(officer: Page) -> None:
    officer.set_viewport_size({"width": 800, "height": 900})
    officer.goto("/arbeit/haushalt")
    place = officer.get_by_role("group", name=re.compile("^Barmittel des Haushaltsjahrs"))
    press_until(officer, "Tab", "zw-table$")
    expect(place).to_be_focused()
    assert_focus_shows(officer)
    officer.keyboard.press("ArrowRight")
    officer.wait_for_function("e => e.scrollLeft > 0", arg=place.element_handle())
    officer.set_viewport_size({"width": 600, "height": 900})  # cards: nothing is wider
    expect(officer.locator(".zw-table[tabindex]")).to_have_count(0)


FOCUS_COLOUR = """() => { const e = document.createElement('i');
    e.style.color = 'var(--zw-focus)'; document.body.append(e);
    const colour = getComputedStyle(e).color; e.remove(); return colour }"""
STROKES = """all => all.map(e =>
    getComputedStyle(e.querySelector('.zw-ribbon, rect')).stroke)"""
LOOKS_DIFFERENT = """() => {
    const e = document.activeElement, s = getComputedStyle(e);
    const focused = s.outline + s.boxShadow;
    e.blur();
    const quiet = s.outline + s.boxShadow;
    e.focus();
    return focused !== quiet }"""


def assert_focus_shows(page: Page) -> None:
    assert page.evaluate(LOOKS_DIFFERENT), page.evaluate(
        "document.activeElement.outerHTML.slice(0, 200)"
    )
