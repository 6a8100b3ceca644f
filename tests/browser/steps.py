"""What the journeys do again and again."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.programmes import EXAMPLES, HESSE

WETTERAU = HESSE.file
LAHN_DILL = EXAMPLES / "zielvereinbarung-2024-lahn-dill-kreis.txt"


def sign_in(page: Page, name: str) -> None:
    """As a demo person, by the button with her name."""
    page.goto("/anmelden")
    page.get_by_role("button", name=re.compile(name)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mein Arbeitsplatz")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Abmelden").click()


def upload(page: Page, file: Path) -> None:
    page.goto("/arbeit/erfassungen")
    page.get_by_role("link", name="Text einlesen").click()
    page.get_by_label("Textdatei").set_input_files(file)
    page.get_by_role("button", name="Einlesen").click()


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def doubts(page: Page) -> Locator:
    """The groups with a doubt."""
    return page.locator("fieldset.zw-value--doubt")


def here(page: Page) -> Locator:
    """Which doubt the focus is at."""
    return page.locator("fieldset:focus-within .zw-value__doubt")
