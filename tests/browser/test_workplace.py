"""A screen as a workplace: cause and effect in one view, and nothing above the work."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import worlds
from tests.browser.steps import sign_in
from zielwerk.allocation.models import Scenario
from zielwerk.config import world

pytestmark = pytest.mark.django_db(transaction=True)
SCREENS = [(1920, 1080), (1280, 800)]
PHONE = {"width": 320, "height": 640}
BODIES = 27
WEIGHT, ACROSS, LEAST = "gewicht_sgb2_employable", "anteil", "mindest"
LISTEN = """() => { const place = document.getElementById('ansage');
    new MutationObserver(() => told(place.textContent)).observe(place, {childList: true}) }"""
PLACE = "e => [Math.round(e.getBoundingClientRect().top), e.selectionStart]"


@pytest.fixture
def whatif(page: Page) -> Page:
    """The draft of the demo, open in front of the officer."""
    sign_in(page, worlds.put(world.build).officer.name)
    open_draft(page)
    return page


def open_draft(page: Page) -> None:
    page.goto(f"/arbeit/verteilung/{Scenario.objects.get(state='draft').pk}")


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#parameter [name={name}]")


def amounts(page: Page) -> Locator:
    """The rows of all bodies."""
    return page.get_by_role("table", name="Beträge der Gebietskörperschaften").locator("tbody")


def moved(page: Page) -> Locator:
    return page.locator("tr[data-moved]")


def overlaps(page: Page, row: Locator) -> bool:
    """Whether a row is wholly within the screen."""
    box, size = row.bounding_box(), page.viewport_size
    assert box
    assert size
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


@pytest.mark.parametrize(("screen", "weights"), [((1280, 800), 1), ((1920, 1080), 5)])
def test_the_sum_and_the_weights_are_in_view_at_first(
    whatif: Page, screen: tuple[int, int], weights: int
) -> None:
    whatif.set_viewport_size({"width": screen[0], "height": screen[1]})
    shown = [field(whatif, "summe"), *whatif.locator("#parameter [name^=gewicht_]").all()]
    assert len(shown) == 6
    assert all(overlaps(whatif, place) for place in shown[: 1 + weights])


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("name", "keys"), [(ACROSS, "-3"), (WEIGHT, "5"), ("summe", "28.000.000")])
def test_what_is_typed_and_what_it_changes_are_in_view_together(
    whatif: Page, screen: tuple[int, int], name: str, keys: str
) -> None:
    page = whatif
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    typed = field(page, name)
    typed.click()
    page.keyboard.press("ControlOrMeta+A")
    before = page.locator("tfoot").inner_text(), typed.evaluate(PLACE)[0]
    page.keyboard.type(keys, delay=30)
    expect(moved(page).first).to_be_visible()
    assert amounts(page).inner_text().count("\n") >= BODIES
    expect(typed).to_be_focused()
    top, caret = typed.evaluate(PLACE)  # neither field nor caret jumped
    assert (abs(top - before[1]) < 8, caret) == (True, len(keys))
    assert overlaps(page, typed)
    assert any(overlaps(page, row) for row in moved(page).all())
    assert f"{name}={keys}" in page.url
    expect(page.locator("tfoot th")).to_be_in_viewport()


def test_all_bodies_and_their_sums_fit_a_screen_and_the_page_is_no_longer(whatif: Page) -> None:
    whatif.set_viewport_size({"width": 1920, "height": 1080})
    expect(amounts(whatif).locator("tr")).to_have_count(BODIES)
    for part in ("thead", "tfoot"):
        assert overlaps(whatif, whatif.locator(f"#ergebnis {part}").first), part
    for row in (amounts(whatif).locator("tr").first, amounts(whatif).locator("tr").last):
        assert overlaps(whatif, row)
    assert whatif.evaluate("document.documentElement.scrollHeight") < 1.5 * 1080


def test_all_bodies_of_a_year_and_their_sums_are_in_view(page: Page) -> None:
    sign_in(page, worlds.put(world.build).officer.name)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/arbeit/jahr/2026")
    rows = page.locator(".zw-year tbody tr")
    expect(rows).to_have_count(BODIES)
    sums, last = page.locator(".zw-year tfoot").bounding_box(), rows.last.bounding_box()
    assert sums
    assert last
    assert max(row.bounding_box()["height"] for row in rows.all()) <= 30  # type: ignore[index]
    assert last["y"] + last["height"] <= sums["y"] + 1
    assert sums["y"] + sums["height"] <= 1080


def test_the_last_key_counts_and_one_sentence_is_told(whatif: Page) -> None:
    told: list[str] = []
    whatif.expose_function("told", lambda text: told.append(text))
    whatif.evaluate(LISTEN)
    field(whatif, ACROSS).click()
    whatif.keyboard.type("-2,75", delay=60)
    expect(whatif.locator("#ansage")).to_contain_text("27 Körperschaften ändern sich")
    assert [text for text in told if text] == [whatif.locator("#ansage").text_content()]
    assert "anteil=-2%2C75" in whatif.url
    shown = whatif.locator("tfoot").inner_text()
    whatif.reload()
    assert whatif.locator("tfoot").inner_text() == shown


def test_what_is_impossible_is_told_where_one_types_and_taken_back(whatif: Page) -> None:
    least = field(whatif, LEAST)
    least.click()
    whatif.keyboard.press("ControlOrMeta+A")
    whatif.keyboard.type("9.000.000", delay=20)
    error = whatif.locator("#id_mindest_error")
    expect(error).to_contain_text("liegt über dem Höchstbetrag")
    expect(least).to_have_attribute("aria-invalid", "true")
    expect(least).to_have_attribute("aria-describedby", re.compile("id_mindest_error"))
    expect(least).to_be_focused()
    expect(whatif).to_have_title(re.compile("^Fehler:"))
    summary = whatif.locator("#ergebnis [role=note]")
    expect(summary.get_by_role("link", name="Mindestbetrag")).to_be_visible()
    whatif.keyboard.press("ControlOrMeta+A")
    whatif.keyboard.press("Delete")
    expect(error).to_have_text(re.compile(r"^\s*$"))
    expect(least).not_to_have_attribute("aria-invalid", "true")
    expect(whatif).not_to_have_title(re.compile("Fehler"))
    expect(amounts(whatif).locator("tr")).to_have_count(BODIES)


def test_enter_computes_and_back_and_forward_keep_the_parameters(whatif: Page) -> None:
    field(whatif, ACROSS).click()
    whatif.keyboard.type("-4")
    whatif.keyboard.press("Enter")
    expect(moved(whatif)).to_have_count(BODIES)
    expect(field(whatif, ACROSS)).to_be_focused()
    sums = whatif.locator("tfoot").inner_text()
    whatif.locator(".zw-way").get_by_role("link", name="Verteilung").click()
    whatif.go_back()
    expect(field(whatif, ACROSS)).to_have_value("-4")
    assert whatif.locator("tfoot").inner_text() == sums
    whatif.get_by_role("link", name="Zurück zum gespeicherten Stand").click()
    expect(moved(whatif)).to_have_count(0)
    whatif.go_back()
    expect(field(whatif, ACROSS)).to_have_value("-4")
    expect(moved(whatif)).to_have_count(BODIES)


def test_on_a_phone_the_parameters_fold_and_the_result_is_near(whatif: Page) -> None:
    whatif.set_viewport_size(PHONE)
    open_draft(whatif)
    expect(field(whatif, ACROSS)).not_to_be_visible()
    box = amounts(whatif).locator("tr").first.bounding_box()
    assert box
    assert box["y"] < 2 * PHONE["height"]
    whatif.get_by_text("Parameter ändern").click()
    field(whatif, ACROSS).fill("-1")
    expect(moved(whatif)).to_have_count(BODIES)


def test_the_map_of_changes_prints_sign_and_number_on_every_tile(whatif: Page) -> None:
    whatif.get_by_role("link", name="Karte der Veränderung").click()
    expect(whatif.get_by_role("link", name="Karte der Veränderung")).to_have_attribute(
        "aria-current", "page"
    )
    field(whatif, ACROSS).fill("-9")
    expect(whatif.get_by_text("So ist es noch nicht gespeichert.")).to_be_visible()
    for look, sign in (("loss", "−"), ("gain", "+")):
        tiles = whatif.locator(f"svg.zw-tiles g[class*={look}]").all()
        assert all(sign in (tile.text_content() or "") for tile in tiles)
    assert whatif.locator("svg.zw-tiles g[class*=loss]").count() > 20


# --- nothing above the work -----------------------------------------------------------------

FIRST = """() => Math.round(document.querySelector(
    'main tbody tr, main .zw-todo > li, main .kern-card, main .zw-empty'
  ).getBoundingClientRect().top)"""
LISTS = {  # on a phone, the first line of each list stands no lower than this
    "/arbeit/jahr/2026": 780,
    "/arbeit/vereinbarungen": 600,
    "/arbeit/erfassungen": 700,
    "/arbeit/verteilung": 600,
    "/arbeit/zuweisungen": 770,
    "/arbeit/mittelaenderungen": 900,
    "/arbeit/buecher/buchungen": 600,
    "/arbeit/massnahmen": 700,
    "/arbeit/koerperschaften": 800,  # it has a column for every fact that the programme keeps
    "/arbeit/beteiligte": 720,
    "/arbeit/einlesen": 600,
    "/arbeit/vermerke": 600,
    "/arbeit/protokoll": 790,
    "/arbeit/": 600,
}


def test_on_a_phone_every_list_begins_near_the_top(page: Page) -> None:
    officer = worlds.put(world.build).officer.name
    page.set_viewport_size(PHONE)
    page.goto("/")
    assert page.evaluate(FIRST) < 600
    sign_in(page, officer)
    stands = {}
    for address in LISTS:
        page.goto(address)
        stands[address] = page.evaluate(FIRST)
    assert {at: (y, LISTS[at]) for at, y in stands.items() if y > LISTS[at]} == {}, str(stands)
