"""The desk in a browser: without scripts, at both widths, in light and dark, in both languages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in, sign_out
from tests.stage import AT
from zielwerk.agreements import actions as recording
from zielwerk.config import world
from zielwerk.rulebook.agreement import Terms

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> world.Cast:
    """Three recordings wait for a second person, and one came back."""
    cast = worlds.put(world.enrol_cast)
    for ags in ("06435", "06440", "06411"):
        said = {**world.main_kinzig().to_json(), "ags": ags, "body_name": f"Körperschaft {ags}"}
        entered = recording.HandEntry(Terms.from_json(said), "Brief")
        intake = recording.begin_by_hand(cast.officer, entered, at=AT)
        recording.accept(cast.officer, intake, at=AT)
    entered = recording.HandEntry(world.main_kinzig(), "Zweiter Brief")
    intake = recording.accept(
        cast.officer, recording.begin_by_hand(cast.officer, entered, at=AT), at=AT
    )
    recording.send_back(cast.head, intake, note="Der Betrag weicht ab", at=AT)
    return cast


@pytest.mark.parametrize("name", ["officer", "head"])
def test_a_full_desk_and_the_choice_are_accessible(
    page: Page, cast: world.Cast, assert_accessible: Callable[[Page], None], name: str
) -> None:
    sign_in(page, getattr(cast, name).name)
    assert_accessible(page)
    if name == "head":
        page.get_by_role("link", name="Mehrere bestätigen").click()
        assert_accessible(page)
        page.get_by_role("button", name="Auswahl ansehen").click()
        assert_accessible(page)
    page.goto("/arbeit/")
    page.get_by_role("button", name="English").click()
    expect(heading(page)).to_have_text("My workspace")
    assert_accessible(page)
    body = page.get_by_role("main").inner_text()
    assert not re.search("wartet|Arbeitstag|seit |Grund:", body), body


def test_without_scripts_several_are_confirmed_at_once(plain_page: Page, cast: world.Cast) -> None:
    sign_in(plain_page, cast.head.name)
    plain_page.get_by_role("link", name="Mehrere bestätigen").click()
    plain_page.get_by_role("checkbox", name=re.compile("Wetterau")).uncheck()
    plain_page.get_by_role("button", name="Auswahl ansehen").click()
    expect(plain_page.get_by_role("main")).to_contain_text(
        "Ausgewählt sind 2 Vorgänge über zusammen 3.200.200,00"
    )
    plain_page.get_by_role("button", name="Bestätigen und erfassen").click()
    expect(heading(plain_page)).to_have_text("Mein Arbeitsplatz")
    expect(plain_page.get_by_text("2 Vorgänge, zusammen 3.200.200,00")).to_be_visible()


def test_without_scripts_what_came_back_is_read_and_marked_as_seen(
    plain_page: Page, cast: world.Cast
) -> None:
    sign_in(plain_page, cast.officer.name)
    expect(plain_page.get_by_text("Grund: Der Betrag weicht ab").first).to_be_visible()
    plain_page.get_by_role("button", name="Gesehen").click()
    expect(plain_page.get_by_text("Nichts Neues seit").first).to_be_visible()
    sign_out(plain_page)
