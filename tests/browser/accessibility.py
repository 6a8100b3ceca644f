"""What every page must be: free of axe's complaints, wide enough, quiet, and at home.

Axe finds only what a machine can find. Pages therefore also assert their accessibility tree:
names, roles and order, as a screen reader is told them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from playwright.sync_api import ConsoleMessage, Page, Request

AXE = Path(__file__).parent / "axe"
SCRIPT = (AXE / "axe.min.js").read_text()
GERMAN = (AXE / "de.json").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
Rules = dict[str, object]
EVERYTHING: Rules = {"type": "tag", "values": TAGS}
COLOURS: Rules = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")


ABORTED = ("htmx:afterRequest", "htmx:sendAbort")
"""Said where a page asks anew before the answer came, as it is to; a failure is named besides."""


class Watch:
    """What went wrong in a page behind its reader's back: errors, refused or foreign content."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.faults: list[str] = []
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self.request)

    def console(self, message: ConsoleMessage) -> None:
        # A page that answers 403, 404 or 409 is told as an error; it is the page asked for.
        own_status = message.location.get("url") == self.page.url
        was_aborted = message.text.startswith(ABORTED)
        if message.type in ("error", "warning") and not own_status and not was_aborted:
            self.faults.append(f"{message.type}: {message.text}")

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:")):
            self.faults.append(f"leaves the host: {request.url}")


def assert_accessible(page: Page, *, is_long: bool = False) -> None:
    """No violation, light and dark, at 320 and 1280 pixels; nothing to scroll sideways.

    Light and dark differ in colours alone (``test_pages.py`` looks after it): what axe says of
    anything else it says of the first of them. In short a page is light at one width and dark
    at the other, by turns of addresses; ``--exhaustive`` looks at all four.
    """
    before = page.viewport_size
    problems = []
    for look, scheme in looks(page, is_long=is_long):
        problems += too_wide(page, look)
        problems += violated(page, look, EVERYTHING if scheme == SCHEMES[0] else COLOURS)
    page.emulate_media(color_scheme=None)
    if before:
        page.set_viewport_size(before)
    assert not problems, "\n".join([page.url, *problems])


def looks(page: Page, *, is_long: bool) -> Iterator[tuple[str, str]]:
    """Turn the page to its looks; their names and schemes of colours."""
    turn = crc32(urlsplit(page.url).path.encode()) % len(WIDTHS)
    for number, width in enumerate(WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES if is_long else [SCHEMES[number ^ turn]]:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            yield f"{width} px, {scheme}", scheme


def too_wide(page: Page, look: str) -> Iterator[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        yield f"{look}: {wide} px too wide: {page.evaluate(WIDEST)}"


def violated(page: Page, look: str, rules: Rules = EVERYTHING) -> Iterator[str]:
    for violation in violations(page, rules):
        for node in violation["nodes"]:
            place = " ".join(map(str, node["target"]))
            yield f"{look}: {violation['id']} at {place}: {node['failureSummary']}"


WIDEST = """[...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(-3).map(e => e.outerHTML.slice(0, 120)).join(' | ')"""


def violations(page: Page, rules: Rules) -> list[dict[str, Any]]:
    """Axe's complaints about the page as it stands.

    To name the places of all elements costs as much as some rules: where there is something to
    complain about, it is asked again.
    """
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(SCRIPT)
        page.evaluate(f"axe.configure({{locale: {GERMAN}}})")
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate(
        """async (options) => {
          const quick = await axe.run(document, {...options, selectors: false})
          return quick.violations.length ? (await axe.run(document, options)).violations : []
        }""",
        options,
    )
    return found


def accessibility_tree(page: Page, part: str = "body") -> str:
    """Names, roles and order as told to a screen reader, as Playwright writes them."""
    return page.locator(part).aria_snapshot()
