"""The review without a mouse, and seen as a person sees it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import WETTERAU, doubts, heading, sign_in
from zielwerk.agreements import actions
from zielwerk.agreements.forms import received
from zielwerk.agreements.models import Intake
from zielwerk.config import world

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STOPS = 400  # more keys than the page has places: a trap, or something out of reach
PLACE = """() => { const e = document.activeElement;
    return e.name || e.id || e.className || e.tagName }"""


@pytest.fixture
def review(page: Page) -> Page:
    """The review of a text with doubts, open in front of the officer."""
    cast = world.enrol_cast()
    read = received("text.txt", WETTERAU.read_bytes())
    intake = actions.begin(cast.officer, None, read, at=world.BEGAN)
    sign_in(page, cast.officer.name)
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
        expect(review.locator(f"#zweifel-{position}")).to_be_focused()
        press_until(review, "Tab", r"settled:")
        group = review.locator("fieldset:focus-within")
        expect(group.locator(".zw-value__doubt")).to_have_text(f"Zweifel {position} von {number}")
        review.keyboard.press("Space")
    press_until(review, "Tab", "accept$")
    review.keyboard.press("Enter")
    expect(review.get_by_text("Sie haben diese Erfassung selbst angenommen.")).to_be_visible()
    assert Intake.objects.get().state == "accepted"


def test_f8_passes_over_what_is_checked_already(review: Page) -> None:
    review.keyboard.press("F8")
    press_until(review, "Tab", r"settled:")
    review.keyboard.press("Space")
    review.keyboard.press("F8")
    expect(review.locator("#zweifel-2")).to_be_focused()
    review.keyboard.press("Shift+F8")
    expect(review.locator(f"#zweifel-{doubts(review).count()}")).to_be_focused()


def test_nothing_holds_the_focus_and_the_way_back_is_the_way_there(review: Page) -> None:
    press_until(review, "Tab", "accept$")
    press_until(review, "Shift+Tab", "zw-skip$")
    review.keyboard.press("Enter")
    expect(review.locator("main")).to_be_focused()


def test_the_text_is_scrolled_by_keyboard(review: Page) -> None:
    text = review.get_by_role("region", name="Text, wie er kam").and_(review.locator(".zw-text"))
    press_until(review, "Tab", "zw-text")
    expect(text).to_be_focused()
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
