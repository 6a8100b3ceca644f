"""Where the money begins, in a browser: from the budget to the single transfer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings

from tests import worlds
from tests.browser import money_steps as money
from tests.browser.steps import heading
from tests.journeys.programmes import HESSE, NORDMARK, WALKED, Example
from tests.rooms import money as stage
from zielwerk.allocation.models import BodyAllocation, IndicatorData
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.ledger import queries as ledger
from zielwerk.ui import bodies

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
OFFICER, HEAD, COORDINATOR = "Mara Lindner", "Jonas Acker", "Deniz Kaya"
TOTALS = {HESSE: ("30.000.000", "27.000.000"), NORDMARK: ("4.000.000", "3.500.000")}
BY_HAND = "500.000"


def test_from_the_budget_to_the_single_transfer(page: Page, assert_accessible: Check) -> None:
    own = worlds.put(world.enrol_cast).body.ags
    receiver, by_hand = [one.ags for one in stage.bodies(HESSE.programme) if one.ags != own][:2]
    budget, total = TOTALS[HESSE]

    money.sign_in(page, OFFICER)
    money.enact(page, budget)
    read_in_needs(page, assert_accessible)
    money.begin_scenario(page, total)
    try_a_weight(page, own)
    set_by_hand(page, by_hand)
    money.put_forward(page, HESSE.programme)

    money.sign_in(page, HEAD)
    money.decide_scenario(page, HESSE.programme)
    expect(money.row_of(page, by_hand)).to_contain_text("von Hand gesetzt: Leitungsentscheidung")

    money.sign_in(page, COORDINATOR)
    sees_its_own_and_nothing_else(page, own)
    page.goto("/arbeit/mittelaenderungen")
    page.get_by_role("link", name="Verzicht erklären").click()
    waiver = money.declare(page, {"Betrag": "10.000,00", "Begründung": "Ein Kurs entfällt"})

    money.sign_in(page, HEAD)
    money.decide_move(page, waiver)
    money.sign_in(page, OFFICER)
    page.goto("/arbeit/mittelaenderungen")
    page.get_by_role("link", name=waiver).click()
    page.get_by_role("link", name="An eine andere Körperschaft umverteilen").click()
    expect(page.get_by_label("Betrag", exact=True)).to_have_value(re.compile(r"10\.000,00"))
    page.get_by_label("Wer das Geld bekommt").select_option(receiver)
    given = money.declare(page, {"Begründung": "Mehr Plätze"})
    money.sign_in(page, HEAD)
    money.decide_move(page, given)

    find_it_in_the_books(page, own, receiver, given)
    assert list(ledger.faults()) == []
    assert list(audit.verify()) == []


def read_in_needs(page: Page, assert_accessible: Check) -> None:
    """A table with faults is shown and refused row by row; the mended one is taken over."""
    table = money.filled_template(page)
    faulty = [list(row) for row in table]
    faulty[1][table[0].index("AGS")] = "99999"
    faulty[2][-1] = "viel"
    money.send_indicators(page, faulty)
    faults = page.get_by_role("table", name="Was nicht in Ordnung ist")
    expect(faults.get_by_role("row", name=re.compile("^2 .*99999"))).to_be_visible()
    expect(faults.get_by_role("row", name=re.compile("^3 .*viel"))).to_be_visible()
    expect(page.get_by_role("button", name="Übernehmen")).to_be_disabled()
    assert_accessible(page)
    assert not IndicatorData.objects.exists()
    page.get_by_role("link", name="Verwerfen").click()
    page.get_by_role("button", name="Verwerfen").click()
    money.send_indicators(page, table)
    expect(page.get_by_text(f"Alle {len(table) - 1} Zeilen sind in Ordnung")).to_be_visible()
    money.take_over(page)


def try_a_weight(page: Page, ags: str) -> None:
    """A weight is changed: the amounts follow at once, are told, and are kept when saved."""
    before = money.new_amount(page, ags).inner_text()
    first, second, *_ = weights(page).all()
    first.fill("0,5")
    second.fill("95")
    page.keyboard.press("Tab")
    expect(page.get_by_text("So ist es noch nicht gespeichert.")).to_be_visible()
    expect(money.new_amount(page, ags)).not_to_have_text(before)
    expect(page.locator("#ansage")).to_contain_text("Neu berechnet: ")
    expect(second).to_have_value("95")
    tried = money.new_amount(page, ags).inner_text()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("So ist es noch nicht gespeichert.")).to_have_count(0)
    expect(money.new_amount(page, ags)).to_have_text(tried)


def weights(page: Page) -> Locator:
    return page.get_by_role("group", name="Gewichte der Kennzahlen").locator("input")


def set_by_hand(page: Page, ags: str) -> None:
    money.row_of(page, ags).get_by_role("link", name=re.compile("^setzen")).click()
    money.fill(page, {"Betrag": BY_HAND, "Begründung": "Leitungsentscheidung"})
    page.get_by_role("button", name="Betrag setzen").click()
    expect(money.new_amount(page, ags)).to_contain_text(BY_HAND)


def sees_its_own_and_nothing_else(page: Page, own: str) -> None:
    """The coordinator's page has the whole arithmetic and no word about another body."""
    given = BodyAllocation.objects.get(ags=own)
    page.goto("/arbeit/zuweisungen")
    its_own = page.locator("tbody").get_by_role("rowheader")
    expect(its_own).to_have_count(1)
    its_own.get_by_role("link").click()
    expect(page.get_by_role("table", name="Anteil am Bedarf")).to_be_visible()
    last = page.get_by_role("table", name="Vom Anteil zum Betrag").get_by_role("row").last
    amount = f"{given.amount_cents // 100:,}".replace(",", ".")
    expect(last).to_contain_text(amount)
    shown = page.locator("main").inner_text()
    others = BodyAllocation.objects.exclude(ags=own)
    assert not [one.ags for one in others if one.ags in shown or one.body_name in shown]
    for address in (
        f"/arbeit/zuweisungen/{others[0].pk}",
        f"/arbeit/verteilung/{given.scenario_id}",
    ):
        answer = page.goto(address)
        assert answer
        assert answer.status in (403, 404), address
        assert own not in heading(page).inner_text()


def find_it_in_the_books(page: Page, own: str, receiver: str, case: str) -> None:
    """What moved stands in the books, down to the one transfer, who did it and why."""
    page.goto(f"/arbeit/buecher?gruppe=ags&programmjahr={money.YEAR}")
    planning = page.get_by_role("table", name="Wo das Geld ist: Planung")
    for ags, moved_cents in ((own, -10_000_00), (receiver, 10_000_00)):
        decided_cents = BodyAllocation.objects.get(ags=ags).amount_cents
        stands = f"{(decided_cents + moved_cents) // 100:,}".replace(",", ".")
        expect(
            planning.get_by_role("row", name=re.compile(rf"^{bodies.short(ags)}\s"))
        ).to_contain_text(stands)
    planning.get_by_role("row", name=re.compile(rf"^{bodies.short(receiver)}\s")).get_by_role(
        "link"
    ).click()
    page.get_by_role("row").filter(has_text=case).get_by_role("link", name="Buchung").press("Enter")
    expect(heading(page)).to_contain_text("Buchung")
    told = page.locator("main")
    for said in ("10.000,00", HEAD, case, "Mehr Plätze", bodies.short(receiver)):
        expect(told).to_contain_text(said)


@pytest.mark.parametrize("example", WALKED, ids=str)
def test_the_same_money_without_scripts_in_every_programme(
    plain_page: Page, settings: Settings, example: Example
) -> None:
    settings.PROGRAMME = example.programme
    own = worlds.put(world.enrol_cast).body.ags
    page, (budget, total) = plain_page, TOTALS[example]
    money.sign_in(page, OFFICER)
    money.enact(page, budget)
    money.send_indicators(page, money.filled_template(page))
    money.take_over(page)
    money.begin_scenario(page, total)
    before = money.new_amount(page, own).inner_text()
    weights(page).first.fill("0,5")
    page.get_by_role("button", name="Berechnen").first.click()
    expect(page.get_by_text("So ist es noch nicht gespeichert.")).to_be_visible()
    expect(weights(page).first).to_have_value("0,5")
    tried = money.new_amount(page, own).inner_text()
    assert tried != before
    page.get_by_role("button", name="Speichern").click()
    expect(money.new_amount(page, own)).to_have_text(tried)
    money.put_forward(page, example.programme)
    money.sign_in(page, HEAD)
    money.decide_scenario(page, example.programme)
    money.sign_in(page, COORDINATOR)
    page.goto("/arbeit/zuweisungen")
    expect(page.get_by_role("row").last).to_contain_text(tried.replace("\xa0", " "))
