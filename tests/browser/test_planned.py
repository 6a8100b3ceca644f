"""A coordinator's spring, in a browser: last year taken over, a table pasted, one ready."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in
from zielwerk.config import world, world_plans
from zielwerk.measures.models import PlannedMeasure

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
COORDINATOR, YEAR = "Deniz Kaya", 2026
LIST = f"/arbeit/geplante-massnahmen?jahr={YEAR}"
HEAD = ("Titel", "Maßnahmeart", "Plätze", "Kostenart", "Finanzierungsquelle", "Haushaltsjahr")
KIND = "Qualifizierungsprojekte zur Arbeitsmarktintegration, Fachkräftesicherung"


@pytest.fixture
def last_year(page: Page) -> None:
    cast = worlds.put(world.enrol_cast)
    world_plans.begin_all(cast.body, settings.PROGRAMME, YEAR - 1, cast.body.ags)


@pytest.mark.usefixtures("last_year")
def test_plan_take_over_paste_and_be_ready(page: Page, assert_accessible: Check) -> None:
    sign_in(page, COORDINATOR)
    take_over(page, assert_accessible)
    paste(page, assert_accessible)
    plan_one(page, assert_accessible)
    be_ready(page, assert_accessible)


def take_over(page: Page, assert_accessible: Check) -> None:
    page.goto(LIST)
    page.get_by_role("link", name="Aus dem Vorjahr übernehmen").click()
    assert_accessible(page)
    page.get_by_role("button", name="Gewählte übernehmen").click()
    expect(
        page.get_by_text("übergreifende Ziele: 2, darin zu prüfende Angaben: 6.")
    ).to_be_visible()
    page.goto("/arbeit/")
    page.get_by_role("link", name="5 übernommene Angaben zu prüfen").click()
    expect(heading(page)).to_have_text("Geplante Maßnahmen")
    assert_accessible(page)


def paste(page: Page, assert_accessible: Check) -> None:
    page.goto(LIST)
    page.get_by_role("link", name="Tabelle einfügen").click()
    area = page.get_by_label("Tabelle")
    lines = ["\t".join((*HEAD, "Betrag"))]
    row = ("Kurs A", KIND, "12", "Sachkosten", "Mittel Dritter", "2026", "1.000,00")
    area.fill("\n".join([*lines, "\t".join(("Kurs A", "Lotterie", *row[2:]))]))
    page.get_by_role("button", name="Prüfen", exact=True).click()
    expect(page.get_by_role("cell", name="Lotterie", exact=True)).to_be_visible()
    assert_accessible(page)
    area.fill("\n".join([*lines, "\t".join(row)]))
    page.get_by_role("button", name="Prüfen", exact=True).click()
    assert_accessible(page)
    page.get_by_role("button", name="Alle übernehmen").click()
    expect(page.get_by_role("link", name="Kurs A")).to_be_visible()


def plan_one(page: Page, assert_accessible: Check) -> None:
    """By keys alone: to the field of the title, typed, and sent by Enter."""
    page.goto(LIST)
    page.get_by_role("link", name="Maßnahme planen").click()
    assert_accessible(page)
    page.get_by_role("textbox", name=re.compile("^Titel")).focus()
    page.keyboard.type("Abendkurs")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Abendkurs")
    expect(page.get_by_text("Die geplanten Kosten fehlen.")).to_be_visible()
    page.get_by_role("link", name="Ziel setzen").click()
    assert_accessible(page)
    page.get_by_role("radio", name="Ziel in Worten").check()
    page.get_by_role("textbox", name=re.compile("^Ziel in Worten")).fill("Abends ist offen.")
    page.get_by_role("button", name="Ziel sichern").click()
    expect(page.get_by_text("Abends ist offen.")).to_be_visible()
    assert_accessible(page)


def be_ready(page: Page, assert_accessible: Check) -> None:
    measure = PlannedMeasure.objects.get(year=YEAR, title=world_plans.TITLES[0])
    page.goto(f"/arbeit/geplante-massnahmen/{measure.pk}")
    for name in ("Kosten geprüft", "Ziele geprüft"):
        page.get_by_role("button", name=name).click()
    page.get_by_role("link", name="Angaben ändern").click()
    assert_accessible(page)
    page.get_by_role("spinbutton", name=re.compile("^Plätze")).fill("14")
    page.get_by_role("button", name="Zwischenstand sichern").click()
    page.get_by_role("link", name="Was sich geändert hat").click()
    expect(page.get_by_role("row", name="Plätze").get_by_role("cell", name="14")).to_be_visible()
    assert_accessible(page)
    page.goto(f"/arbeit/geplante-massnahmen/{measure.pk}")
    page.get_by_role("button", name="Fertig planen").click()
    expect(page.get_by_text("fertig geplant", exact=True)).to_be_visible()
    assert_accessible(page)
