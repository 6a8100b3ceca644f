"""The most important pages on paper: whole, unfolded, and saying who printed them and when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests import worlds
from tests.browser.paper import problems, sheets
from tests.browser.steps import WETTERAU, sign_in
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements import actions
from zielwerk.agreements.forms import read_text
from zielwerk.agreements.models import Intake
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.config import world
from zielwerk.config.cast import BEGAN
from zielwerk.language import value_text
from zielwerk.rulebook.scenario import ScenarioState

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = 2026


@pytest.fixture
def cast(page: Page) -> world.Cast:
    """The demo, and a recording that is being reviewed."""
    cast = worlds.put(world.build)
    actions.begin(cast.officer, read_text("text.txt", WETTERAU.read_bytes()), at=BEGAN)
    return cast


def scenario(state: ScenarioState) -> str:
    return f"/arbeit/verteilung/{Scenario.objects.filter(state=state).latest('pk').pk}"


PAGES: dict[str, Callable[[], str]] = {
    "desk": lambda: "/arbeit/",
    "year": lambda: f"/arbeit/jahr/{YEAR}",
    "agreements": lambda: "/arbeit/vereinbarungen",
    "agreement": lambda: "/arbeit/vereinbarungen/2024/06435",
    "review": lambda: f"/arbeit/erfassungen/{Intake.objects.latest('pk').pk}/pruefen",
    "draft of a scenario": lambda: scenario(ScenarioState.DRAFT),
    "decided scenario": lambda: scenario(ScenarioState.DECIDED),
    "allocation": lambda: f"/arbeit/zuweisungen/{BodyAllocation.objects.latest('pk').pk}",
    "adjustment": lambda: f"/arbeit/mittelaenderungen/{Adjustment.objects.latest('pk').pk}",
    "balances": lambda: f"/arbeit/buecher?jahr={YEAR}",
    "transfers": lambda: f"/arbeit/buecher/buchungen?jahr={YEAR}",
    "budget": lambda: "/arbeit/haushalt",
}
OF_THE_BODY = {
    "desk": lambda: "/arbeit/",
    "agreement": lambda: "/arbeit/vereinbarungen/2024/06435",
    "allocation": lambda: (
        f"/arbeit/zuweisungen/{BodyAllocation.objects.filter(ags='06435').latest('pk').pk}"
    ),
}


def days() -> list[str]:
    """Today, and the day that may begin while the page is printed."""
    today = timezone.localdate()
    return [value_text(today), value_text(today + timedelta(days=1))]


def faults(page: Page, address: str, who: str) -> list[str]:
    page.goto(address)
    url = page.url
    found = list(problems(page, who, url))
    printed_on = page.locator("html").get_attribute("data-printed") or ""
    if not any(day in printed_on for day in days()):
        found.append(f"no day: {printed_on}")
    return found


def walk(page: Page, pages: dict[str, Callable[[], str]], who: str) -> dict[str, list[str]]:
    return {name: found for name, of in pages.items() if (found := faults(page, of(), who))}


def test_pages_of_the_ministry_on_paper(page: Page, cast: world.Cast) -> None:
    sign_in(page, cast.officer.name)
    assert walk(page, PAGES, f"Ausdruck von {cast.officer.name} (Ministerium)") == {}


def test_pages_of_a_body_on_paper(page: Page, cast: world.Cast) -> None:
    sign_in(page, cast.body.name)
    assert walk(page, OF_THE_BODY, f"Ausdruck von {cast.body.name} (Gebietskörperschaft)") == {}


def test_public_pages_on_paper_tell_the_filters_that_were_on(page: Page, cast: world.Cast) -> None:
    public = {
        "edition": lambda: "/zielvereinbarungen/2024/06435",
        "list": lambda: "/zielvereinbarungen?art=kreisfreie+Stadt",
    }
    assert walk(page, public, "Stand ") == {}
    text = "".join(sheets(page))
    assert "Gefiltert nach" in text
    assert "Art: kreisfreie Stadt" in text


def test_what_is_cut_off_is_found(page: Page, cast: world.Cast) -> None:
    sign_in(page, cast.officer.name)
    page.goto(PAGES["transfers"]())
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => {"
        " document.querySelector('table').style.width = '3000px' })"
    )
    assert list(problems(page, "Ausdruck"))


def test_what_is_hidden_on_paper_is_found(page: Page, cast: world.Cast) -> None:
    page.goto("/zielvereinbarungen/2024/06435")
    page.add_init_script(
        "addEventListener('beforeprint', () => {"
        " document.querySelector('main h2').style.display = 'none' })"
    )
    assert [fault for fault in problems(page, "Stand ") if fault.startswith("not printed")]
