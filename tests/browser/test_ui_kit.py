"""Every piece of the UI kit is accessible, works by keyboard, and without scripts."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from tests.browser import accessibility
from zielwerk.config.settings import STORAGES as PRODUCT_STORAGES
from zielwerk.core.models import Job
from zielwerk.identity.actions import Enrolment, Operator, enrol
from zielwerk.identity.models import User
from zielwerk.ui import layout
from zielwerk.ui.tables import dressed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.kit.urls"),
]
Check = Callable[[Page], None]
Tree = Callable[..., str]
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
PAGES = ["/muster", "/anmelden", "/muster/nein", "/gibt-es-nicht", "/muster/absturz"]
PHONE = {"width": 320, "height": 800}


@pytest.fixture(autouse=True)
def navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    areas = [
        layout.Area(
            "Muster",
            (
                layout.Entry("Musterseite", "kit", "core.look"),
                layout.Entry("Formular", "kit_form", "core.look"),
            ),
        ),
        layout.Area("Aufträge", (layout.Entry("Aufträge", "kit_confirm", "core.watch_job"),)),
    ]
    monkeypatch.setattr("zielwerk.ui.layout.NAVIGATION", areas)


@pytest.fixture
def person(page: Page) -> User:
    """Somebody of the demo, in its database."""
    enrolment = Enrolment(
        "body@example.org",
        "Mira Beispiel",
        "Leitung",
        "body_coordinator",
        "Kreis",
        "06435",
        is_demo=True,
    )
    return enrol(Operator("cli:test"), enrolment, at=AT)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_violation(
    page: Page, person: User, assert_accessible: Check, address: str
) -> None:
    page.goto(address)
    assert_accessible(page)


def test_the_check_finds_what_is_wrong(page: Page) -> None:
    """Planted: a picture without words, pale text, and something too wide for a phone."""
    page.goto("/muster/bestaetigen")
    page.evaluate(
        """document.querySelector('main').insertAdjacentHTML('beforeend',
           '<img src="data:,"><p id="pale">blass</p><pre id="wide">' + 'breit '.repeat(200))
           document.getElementById('pale').style.color = '#ddd'
           document.getElementById('wide').style.whiteSpace = 'pre'"""
    )
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 800})
    found = "\n".join(
        [*accessibility.too_wide(page, "phone"), *accessibility.violated(page, "phone")]
    )
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "px too wide" in found


def test_an_open_dialog_has_no_violation_and_gives_the_focus_back(
    page: Page, assert_accessible: Check
) -> None:
    page.goto("/muster")
    opener = page.get_by_role("link", name="Aufnehmen")
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="Wirklich aufnehmen?")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_first_key_leads_past_the_menu(page: Page) -> None:
    page.goto("/muster")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_focus_walks_in_order_and_is_always_seen(page: Page) -> None:
    page.goto("/muster/formular")
    places = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
               const box = e.getBoundingClientRect();
               return [box.top + scrollY, s.outlineStyle !== 'none' || s.boxShadow !== 'none',
                       Math.min(box.width, box.height), e.tagName] }"""
        )
        if seen[3] == "BODY":
            break
        places.append(seen)
    assert len(places) > 15
    assert all(marked for _, marked, _, _ in places)
    in_main = [top for top, _, _, tag in places if tag in ("INPUT", "SELECT", "TEXTAREA")]
    assert in_main == sorted(in_main)


def test_every_target_is_large_enough(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/muster")
    small = page.evaluate(
        """[...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
           .filter(e => e.checkVisibility() && !e.closest('p, td, th'))
           .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 80)])
           .filter(([b]) => b.width < 24 || b.height < 24).map(([, html]) => html)"""
    )
    assert small == []


def test_an_invalid_form_says_so_everywhere(page: Page, assert_accessible: Check) -> None:
    page.goto("/muster/formular")
    page.get_by_label("Betrag").fill("1,600")
    page.get_by_role("button", name="Speichern").click()
    expect(page).to_have_title("Fehler: Formular – Zielwerk")
    summary = page.get_by_role("alert", name="Bitte prüfen Sie Ihre Angaben")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("^Betrag: „1,600“ lässt sich")).click()
    amount = page.get_by_label("Betrag")
    expect(amount).to_be_focused()
    expect(amount).to_have_accessible_description(
        re.compile("In Euro, zum Beispiel 1.600.100,00 .*zwei Arten lesen", re.DOTALL)
    )
    assert amount.get_attribute("aria-invalid") == "true"
    summary.get_by_role("link", name=re.compile("^Art:")).click()
    expect(page.get_by_label("Ausbildung")).to_be_focused()
    assert_accessible(page)


def test_a_table_stays_a_table_where_it_is_drawn_as_cards(page: Page) -> None:
    page.goto("/muster")
    wide = page.get_by_role("table", name="Zielvereinbarungen").aria_snapshot()
    page.set_viewport_size(PHONE)
    assert page.locator(".zw-table tbody tr").first.evaluate(
        "e => getComputedStyle(e).display"
    ) == ("block")
    narrow = page.get_by_role("table", name="Zielvereinbarungen").aria_snapshot()
    assert narrow == wide
    assert 'columnheader "Gebietskörperschaft"' in wide
    assert 'row "Vereinbarung 1 02.05.2024 fertig' in wide
    assert 'rowheader "Vereinbarung 1"' in wide
    assert 'cell "12.345,67 €"' in wide


def test_the_order_of_a_list_is_told_and_keeps_the_filters(page: Page) -> None:
    page.goto("/muster?q=Kreis&seite=3")
    page.get_by_role("link", name="Budget").click()
    expect(page).to_have_url(re.compile(r"\?q=Kreis&sortierung=cents$"))
    heading = page.get_by_role("columnheader", name="Budget")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    page.get_by_role("navigation", name="Seiten").get_by_role("link", name="Seite 2").click()
    expect(page).to_have_url(re.compile(r"\?q=Kreis&sortierung=-cents&seite=2$"))


def test_what_is_filtered_by_is_seen_and_can_be_taken_away(page: Page) -> None:
    page.goto("/muster?q=Kreis&body=06435")
    page.get_by_role("link", name="Filter entfernen: Gebietskörperschaft: Main-Kinzig").click()
    expect(page).to_have_url(re.compile(r"/muster\?q=Kreis$"))
    page.get_by_role("link", name="Alle Filter entfernen").click()
    expect(page).to_have_url(re.compile(r"/muster$"))


def test_the_frame_names_its_parts(page: Page, accessibility_tree: Tree) -> None:
    page.goto("/muster/formular")
    tree = accessibility_tree(page)
    parts = [
        "Zum Inhalt",
        "banner",
        'navigation "Hauptmenü"',
        'navigation "In diesem Bereich"',
        'navigation "Sie sind hier"',
        "main",
    ]
    places = [tree.index(part) for part in [*parts, 'heading "Angaben prüfen" [level=1]']]
    assert places == sorted(places)
    menu = accessibility_tree(page, "#hauptmenue")
    assert re.findall(r'link "(.*?)"', menu) == ["Muster"]  # not what needs a role
    expect(page.locator("#hauptmenue [aria-current]")).to_have_text("Muster")
    area = page.get_by_role("navigation", name="In diesem Bereich")
    expect(area.get_by_role("link")).to_have_text(["Musterseite", "Formular"])
    expect(area.locator("[aria-current=page]")).to_have_text("Formular")


def test_on_a_phone_the_menu_unfolds(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/muster")
    entry = page.get_by_role("link", name="Muster", exact=True)
    expect(entry).to_be_hidden()
    page.get_by_role("button", name="Menü").click()
    expect(page.get_by_role("button", name="Menü")).to_have_attribute("aria-expanded", "true")
    expect(entry).to_be_visible()


def test_the_chosen_theme_is_kept(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/muster")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_label("dunkel").check()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto("/muster/formular")
    assert page.evaluate(ground) == dark
    page.get_by_label("wie das Gerät").check()
    assert page.evaluate(ground) == light


def test_the_language_is_chosen_and_said(page: Page) -> None:
    page.goto("/muster/formular?a=1")
    assert page.locator("html").get_attribute("lang") == "de"
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile(r"/muster/formular\?a=1$"))
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("button", name="Deutsch").click()
    assert page.locator("html").get_attribute("lang") == "de"


def test_a_running_job_is_followed_to_its_end(
    page: Page, person: User, assert_accessible: Check
) -> None:
    job = Job.objects.create(
        kind="kit", state="running", started_by=person.audit_name, created_at=AT, done=3, total=12
    )
    page.goto(f"/arbeit/auftrag/{job.pk}")
    page.get_by_role("button", name="Mira Beispiel").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_accessible_name(re.compile(r"3 von 12 \(25 %\)"))
    assert_accessible(page)
    Job.objects.filter(pk=job.pk).update(state="done", done=12, outcome={"url": "/muster"})
    expect(page.get_by_role("link", name="Weiter zum Ergebnis")).to_be_visible()
    expect(page.locator("#ansage")).to_have_text("fertig")
    assert_accessible(page)


def test_whoever_is_signed_out_meanwhile_is_led_to_the_sign_in(page: Page, person: User) -> None:
    job = Job.objects.create(
        kind="kit", state="running", started_by=person.audit_name, created_at=AT
    )
    page.goto(f"/arbeit/auftrag/{job.pk}")
    page.get_by_role("button", name="Mira Beispiel").click()
    expect(page.get_by_role("heading", name="Stand des Auftrags")).to_be_visible()
    page.context.clear_cookies()
    expect(page).to_have_url(re.compile(rf"/anmelden\?next=/arbeit/auftrag/{job.pk}$"))


def test_without_scripts_nothing_is_missing(plain_page: Page) -> None:
    page = plain_page
    enrolment = Enrolment("m@example.org", "Mira", "", "ministry_editor", "HMSI", is_demo=True)
    person = enrol(Operator("cli:test"), enrolment, at=AT)
    page.set_viewport_size(PHONE)
    page.goto("/muster")
    expect(page.get_by_role("link", name="Formular", exact=True)).to_be_visible()
    page.get_by_role("link", name="Aufnehmen").click()
    expect(page.get_by_role("heading", name="Wirklich aufnehmen?")).to_be_visible()
    job = Job.objects.create(
        kind="kit", state="queued", started_by=person.audit_name, created_at=AT
    )
    page.goto(f"/arbeit/auftrag/{job.pk}")
    page.get_by_role("button", name="Mira").click()
    Job.objects.filter(pk=job.pk).update(state="failed", message="Die Datei fehlt.")
    page.get_by_role("link", name="Stand aktualisieren").click()
    expect(page.get_by_text("Die Datei fehlt.")).to_be_visible()


def test_a_refusal_says_why_and_leads_back(page: Page) -> None:
    page.goto("/muster")
    page.get_by_role("button", name="Zurückziehen").click()
    expect(page.get_by_role("heading", name="Das geht so nicht")).to_be_visible()
    expect(page.get_by_text("Wer annimmt, bestätigt nicht selbst.")).to_be_visible()
    expect(page.get_by_text("§ 23 Landeshaushaltsordnung")).to_be_visible()
    page.get_by_role("link", name="Zurück", exact=True).click()
    expect(page).to_have_url(re.compile("/muster$"))


def test_wide_spacing_of_text_cuts_nothing_off(page: Page) -> None:
    """WCAG 1.4.12: the reader's own line height and distances."""
    page.set_viewport_size(PHONE)
    page.goto("/muster")
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
           sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
             word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
           document.adoptedStyleSheets = [sheet] }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    cut = page.evaluate(
        """[...document.querySelectorAll('main *')].filter(e => e.checkVisibility()
           && !e.closest('.kern-sr-only, thead')
           && getComputedStyle(e).overflowY !== 'visible' && e.scrollHeight > e.clientHeight + 1
           && !['TEXTAREA', 'SELECT'].includes(e.tagName)).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []


def test_the_static_files_can_be_collected(tmp_path: Path, settings: Any) -> None:
    """The stored names carry a sum of what they hold; a missing font would stop it here."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = PRODUCT_STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    fonts = (tmp_path / names["kern/fonts/fira-sans.css"]).read_text()
    assert names["kern/fonts/FiraSans-Regular.woff2"].rpartition("/")[2] in fonts
    assert (tmp_path / (names["kern/kern.min.css"] + ".gz")).exists()


def test_a_table_knows_its_columns_across_wide_cells() -> None:
    rows = (
        '<thead><tr><th>Ort</th><th class="amount">Geld, „frei“ &amp; <b>gebunden</b></th></tr>'
        '</thead><tbody><tr><th>A</th><td>1</td></tr><tr><td colspan="2">nichts</td></tr></tbody>'
    )
    html = dressed(rows)
    assert '<td class="kern-table__cell amount" role="cell" data-column="Geld, „frei“ &amp;' in html
    assert 'data-column="Ort" colspan="2">nichts' in html
    assert '<th class="kern-table__header" role="rowheader" scope="row">A' in html


def test_a_cell_whose_conditions_leave_nothing_is_empty() -> None:
    """Empty ones are not drawn as a name without a value; white space would make them count."""
    html = dressed("<thead><tr><th>Ort</th></tr></thead><tbody><tr>\n<td>\n \n</td>\n</tr></tbody>")
    assert 'data-column="Ort"></td>' in html


def test_a_redline_tells_without_colour(page: Page) -> None:
    """Struck through and underlined, on the screen and on black and white paper; and said."""
    page.goto("/muster")
    for media in ("screen", "print"):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        for tag, line in (("del", "line-through"), ("ins", "underline")):
            marked = page.locator(f".zw-redline {tag}").first
            expect(marked).to_have_css("text-decoration-line", line)
            if media == "print":
                expect(marked).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    page.emulate_media(media="screen")
    expect(page.locator(".zw-redline del").first).to_have_text("gestrichen: 1.600.100")
    page.get_by_role("link", name="§ 4: statt 1.600.100 Euro nun 1.650.300 Euro").click()
    expect(page.locator(".zw-redline__passage:target")).to_be_in_viewport()
