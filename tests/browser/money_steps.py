"""What people do with the state's money, page by page."""

import csv
import io
import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import heading, sign_out
from tests.browser.steps import sign_in as begin_session
from tests.rooms import money as stage
from zielwerk.packs import loading as packs

YEAR = stage.YEAR
DONE = "Verbucht"


def sign_in(page: Page, name: str) -> None:
    """One person leaves, if there is one, and another comes."""
    if page.get_by_role("button", name="Abmelden").count():
        sign_out(page)
    begin_session(page, name)


def fill(page: Page, values: Mapping[str, str]) -> None:
    """Type or choose by the words at the fields."""
    for label, value in values.items():
        field = page.get_by_label(re.compile(f"^{re.escape(label)}( |$|\\n)"))
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def budget_entry(page: Page, verb: str, amount: str) -> None:
    """As far as the page that says what would be booked."""
    page.goto(f"/arbeit/haushalt?jahr={YEAR}")
    page.get_by_text("Etwas verbuchen").click()
    page.get_by_role("link", name=verb).click()
    lines = page.locator("#id_line option")
    known = [text for text in lines.all_inner_texts() if text.startswith("0806 684 71,")]
    if known:
        page.locator("#id_line").select_option(label=known[0])
    elif not page.locator("#id_budget_line").count():
        page.locator("#id_line").select_option(index=1)
    else:
        page.locator("#id_line").select_option("new")
        fill(page, {"Neue Haushaltsstelle": "0806 684 71"})
        page.locator("#id_source").select_option(index=1)
    values = {
        "Haushaltsjahr": str(YEAR),
        "Betrag": amount,
        "Wertstellung": f"01.01.{YEAR}",
        "Grundlage": "Haushaltsgesetz",
    }
    fill(page, values)
    page.get_by_role("button", name="Weiter zur Bestätigung").click()
    expect(page.get_by_text("Noch ist nichts gebucht.")).to_be_visible()


def enact(page: Page, amount: str) -> None:
    """The budget comes into force, after one more look."""
    budget_entry(page, "Haushalt in Kraft setzen", amount)
    expect(page.get_by_role("row", name=re.compile("Ermächtigung")).first).to_contain_text(amount)
    page.get_by_role("button", name="Verbuchen").click()
    expect(page.locator(".zw-said").filter(has_text=DONE)).to_be_visible()


def filled_template(page: Page) -> list[list[str]]:
    """The table of indicators that the site offers, with a value for every body."""
    address = f"/arbeit/einlesen/neu/kennzahlen/vorlage?jahr={YEAR}&export=csv"
    text = page.request.get(address).body().decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    known = sum(map(bool, rows[0]))
    for place, row in enumerate(rows, 1):
        for column in range(known, len(head)):  # the needs are not spread alike
            row[column] = str(1_000 + place * 37 * column**2 % 901)
    return [head, *rows]


def send_indicators(page: Page, table: list[list[str]]) -> None:
    """Send a table as far as its preview."""
    page.goto("/arbeit/einlesen")
    page.get_by_role("link", name="Kennzahlen", exact=True).click()
    fill(page, {"Programmjahr": str(YEAR), "Quelle der Werte": "Statistik (Test)"})
    fill(page, {"Stichtag": f"30.06.{YEAR - 1}"})
    content = "\r\n".join(";".join(row) for row in table).encode()
    file = {"name": "kennzahlen.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Tabelle", exact=True).set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Senden und prüfen").click()
    expect(heading(page)).to_contain_text("Vorschau")


def take_over(page: Page) -> None:
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("Die Tabelle ist vollständig übernommen.")).to_be_visible()


def begin_scenario(page: Page, total: str) -> None:
    page.goto("/arbeit/verteilung")
    page.get_by_role("link", name="Neues Szenario", exact=True).click()
    fill(page, {"Programmjahr": str(YEAR)})
    page.get_by_role("button", name="Weiter").click()
    fill(page, {"Name des Szenarios": "Grundfall", "Ausgangssumme": total})
    page.get_by_role("button", name="Szenario beginnen").click()
    expect(heading(page)).to_have_text("Grundfall")


def row_of(page: Page, ags: str) -> Locator:
    """The row of a body in the table of amounts."""
    return page.locator(f"#zeile-{ags}")


def new_amount(page: Page, ags: str) -> Locator:
    return row_of(page, ags).locator("strong").first


def put_forward(page: Page, programme: str) -> None:
    """To the decision, by way of every hearing that the programme wants."""
    first, *hearings, last = packs.load(programme, packs.years(programme)[0]).procedure(
        "allocation"
    )
    page.get_by_role("button", name=first.label, exact=True).click()
    for hearing in hearings:
        page.get_by_role("link", name=hearing.label, exact=True).click()
        fill(page, {hearing.notes: "Keine Einwände"})
        page.get_by_role("button", name=hearing.label, exact=True).click()
    todo = page.get_by_role("region", name="Was jetzt zu tun ist")
    expect(todo).to_contain_text("vorgelegtes Verteilszenario ist zu entscheiden")
    expect(todo.get_by_text(last.label, exact=True)).to_have_count(0)  # her role does not decide
    expect(todo.get_by_role("link", name="Vorlage zurücknehmen")).to_be_visible()


def decide_scenario(page: Page, programme: str) -> None:
    stages = packs.load(programme, packs.years(programme)[0]).procedure("allocation")
    page.goto("/arbeit/verteilung")
    page.get_by_role("link", name="Grundfall", exact=True).click()
    page.get_by_role("link", name=stages[-1].label, exact=True).click()
    page.get_by_role("button", name=stages[-1].label, exact=True).click()
    expect(page.get_by_role("heading", name="Was entschieden wurde")).to_be_visible()


def declare(page: Page, values: Mapping[str, str]) -> str:
    """Declare a move in the form that is open; its file number."""
    fill(page, values)
    page.get_by_role("button", name="Erklären", exact=True).click()
    found = re.search(r"M[AV]-\d{4}-\d{4}", heading(page).inner_text())
    assert found, heading(page).inner_text()
    return found[0]


def decide_move(page: Page, number: str) -> None:
    page.goto("/arbeit/mittelaenderungen")
    page.get_by_role("link", name=number).click()
    page.get_by_role("link", name="Entscheiden und buchen").click()
    page.get_by_role("button", name="Entscheiden und buchen").click()
    expect(page.locator(".kern-badge").filter(has_text="entschieden")).to_be_visible()
