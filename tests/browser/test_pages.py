"""Every page of the product: no violation, not too wide, and told in order."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser import accessibility
from tests.browser.steps import WETTERAU, heading, sign_in
from tests.rooms.disclosures import operators
from zielwerk.agreements import actions
from zielwerk.agreements.forms import read_text
from zielwerk.config import world
from zielwerk.config.cast import BEGAN
from zielwerk.packs.operator import read_operator
from zielwerk.rulebook.agreement import Clause

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
Check = Callable[[Page], None]
WORDING = (
    Clause("§ 4", "Mittel", "Das HMSI stellt bereit.", "Das HMS! stellt bereit."),
    Clause("§ 5", "Ziele", "Projekte:\n• Team-Camp\n• Robotik", "Projekte: • Team -Camp • Robotlk"),
)


@pytest.fixture
def cast(page: Page) -> world.Cast:
    return worlds.put(small_world)


def small_world() -> world.Cast:
    """A real agreement with wording, an invented one, recordings of each state."""
    cast = worlds.put(world.enrol_cast)
    real = replace(world.main_kinzig(), clauses=WORDING)
    world.record_and_publish(cast, real, False, BEGAN)
    world.record_and_publish(cast, world.invented()[0], True, BEGAN)
    read = read_text("text.txt", WETTERAU.read_bytes())
    actions.begin(cast.officer, read, at=BEGAN)
    accepted = actions.HandEntry(world.invented()[1], "erfunden", True)
    intake = actions.begin_by_hand(cast.officer, accepted, at=BEGAN)
    actions.accept(cast.officer, intake, at=BEGAN)
    second = actions.Received("zwei.txt", b"zwei", world.invented()[0], {"evidence": {}}, ())
    kept = actions.begin(cast.officer, second, at=BEGAN)
    actions.keep(cast.officer, kept, at=BEGAN)
    given_up = actions.begin_by_hand(cast.officer, accepted, at=BEGAN)
    actions.discard(cast.officer, given_up, at=BEGAN)
    return cast


PUBLIC = (
    "/zielvereinbarungen",
    "/zielvereinbarungen?suche=nirgends&art=Landkreis",
    "/zielvereinbarungen?jahr=1&sortierung=-vereinbarter-betrag",
    "/zielvereinbarungen/2024/06435",
    "/zielvereinbarungen/2024/06411",
    "/zielvereinbarungen/2024/06435/leichte-sprache",
    "/zielvereinbarungen/karte",
    "/zielvereinbarungen/koerperschaften/06435",
    "/barrierefreiheit",
    "/barrierefreiheit/rundgang",
    "/impressum",
    "/datenschutz",
    "/gebaerdensprache",
    "/leichte-sprache",
    "/leichte-sprache/barrierefreiheit",
    "/anmelden",
)
MINISTRY = (
    "/arbeit/",
    "/arbeit/vereinbarungen",
    "/arbeit/vereinbarungen/2024/06435",
    "/arbeit/erfassungen",
    "/arbeit/erfassungen?stand=discarded",
    "/arbeit/erfassungen/neu",
    "/arbeit/erfassungen/1",
    "/arbeit/erfassungen/4",
    "/arbeit/erfassungen/5",
    "/arbeit/erfassungen/6",
    "/arbeit/buecher",
    "/arbeit/buecher?ags=06435&stand=31.12.2024",
    "/arbeit/buecher?ags=x&stand=morgen",
    "/arbeit/buecher/buchungen",
    "/arbeit/protokoll",
)
OTHERS = {
    "Petra Sommer": ("/arbeit/", "/arbeit/erfassungen"),
    "Deniz Kaya": ("/arbeit/", "/arbeit/vereinbarungen/2024/06435", "/arbeit/buecher"),
    "Lena Vogt": ("/arbeit/",),
    "Ruth Brandes": ("/arbeit/", "/arbeit/erfassungen/3"),
}
REFUSED = {"/arbeit/protokoll": 403, "/arbeit/vereinbarungen/2024/06411": 404, "/abmelden": 405}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages(page: Page, cast: world.Cast, assert_accessible: Check, address: str) -> None:
    page.goto(address)
    assert heading(page).count() == 1
    assert_accessible(page)


DECLARED = """() => {
  const all = list => [...list].flatMap(rule => [rule, ...all(rule.cssRules || [])])
  const schemes = all([...document.styleSheets].flatMap(sheet => [...sheet.cssRules]))
    .filter(rule => /prefers-color-scheme/.test(rule.conditionText))
  return schemes.flatMap(rule => all(rule.cssRules)).flatMap(rule => [...rule.style])
}"""


def test_light_and_dark_differ_in_colours_alone(page: Page) -> None:
    """So that in the second of them it is enough to look at colours (``assert_accessible``)."""
    page.goto("/anmelden")
    declared = set(page.evaluate(DECLARED))
    assert len(declared) > 40
    assert {name for name in declared if "color" not in name} == set()
    accessibility.violations(page, accessibility.EVERYTHING)
    rules = page.evaluate("(tags) => axe.getRules(tags)", accessibility.TAGS)
    of_colours = [rule["ruleId"] for rule in rules if "cat.color" in rule["tags"]]
    assert sorted(of_colours) == accessibility.COLOURS["values"]


def test_a_video_in_sign_language_has_controls_a_text_and_a_download(
    page: Page, settings: Any, tmp_path: Path, assert_accessible: Check
) -> None:
    operator = read_operator(operators.with_video(tmp_path))
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, operator=operator)
    page.goto("/gebaerdensprache")
    assert page.locator("video").evaluate("video => video.controls && !video.autoplay")
    assert page.get_by_role("heading", name="Der Text des Videos").is_visible()
    address = page.get_by_role("link", name=re.compile("^Das Video herunterladen")).get_attribute(
        "href"
    )
    assert page.request.get(str(address)).body() == bytes(range(256))
    assert_accessible(page)


def test_pages_of_the_ministry(page: Page, cast: world.Cast, assert_accessible: Check) -> None:
    sign_in(page, cast.officer.name)
    for address in MINISTRY:
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, address
        assert heading(page).count() == 1, address
        assert_accessible(page)


def test_pages_of_the_other_roles(page: Page, cast: world.Cast, assert_accessible: Check) -> None:
    for name, addresses in OTHERS.items():
        sign_in(page, name)
        for address in addresses:
            page.goto(address)
            assert_accessible(page)


def test_pages_that_say_no(page: Page, cast: world.Cast, assert_accessible: Check) -> None:
    sign_in(page, cast.body.name)
    for address, status in REFUSED.items():
        answer = page.goto(address)
        assert answer
        assert answer.status == status, address
        assert heading(page).count() == 1, address
        assert_accessible(page)


def test_pages_in_english(page: Page, cast: world.Cast, assert_accessible: Check) -> None:
    page.goto("/zielvereinbarungen")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/zielvereinbarungen")
    assert heading(page).inner_text() == "Target agreements"
    assert_accessible(page)
    page.goto("/anmelden")
    page.get_by_role("button", name=cast.officer.name).click()
    for address in ("/arbeit/", "/arbeit/erfassungen/3/pruefen", "/arbeit/buecher"):
        page.goto(address)
        assert_accessible(page)


def test_choosing_a_filter_answers_at_once_and_keeps_the_place(
    page: Page, cast: world.Cast
) -> None:
    page.goto("/zielvereinbarungen")
    kind = page.get_by_label(re.compile("^Art"))
    kind.focus()
    kind.select_option("kreisfreie Stadt")
    expect(page).to_have_url(re.compile("art=kreisfreie"))
    expect(page.locator("tbody").get_by_role("rowheader")).to_have_count(1)
    expect(page.get_by_label(re.compile("^Art"))).to_be_focused()
    page.go_back()
    expect(page.locator("tbody").get_by_role("rowheader")).to_have_count(2)


def test_the_public_list_is_told_as_a_table(
    page: Page, cast: world.Cast, accessibility_tree: Callable[..., str]
) -> None:
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/zielvereinbarungen")
        tree = accessibility_tree(page, "main")
        assert 'table "Zielvereinbarungen"' in tree
        assert "rowheader" in tree
        assert 'cell "1.600.100 €"' in tree.replace("\xa0", " ")
        assert tree.index("search") < tree.index("table")


def test_the_page_of_an_agreement_is_told_in_order(
    page: Page, cast: world.Cast, accessibility_tree: Callable[..., str]
) -> None:
    page.goto("/zielvereinbarungen/2024/06435")
    tree = accessibility_tree(page, "main")
    order = [
        'Zielvereinbarung 2024: Main-Kinzig-Kreis" [level=1]',
        'heading "Vertragspartner" [level=2]',
        'heading "Mittel" [level=2]',
        'heading "Maßnahmen" [level=2]',
        'heading "Wortlaut" [level=2]',
        'heading "§ 4 Mittel" [level=3]',
        'heading "Herunterladen" [level=2]',
    ]
    places = [tree.index(part) for part in order]
    assert places == sorted(places)


def test_each_value_of_the_review_is_a_named_group_that_quotes_its_place(
    page: Page, cast: world.Cast
) -> None:
    sign_in(page, cast.officer.name)
    page.goto("/arbeit/erfassungen/3/pruefen")
    amount = page.get_by_role("group", name="Betrag", exact=True)
    assert amount.get_by_role("textbox").input_value().startswith("1.140.300,00")
    assert "1.140.300" in amount.locator("q").inner_text()
    amount.get_by_role("link", name="Im Text:").click()
    assert page.evaluate("document.querySelector(':target').tagName") == "MARK"
