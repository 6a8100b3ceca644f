"""An actor is asked by a link and answers it: with and without scripts, and by keyboard alone."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in
from tests.rooms.strategy import made
from zielwerk.config import world
from zielwerk.strategy import actions, queries
from zielwerk.strategy.actions import NewRequest, Sent
from zielwerk.strategy.models import Consent, Strategy

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
Check = Callable[[Page], None]
LIST = "/arbeit/strategien"


def cast_and_draft() -> tuple[world.Cast, Strategy]:
    """A draft of this year, with one refusal, and all others to be asked."""
    cast, year = worlds.put(world.enrol_cast), timezone.localdate().year
    first, last = date(year, 1, 1), date(year, 12, 31)
    draft = made.drafted(cast, title="Strategie", valid_from=first, valid_until=last)
    *_, party = queries.wanted(draft)
    made.consent(cast, draft, party, is_given=False)
    return cast, draft


def asked(cast: world.Cast, draft: Strategy) -> Sent:
    party = next(iter(queries.wanted(draft)))
    new = NewRequest(draft, party, "Jobcenter", "Frau Muster")
    return actions.ask(cast.body, new, at=timezone.now())


def test_the_coordinator_asks_and_the_actor_answers(page: Page, assert_accessible: Check) -> None:
    cast, draft = cast_and_draft()
    sign_in(page, cast.body.name)
    for address in (LIST, f"{LIST}/neu", f"{LIST}/{draft.pk}", f"{LIST}/{draft.pk}/bearbeiten"):
        page.goto(address)
        expect(heading(page)).to_have_count(1)
        assert_accessible(page)
    page.goto(f"{LIST}/{draft.pk}")
    page.get_by_role("link", name="Um Zustimmung bitten").first.click()
    page.get_by_label("Gerichtet an").fill("Frau Muster")
    page.get_by_label("E-Mail-Adresse").fill("muster@example.org")
    page.get_by_role("button", name="E-Mail ansehen").click()
    expect(page.get_by_text("Guten Tag Frau Muster,")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Link erzeugen und zeigen").click()
    link = page.locator("pre").inner_text()
    assert_accessible(page)
    page.context.clear_cookies()  # whoever is asked is nobody here
    page.goto(link)
    expect(heading(page)).to_have_text("Bitte um Zustimmung")
    assert_accessible(page)
    page.get_by_role("button", name="Antwort senden").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("radio", name="Zustimmung", exact=True).check()
    page.get_by_role("checkbox", name="Ich handle für: SGB II").check()
    page.get_by_label("Name").fill("Erika Muster")
    page.get_by_label("Amt", exact=False).last.fill("Leitung")
    page.get_by_role("button", name="Antwort senden").click()
    expect(page.get_by_text("Diese Bitte ist beantwortet")).to_be_visible()
    assert_accessible(page)
    assert Consent.objects.latest("pk").answer == "given"


def test_one_answers_by_keyboard_alone(page: Page, assert_accessible: Check) -> None:
    cast, draft = cast_and_draft()
    page.goto(asked(cast, draft).path)
    page.get_by_role("radio", name="Zustimmung", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Keine Zustimmung")).to_be_checked()
    for typed in (" ", "Erika Muster", "Leitung", "Der Teil zur Sprache fehlt."):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Diese Bitte ist beantwortet")).to_be_visible()
    expect(page.get_by_text("Der Teil zur Sprache fehlt.")).to_be_visible()
    assert Consent.objects.latest("pk").answer == "refused"


def test_without_scripts_the_link_is_answered_once(plain_page: Page) -> None:
    cast, draft = cast_and_draft()
    link = asked(cast, draft).path
    plain_page.goto(link)
    plain_page.get_by_role("radio", name="Zustimmung", exact=True).check()
    plain_page.get_by_role("checkbox").check()
    plain_page.get_by_role("textbox", name="Name").fill("Erika Muster")
    plain_page.get_by_role("textbox", name="Amt").fill("Leitung")
    plain_page.get_by_role("button", name="Antwort senden").click()
    expect(plain_page.get_by_text("Diese Bitte ist beantwortet")).to_be_visible()
    plain_page.goto(link)
    expect(plain_page.get_by_text("Diese Bitte ist beantwortet")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Antwort senden")).to_have_count(0)
    assert Consent.objects.count() == 2


def test_a_link_that_is_over_says_so_and_is_accessible(
    page: Page, assert_accessible: Check
) -> None:
    cast, draft = cast_and_draft()
    sent = asked(cast, draft)
    actions.withdraw_request(cast.body, sent.request, at=timezone.now())
    page.goto(sent.path)
    expect(page.get_by_text("Diese Bitte wurde zurückgezogen.")).to_be_visible()
    assert_accessible(page)
