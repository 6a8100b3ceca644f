"""The whole first job in a browser, from the upload to the published PDF."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests import worlds
from tests.browser.steps import (
    LAHN_DILL,
    WETTERAU,
    doubts,
    heading,
    here,
    sign_in,
    sign_out,
    upload,
)
from tests.journeys.programmes import WALKED, Example
from tests.typesetting.validation import pdf_faults
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.config import world
from zielwerk.config.cast import BEGAN
from zielwerk.core.models import AuditEntry
from zielwerk.documents.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]


def publish_by_two(page: Page) -> None:
    """One person puts the agreement before her forward, another publishes it."""
    page.get_by_role("link", name="Zur Veröffentlichung vorlegen").click()
    page.get_by_role("button", name="Zur Veröffentlichung vorlegen").click()
    proposed = page.url
    sign_out(page)
    sign_in(page, "Mara Lindner")
    page.goto(proposed)
    page.get_by_role("link", name="Veröffentlichen", exact=True).click()
    page.get_by_role("button", name="Veröffentlichen").click()


def test_from_upload_to_the_published_pdf(
    page: Page, assert_accessible: Check, accessibility_tree: Callable[..., str]
) -> None:
    worlds.put(world.enrol_cast)
    sign_in(page, "Mara Lindner")
    upload(page, WETTERAU)
    expect(heading(page)).to_have_text("Prüfung: Wetteraukreis 2024")
    assert_accessible(page)
    tree = accessibility_tree(page, "main")
    for named in (
        'heading "Kopf" [level=2]',
        'group "Text, wie er kam"',
        'group "Betrag"',
        'group "Gebietskörperschaft"',
    ):
        assert named in tree

    number = doubts(page).count()
    settled = page.get_by_role("status").filter(has_text="Zweifel geklärt")
    expect(settled).to_have_text(f"Zweifel geklärt: 0 von {number}")
    for expected in range(1, number + 1):  # F8 walks from doubt to doubt, in order
        page.keyboard.press("F8")
        expect(here(page)).to_have_text(f"Zweifel {expected} von {number}")
    page.keyboard.press("Shift+F8")
    expect(here(page)).to_have_text(f"Zweifel {number - 1} von {number}")
    page.get_by_role("link", name="Zum ersten offenen Zweifel").click()
    expect(page).to_have_url(re.compile("#zweifel-1$"))

    # Accepting too early keeps the work and says what is missing.
    page.get_by_label("Titel").first.fill("Anlauf nehmen! - Werkstatt")
    page.get_by_role("button", name="Prüfung abschließen und annehmen").click()
    expect(page.get_by_text("Es sind noch unsichere Stellen zu prüfen.")).to_be_visible()
    expect(page.get_by_label("Titel").first).to_have_value("Anlauf nehmen! - Werkstatt")
    for group in doubts(page).all():
        group.get_by_label("Am Original geprüft").check()
    # The title was shortened; § 5 has the whole of it, and is left as it was signed.
    for choice in page.get_by_role("radio", name="so lassen").all():
        choice.check()
    page.get_by_role("button", name="Prüfung abschließen und annehmen").click()
    expect(heading(page)).to_contain_text("Wetteraukreis 2024")
    todo = page.get_by_role("region", name="Was jetzt zu tun ist")
    expect(todo).to_contain_text("Am Zug: Programmsteuerung")  # her role does not confirm
    expect(todo.get_by_text("Bestätigen und erfassen")).to_have_count(0)
    expect(todo.get_by_role("link", name="Annahme zurücknehmen")).to_be_visible()
    assert_accessible(page)

    sign_out(page)
    sign_in(page, "Jonas Acker")
    page.get_by_role("link", name="angenommene Erfassung wartet auf Bestätigung").click()
    page.get_by_role("link", name=re.compile("ERF-2024-0001")).click()
    page.get_by_role("link", name="Bestätigen und erfassen").click()
    page.get_by_role("button", name="Bestätigen und erfassen").click()
    page.get_by_role("link", name="Zu dem, was erfasst ist").click()
    money = page.get_by_role("region", name="Wo ist jeder Euro?")
    expect(money.get_by_role("row", name=re.compile("^vereinbart"))).to_contain_text("1.140.300")
    assert_accessible(page)
    publish_by_two(page)
    page.get_by_role("link", name="Veröffentlichte Seite ansehen").click()
    assert_accessible(page)

    sign_out(page)
    page.goto("/zielvereinbarungen")
    page.get_by_label("Suche").fill("werkstatt wetterau")
    page.get_by_role("button", name="Anwenden").click()
    page.get_by_role("link", name="Wetteraukreis").click()
    expect(heading(page)).to_contain_text("Wetteraukreis")
    expect(page.get_by_text("Anlauf nehmen! - Werkstatt").first).to_be_visible()
    expect(page.get_by_text("maßgeblich ist das unterzeichnete Original").first).to_be_visible()
    # Nobody changed a word of the clauses: what was recognised is published as it is.
    expect(page.get_by_text("[im erfassten Text:")).to_have_count(0)
    address = page.get_by_role("link", name=re.compile("vereinbarung.*PDF")).get_attribute("href")
    assert address
    pdf = page.request.get(address)
    assert pdf_faults(pdf.body()) == []
    for kind in ("JSON", "CSV"):
        href = page.get_by_role("link", name=f"Dieselben Angaben als {kind}").get_attribute("href")
        assert href
        assert page.request.get(href).ok


@pytest.mark.parametrize("example", WALKED, ids=str)
def test_the_same_job_without_scripts_in_every_programme(
    plain_page: Page, settings: Settings, example: Example
) -> None:
    settings.PROGRAMME = example.programme
    worlds.put(world.enrol_cast)
    page = plain_page
    sign_in(page, "Mara Lindner")
    upload(page, example.file)
    for group in doubts(page).all():
        group.get_by_label("Am Original geprüft").check()
    page.get_by_role("button", name="Prüfung abschließen und annehmen").click()
    sign_out(page)
    sign_in(page, "Jonas Acker")
    page.goto(f"/arbeit/erfassungen/{Intake.objects.get().pk}")
    page.get_by_role("link", name="Bestätigen und erfassen").click()
    page.get_by_role("button", name="Bestätigen und erfassen").click()
    page.get_by_role("link", name="Zu dem, was erfasst ist").click()
    publish_by_two(page)
    page.goto(example.page)
    expect(heading(page)).to_contain_text(f"{example.document} {example.year}: {example.body}")
    expect(page.get_by_text(example.amount).first).to_be_visible()


def test_a_second_text_is_compared_kept_and_recognised(
    page: Page, assert_accessible: Check
) -> None:
    cast = worlds.put(world.enrol_cast)
    terms = next(one for one in world.invented() if one.ags == "06532")
    world.record_and_publish(cast, terms, True, BEGAN)
    sign_in(page, "Mara Lindner")
    upload(page, LAHN_DILL)
    expect(heading(page)).to_have_text("Vergleich: Lahn-Dill-Kreis 2024")
    expect(page.get_by_role("heading", level=2, name="Unterschiede").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Als Quelle aufbewahren").click()
    expect(page.get_by_text("als Quelle aufbewahrt").first).to_be_visible()
    assert Agreement.objects.get().amount_cents == terms.amount_cents
    upload(page, LAHN_DILL)
    expect(heading(page)).to_have_text("Diese Datei ist schon bekannt")
    assert_accessible(page)


ONE = WETTERAU.read_bytes()
BAD = {
    "leer.txt": (b"", "Datei ist leer"),
    "scan.pdf": (b"%PDF-1.7 " + bytes(200), "kein Text, sondern eine Datei der Art PDF"),
    "brief.txt": (b"Guten Tag, anbei die Rechnung.\n" * 9, "kein Schriftstück dieses Programms"),
    "zwei.txt": (ONE + b"\n\n" + LAHN_DILL.read_bytes(), "mehr als ein Schriftstück"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_at_its_field_and_in_the_summary(
    page: Page, assert_accessible: Check, name: str
) -> None:
    """A clear sentence in both places, the focus on the summary, and nothing stored."""
    content, sentence = BAD[name]
    worlds.put(world.enrol_cast)
    before = AuditEntry.objects.count()
    sign_in(page, "Mara Lindner")
    page.goto("/arbeit/erfassungen/neu")
    file = page.get_by_label("Textdatei")
    file.set_input_files({"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_role("button", name="Einlesen").click()
    expect(page).to_have_title(re.compile("^Fehler:"))
    summary = page.get_by_role("alert", name="Bitte prüfen Sie Ihre Angaben")
    expect(summary).to_be_focused()
    expect(file).to_have_accessible_description(re.compile(sentence))
    assert_accessible(page)
    summary.get_by_role("link", name=re.compile(sentence)).click()
    expect(file).to_be_focused()
    assert not Intake.objects.exists()
    assert not StoredFile.objects.exists()
    assert AuditEntry.objects.count() == before
