"""What is done is done once and said, with real keys, a real Back and two presses in a row."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import sign_in
from tests.rooms.money import MILLION, YEAR, decided, enact
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world

pytestmark = pytest.mark.django_db(transaction=True)
WAIVE = "/arbeit/mittelaenderungen/verzicht"


@pytest.fixture
def cast(settings: object) -> world.Cast:
    enact("aqb_hessen", 27 * MILLION)
    decided("aqb_hessen", 27 * MILLION)
    return worlds.put(world.enrol_cast)


def fill_in(page: Page, amount: str = "100,00") -> None:
    page.get_by_label("Programmjahr").select_option(str(YEAR))
    page.get_by_label("Betrag").fill(amount)
    page.get_by_label("Begründung").fill("weniger Bedarf")


def said(page: Page) -> None:
    notice = page.locator(".zw-said")
    expect(notice).to_contain_text("Erklärt: Verzicht MA-")
    assert page.title().startswith("Erklärt: Verzicht MA-")


def test_back_and_send_again_leads_to_the_first_result(
    page: Page, cast: world.Cast, assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, cast.body.name)
    page.goto(WAIVE)
    fill_in(page)
    page.get_by_role("button", name="Erklären").click()
    said(page)
    expect(page.locator(".zw-said")).to_be_focused()
    assert_accessible(page)
    first = page.url
    page.go_back()
    fill_in(page)
    page.get_by_role("button", name="Erklären").click()
    said(page)
    assert page.url == first
    assert Adjustment.objects.count() == 1
    page.goto(WAIVE)  # by a link it is another form, and its twin is told of
    fill_in(page)
    page.get_by_role("button", name="Erklären").click()
    expect(page.locator(".zw-said")).to_contain_text("Am selben Tag liegt ein gleicher Vorgang vor")
    assert Adjustment.objects.count() == 2


def test_back_correct_and_send_again_keeps_the_correction_and_says_what_was_done(
    page: Page, cast: world.Cast, assert_accessible: Callable[[Page], None]
) -> None:
    sign_in(page, cast.body.name)
    page.goto(WAIVE)
    fill_in(page, "2.000,00")
    page.get_by_role("button", name="Erklären").click()
    said(page)
    first = page.url
    page.go_back()
    fill_in(page, "3.000,00")
    page.get_by_role("button", name="Erklären").click()
    told = page.locator(".zw-errors")
    expect(told).to_contain_text("Dieses Formular war schon gesendet: Erklärt: Verzicht MA-")
    expect(told).to_be_focused()
    expect(page.get_by_label("Betrag")).to_have_value("3.000,00")
    assert_accessible(page)
    page.get_by_role("button", name="Erklären").click()
    said(page)
    assert page.url != first
    assert Adjustment.objects.count() == 2


def test_two_presses_in_a_row_are_one_act(page: Page, cast: world.Cast) -> None:
    sign_in(page, cast.body.name)
    page.goto(WAIVE)
    fill_in(page)
    page.get_by_role("button", name="Erklären").dblclick()
    said(page)
    assert Adjustment.objects.count() == 1


def test_a_final_act_asks_and_answers_without_scripts(plain_page: Page, cast: world.Cast) -> None:
    sign_in(plain_page, cast.body.name)
    plain_page.goto(WAIVE)
    fill_in(plain_page)
    plain_page.get_by_role("button", name="Erklären").click()
    case = plain_page.url
    plain_page.get_by_role("button", name="Abmelden").click()
    sign_in(plain_page, cast.head.name)
    plain_page.goto(case)
    plain_page.get_by_role("link", name="Ablehnen").click()
    expect(plain_page.get_by_role("heading", name="Was geschieht")).to_be_visible()
    expect(plain_page.get_by_text("Abgelehnt wird: Verzicht, 100,00")).to_be_visible()
    plain_page.get_by_role("button", name="Ablehnen").click()
    expect(plain_page.locator("main > .zw-said")).to_have_count(0)  # not without a reason
    plain_page.get_by_label("Grund").fill("Der Bedarf besteht fort")
    plain_page.get_by_role("button", name="Ablehnen").click()
    assert plain_page.url == case
    expect(plain_page.locator("main > .zw-said:first-child")).to_contain_text("Abgelehnt: Verzicht")


def test_after_writing_a_note_the_sentence_is_seen_and_focused(
    page: Page, cast: world.Cast
) -> None:
    sign_in(page, cast.body.name)
    page.goto(WAIVE)
    fill_in(page)
    page.get_by_role("button", name="Erklären").click()
    page.set_viewport_size({"width": 320, "height": 480})
    page.get_by_role("link", name="Vermerk schreiben").click()
    page.get_by_label("Text").fill("Telefonat mit der Kasse")
    page.get_by_role("button", name="Vermerk schreiben").click()
    notice = page.locator(".zw-said")
    expect(notice).to_contain_text("Festgehalten: Vermerk")
    expect(notice).to_be_focused()
    expect(notice).to_be_in_viewport()
