"""Filters by keyboard, by mouse and without scripts: told, and kept in the address."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import worlds
from zielwerk.config import world
from zielwerk.config.cast import BEGAN

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/zielvereinbarungen"
CITIES = re.compile(r"art=kreisfreie")
DELAY = 30  # between two keys, as one who knows the way presses them


@pytest.fixture
def published(page: Page) -> None:
    """A county and two cities, public."""
    cast = worlds.put(world.enrol_cast)
    cities = [terms for terms in world.invented() if terms.body_kind == "kreisfreie Stadt"]
    for terms in (world.main_kinzig(), *cities[:2]):
        world.record_and_publish(cast, terms, terms.ags != "06435", BEGAN)


def kind(page: Page) -> Locator:
    return page.get_by_label(re.compile("^Art"))


def rows(page: Page) -> Locator:
    return page.locator("tbody").get_by_role("rowheader")


@contextmanager
def nothing_is_asked(page: Page) -> Iterator[None]:
    """Nothing goes to the server."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield
    page.wait_for_load_state("networkidle")
    assert not asked


@pytest.mark.usefixtures("published")
def test_keys_walk_through_the_options_and_enter_applies(page: Page) -> None:
    page.goto(LIST)
    expect(rows(page)).to_have_count(3)
    kind(page).focus()
    with nothing_is_asked(page):
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown"):
            page.keyboard.press(key, delay=DELAY)
        expect(kind(page)).to_have_value("kreisfreie Stadt")
        expect(kind(page)).to_be_focused()
    page.keyboard.press("Enter", delay=DELAY)
    expect(page).to_have_url(CITIES)
    expect(rows(page)).to_have_count(2)
    expect(kind(page)).to_be_focused()
    expect(page.locator("#ansage")).to_have_text("Zielvereinbarungen: 2")


@pytest.mark.usefixtures("published")
def test_letters_choose_as_well_and_the_button_applies(page: Page) -> None:
    page.goto(LIST)
    kind(page).focus()
    with nothing_is_asked(page):
        page.keyboard.type("Land", delay=DELAY)
        expect(kind(page)).to_have_value("Landkreis")
    apply = page.get_by_role("button", name="Anwenden")
    apply.press("Enter")
    expect(page).to_have_url(re.compile("art=Landkreis"))
    expect(page.locator("#ansage")).to_have_text("Zielvereinbarungen: 1")
    expect(apply).to_be_focused()


@pytest.mark.usefixtures("published")
def test_the_keys_that_lead_out_of_the_form_apply(page: Page) -> None:
    page.goto(LIST)
    page.get_by_label("Gebietskörperschaft").focus()
    page.keyboard.press("Shift+Tab")
    expect(kind(page)).to_be_focused()
    with nothing_is_asked(page):
        page.keyboard.press("ArrowDown", delay=DELAY)
        for _ in range(5):
            page.keyboard.press("Tab", delay=DELAY)
        expect(page.get_by_role("button", name="Anwenden")).to_be_focused()
    page.keyboard.press("Tab", delay=DELAY)
    expect(page).to_have_url(re.compile("art=Landkreis"))
    expect(page.locator("#ansage")).to_have_text("Zielvereinbarungen: 1")
    expect(page.locator("body")).not_to_be_focused()
    expect(page.locator("#inhalt :focus")).to_have_count(1)


@pytest.mark.usefixtures("published")
def test_an_equal_result_is_told_again(page: Page) -> None:
    page.goto(LIST)
    told = page.locator("#ansage")
    told.evaluate("""e => { const page = document.documentElement.dataset; page.told = 0;
        new MutationObserver(() => { if (e.textContent) page.told++ })
            .observe(e, {childList: true}) }""")
    for year in ("2024", ""):
        page.get_by_label("Programmjahr").select_option(year)
        expect(page).to_have_url(re.compile(f"jahr={year}&"))
    expect(page.locator("html")).to_have_attribute("data-told", "2")


@pytest.mark.usefixtures("published")
def test_a_choice_by_mouse_applies_at_once_and_back_takes_it_back(page: Page) -> None:
    page.goto(LIST)
    box = kind(page).bounding_box()
    assert box
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    kind(page).select_option("kreisfreie Stadt")
    expect(page).to_have_url(CITIES)
    expect(rows(page)).to_have_count(2)
    page.go_back()
    expect(page).to_have_url(re.compile(f"{LIST}$"))
    expect(kind(page)).to_have_value("")
    expect(rows(page)).to_have_count(3)
    page.go_forward()
    expect(kind(page)).to_have_value("kreisfreie Stadt")
    expect(rows(page)).to_have_count(2)


@pytest.mark.usefixtures("published")
def test_a_choice_that_was_not_applied_is_gone_when_one_comes_back(page: Page) -> None:
    page.goto(LIST)
    kind(page).focus()
    page.keyboard.press("ArrowDown", delay=DELAY)
    expect(kind(page)).to_have_value("Landkreis")
    page.goto("/anmelden")
    page.go_back()
    expect(page).to_have_url(re.compile(f"{LIST}$"))
    expect(kind(page)).to_have_value("")


@pytest.mark.usefixtures("published")
def test_without_scripts_the_button_applies(plain_page: Page) -> None:
    plain_page.goto(LIST)
    kind(plain_page).select_option("kreisfreie Stadt")
    plain_page.get_by_role("button", name="Anwenden").click()
    expect(plain_page).to_have_url(CITIES)
    expect(rows(plain_page)).to_have_count(2)


@pytest.mark.usefixtures("published")
def test_on_a_narrow_screen_the_form_stays_unfolded(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(LIST)
    page.get_by_text("Filtern und suchen").click()
    kind(page).select_option("kreisfreie Stadt")
    expect(page).to_have_url(CITIES)
    expect(rows(page)).to_have_count(2)
    expect(kind(page)).to_be_visible()
