"""The season of a year in the browser: a table that stays one as cards, and doors that open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in
from tests.rooms.conclusion import made
from tests.rooms.money import YEAR

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
Check = Callable[[Page], None]
ADDRESS = f"/arbeit/jahr/{YEAR}/saison"


def read(page: Page, assert_accessible: Check) -> None:
    expect(heading(page)).to_have_count(1)
    assert_accessible(page)


def test_the_ministry_goes_from_a_count_to_the_very_case(
    page: Page, assert_accessible: Check
) -> None:
    desk = worlds.put(made.desk)
    sign_in(page, desk.first.name)
    page.goto(f"/arbeit/jahr/{YEAR}")
    page.get_by_role("link", name=f"Saison {YEAR}", exact=True).click()
    expect(heading(page)).to_have_text(f"Saison {YEAR}")
    read(page, assert_accessible)
    expect(page.get_by_role("row")).to_have_count(1 + 27)
    page.locator('a[href$="stufe=negotiation.settled"]').click()
    page.set_viewport_size({"width": 320, "height": 900})
    line = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(line).to_have_count(1)  # on a telephone it is a table still
    expect(line.get_by_role("cell").first).to_contain_text("Tage")
    read(page, assert_accessible)
    line.get_by_role("link", name=desk.table.draft.file_number).click()
    expect(heading(page)).to_contain_text("Main-Kinzig-Kreis")
    assert page.url.endswith(f"/arbeit/entwuerfe/{desk.table.draft.pk}")


def test_a_body_reads_where_it_is_and_for_whom_it_waits(
    page: Page, assert_accessible: Check
) -> None:
    desk = worlds.put(made.desk)
    sign_in(page, desk.body.name)
    page.goto(ADDRESS)
    expect(page.get_by_text("Wir warten auf")).to_be_visible()
    expect(page.locator('[aria-current="step"]')).to_contain_text("Text steht")
    read(page, assert_accessible)
