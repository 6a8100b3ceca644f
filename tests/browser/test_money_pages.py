"""Every page about programme years, bodies and money, in the demo's world and a gap in it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests import worlds
from tests.browser import money_steps as money
from tests.browser.money_steps import YEAR
from tests.browser.steps import heading, sign_in
from tests.journeys.programmes import NORDMARK
from tests.rooms import money as stage
from zielwerk.adjustments.models import Adjustment
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.budget import actions as budget
from zielwerk.config import world
from zielwerk.ledger.models import Transfer
from zielwerk.measures.models import Delivery, Measure
from zielwerk.packs import loading as packs
from zielwerk.programme.models import Party
from zielwerk.rulebook.scenario import ScenarioState

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
PROGRAMME = "aqb_hessen"


@pytest.fixture
def cast(page: Page) -> world.Cast:
    """The demo, and a budget cut below what is given away: something stands uncovered."""
    cast = worlds.put(world.build)
    first = packs.demo_year(PROGRAMME, YEAR).appropriations[0]
    line = budget.Line(PROGRAMME, YEAR, first.budget_line, first.money_source, first.earmark)
    entry = budget.Entry(line, first.amount_cents, stage.AT.date(), "Kürzung (Test)")
    budget.cut(cast.officer, entry, at=stage.AT)
    return cast


def in_state(state: str) -> int:
    found = Scenario.objects.filter(state=state, year=YEAR).first()
    assert found
    return found.pk


def looking() -> Iterator[str]:
    """What the ministry looks at."""
    yield f"buecher?gruppe=ags&stand=31.12.{YEAR}&bekannt=31.12.{YEAR}"
    yield from ("buecher/buchungen", f"buecher/buchungen/{Transfer.objects.earliest('pk').pk}")
    yield from (f"jahr/{YEAR}?stand=01.09.{YEAR}", "jahr/2024?spaet=on")
    yield "massnahmen"
    yield f"massnahmen/{Measure.objects.earliest('pk').pk}/durchfuehrung"
    yield f"massnahmen/durchfuehrung/{Delivery.objects.earliest('pk').pk}/ende"
    yield from ("programm", f"programm/{YEAR}", f"programm/{YEAR}/unterschiede?zu={YEAR - 1}")
    yield from ("koerperschaften", "koerperschaften/06435")
    yield from ("beteiligte", f"beteiligte/{Party.objects.earliest('pk').pk}")
    yield from ("haushalt", f"haushalt?jahr={YEAR - 1}")


def acting() -> Iterator[str]:
    """Where the ministry enters, tries and decides."""
    draft, decided = in_state(ScenarioState.DRAFT), in_state(ScenarioState.DECIDED)
    yield "beteiligte/neu"
    yield from ("haushalt/inkraftsetzen", "haushalt/ermaechtigen", f"haushalt/{YEAR}/abschliessen")
    yield from ("einlesen", "einlesen/neu/kennzahlen")
    yield from ("verteilung", "verteilung/neu", f"verteilung/neu?jahr={YEAR}&zweck=")
    yield from (f"verteilung/{draft}", f"verteilung/{draft}/gesetzt/06435")
    yield f"verteilung/{draft}?summe=1&gewicht_sgb2_employable=viel&ansicht=veraenderung"
    yield from (f"verteilung/{decided}", f"verteilung/vergleich?a={decided}&b={draft}")
    yield from ("zuweisungen", f"zuweisungen/{BodyAllocation.objects.latest('pk').pk}")
    yield "mittelaenderungen"
    yield from (f"mittelaenderungen/{one.pk}" for one in Adjustment.objects.all())
    yield from ("mittelaenderungen/verzicht", "mittelaenderungen/umverteilung")
    yield f"mittelaenderungen/deckung?jahr={YEAR}&zweck=&ags=&betrag=100"


def walk(page: Page, addresses: Iterator[str], check: Check) -> None:
    for address in addresses:
        answer = page.goto(f"/arbeit/{address}")
        assert answer
        assert answer.status == 200, address
        assert heading(page).count() == 1, address
        check(page)


@pytest.mark.parametrize("addresses", [looking, acting])
def test_pages_of_the_ministry(
    page: Page, cast: world.Cast, assert_accessible: Check, addresses: Callable[[], Iterator[str]]
) -> None:
    sign_in(page, cast.officer.name)
    walk(page, addresses(), assert_accessible)


def test_pages_between_a_form_and_its_end(
    page: Page, cast: world.Cast, assert_accessible: Check
) -> None:
    """What is shown of a thing before it is done, and of what cannot be done."""
    sign_in(page, cast.officer.name)
    money.budget_entry(page, "Ansatz kürzen", "1.000.000,00")
    assert_accessible(page)
    page.goto("/arbeit/haushalt/2024/abschliessen")
    money.fill(page, {"Grundlage": "Erlass"})
    page.get_by_role("button", name="Weiter zur Bestätigung").click()
    expect(page.get_by_text("Noch ist nichts gebucht.")).to_be_visible()
    assert_accessible(page)
    table = money.filled_template(page)
    table[1][0] = "99999"
    money.send_indicators(page, table)
    assert_accessible(page)
    page.goto("/arbeit/mittelaenderungen/umverteilung")
    page.get_by_role("button", name="Erklären", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible(page)


def test_pages_of_whoever_decides(page: Page, cast: world.Cast, assert_accessible: Check) -> None:
    sign_in(page, cast.head.name)
    proposed = in_state("propose")
    open_move = Adjustment.objects.get(state="declared").pk
    walk(
        page,
        iter(
            (
                f"verteilung/{proposed}",
                f"verteilung/{proposed}/entscheiden",
                f"mittelaenderungen/{open_move}",
                f"buecher/buchungen/{Transfer.objects.latest('pk').pk}",
            )
        ),
        assert_accessible,
    )


def test_pages_of_a_body(page: Page, cast: world.Cast, assert_accessible: Check) -> None:
    sign_in(page, cast.body.name)
    own = BodyAllocation.objects.filter(ags=cast.body.ags).latest("pk")
    paths = f"zuweisungen zuweisungen/{own.pk} mittelaenderungen mittelaenderungen/verzicht"
    walk(page, iter([*paths.split(), "jahr/2024", "buecher", "massnahmen"]), assert_accessible)


def test_pages_of_another_programme(
    page: Page, settings: Settings, assert_accessible: Check
) -> None:
    """Other stages, bodies and indicators stand on the same pages."""
    settings.PROGRAMME = NORDMARK.programme
    cast = worlds.put(world.build)
    sign_in(page, cast.officer.name)
    draft = in_state(ScenarioState.DRAFT)
    addresses = (f"verteilung/{draft}", f"programm/{YEAR}", "koerperschaften", "haushalt")
    walk(page, iter(addresses), assert_accessible)
