"""A text that stands is signed and concluded in the browser, each page read by its rules."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in
from tests.rooms.conclusion import electronic, made, paper
from tests.scans.cast import put_together
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.rulebook.signatures import places_of

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
Check = Callable[[Page], None]
LIST = "/arbeit/abschluesse"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def read(page: Page, assert_accessible: Check) -> None:
    expect(heading(page)).to_have_count(1)
    assert_accessible(page)


def test_a_text_is_signed_by_both_sides_and_concluded(page: Page, assert_accessible: Check) -> None:
    desk = worlds.put(made.desk)
    draft = f"/arbeit/entwuerfe/{desk.table.draft.pk}"
    sign_in(page, desk.first.name)
    page.goto(draft)
    page.get_by_role("link", name="Abschluss beginnen", exact=True).click()
    read(page, assert_accessible)
    press(page, "Abschluss beginnen")
    expect(page.get_by_text("Begonnen:")).to_be_visible()
    case = desk.now()
    at = f"{LIST}/{case.pk}"
    for address in (LIST, at, f"{at}/exemplar", f"{at}/beschluss"):
        page.goto(address)
        read(page, assert_accessible)

    names = iter(made.NAMES)
    for place in places_of(case.sides).values():
        page.context.clear_cookies()
        signing = desk.body if place.side == "body" else desk.first
        sign_in(page, signing.name)
        page.goto(at)
        page.locator(f'a[href$="stelle={place.id}"]').click()
        read(page, assert_accessible)
        page.get_by_label("Wer hat unterschrieben?").fill(next(names))
        page.get_by_label("Amt").fill(place.office)
        page.get_by_label("Unterschrieben am").fill("6.2.2026")
        press(page, "Eintragen")
        expect(page.get_by_text("Eingetragen: Unterschrift von")).to_be_visible()
    read(page, assert_accessible)
    page.goto(f"/arbeit/unterschriften/{case.ags}")
    read(page, assert_accessible)
    page.goto(at)
    page.get_by_role("link", name="streichen").first.click()
    read(page, assert_accessible)

    page.context.clear_cookies()
    sign_in(page, desk.first.name)
    page.goto(at)
    press(page, "Unterschriften prüfen")
    expect(page.get_by_text("Eine zweite Person schließt ab.")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, desk.second.name)
    page.goto(at)
    page.get_by_role("link", name="Vereinbarung schließen", exact=True).first.click()
    expect(page.get_by_text("zugewiesen, noch nicht zugesagt")).to_be_visible()
    read(page, assert_accessible)
    press(page, "Vereinbarung schließen")
    expect(page.get_by_text("Abgeschlossen:")).to_be_visible()
    read(page, assert_accessible)
    case = desk.now()
    assert case.state == ConclusionState.CONCLUDED
    assert case.agreement
    page.get_by_role("link", name=case.agreement.file_number).first.click()
    expect(page.get_by_text("hier geschlossen", exact=True).first).to_be_visible()
    read(page, assert_accessible)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    electronic.trust(tmp_path / "stellen", monkeypatch)


@pytest.mark.usefixtures("trusted")
def test_a_file_is_brought_judged_and_kept_and_checked_by_everybody(
    page: Page, assert_accessible: Check
) -> None:
    desk = worlds.put(made.desk)
    case = electronic.begun(desk)
    content = electronic.signed(case, electronic.places(case)[0], electronic.key("Erika Beispiel"))
    file: FilePayload = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": content}
    at = f"{LIST}/{case.pk}"
    sign_in(page, desk.first.name)
    page.goto(f"{at}/exemplar")
    read(page, assert_accessible)
    page.get_by_label("Unterschriebenes Exemplar (PDF)").set_input_files(file)
    press(page, "Prüfen")
    expect(page.get_by_text("Gültig: Jede Unterschrift")).to_be_visible()
    read(page, assert_accessible)
    press(page, "Ablegen")
    expect(page.get_by_text("unterschrieben von Erika Beispiel")).to_be_visible()
    read(page, assert_accessible)

    page.context.clear_cookies()
    page.goto("/pruefen")
    read(page, assert_accessible)
    page.get_by_label("PDF-Datei").set_input_files(file)
    press(page, "Prüfen")
    expect(page.get_by_text("Gültig: Jede Unterschrift")).to_be_visible()
    read(page, assert_accessible)


def test_a_scan_is_compared_and_kept_with_the_keyboard_alone(
    page: Page, assert_accessible: Check
) -> None:
    desk = worlds.put(made.desk)
    case = paper.begun(desk)
    content = put_together((paper.printed(case), 1))
    file: FilePayload = {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": content}
    at = f"{LIST}/{case.pk}"
    sign_in(page, desk.body.name)
    page.goto(at)
    page.get_by_role("link", name="Scan vergleichen und ablegen").focus()
    page.keyboard.press("Enter")
    read(page, assert_accessible)
    chosen = page.get_by_label("Scan des unterschriebenen Exemplars")
    chosen.set_input_files(file)
    page.get_by_role("button", name="Vergleichen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("In der Datei fehlt:")).to_be_visible()
    read(page, assert_accessible)
    chosen.set_input_files(file)
    page.get_by_label("Warum soll es so abgelegt werden?").focus()
    page.keyboard.type("Nur die erste Seite")
    page.get_by_role("button", name="Ablegen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Abgelegt: scan.pdf")).to_be_visible()
    expect(page.get_by_text("Nur die erste Seite")).to_be_visible()
    read(page, assert_accessible)
