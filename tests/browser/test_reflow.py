"""Large text and small screens: nothing is cut, nothing lies on something else, keys reach all."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import WETTERAU, sign_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.forms import read_text
from zielwerk.config import world
from zielwerk.config.cast import BEGAN

pytestmark = pytest.mark.django_db(transaction=True)
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
WIDE = {"width": 1280, "height": 1024}
PUBLIC = ("/", "/zielvereinbarungen/2024/06435", "/barrierefreiheit", "/anmelden")
INSIDE = (
    "/arbeit/",
    "/arbeit/jahr",
    "/arbeit/erfassungen",
    "/arbeit/erfassungen/neu",
    "/arbeit/buecher",
    "/arbeit/haushalt",
    "/arbeit/verteilung",
    "/arbeit/mittelaenderungen/verzicht",
    "/arbeit/beteiligte/neu",
    "/arbeit/protokoll",
    "/arbeit/strategien",
    "/arbeit/geplante-massnahmen",
    "/arbeit/entwuerfe",
    "/arbeit/entwuerfe/1",
    "/arbeit/entwuerfe/1/vorschlaege",
    "/arbeit/entwuerfe/1/pruefung",
)
# Text that its own box or the window cuts off; what scrolls in a frame of its own is not cut.
HIDDEN = """
  const hidden = (e) => {
    for (let a = e; a && a !== document.body; a = a.parentElement)
      if (a.matches('.kern-sr-only, [hidden], dialog:not([open]), svg, .zw-skip') ||
          a.getBoundingClientRect().width <= 1) return true;
    return false;
  };
"""
CUT = (
    "() => {"
    + HIDDEN
    + """
  const scrolls = (e) => {
    for (let a = e.parentElement; a && a !== document.body; a = a.parentElement)
      if (/auto|scroll/.test(getComputedStyle(a).overflowX)) return true;
    return false;
  };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || hidden(e)) continue;
    const style = getComputedStyle(e);
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const cuts = /hidden|clip/.test(style.overflowX + style.overflowY);
    if (cuts && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
      found.push('cut: ' + e.outerHTML.slice(0, 90));
    const box = e.getBoundingClientRect();
    if (box.right > innerWidth + 1 && !scrolls(e))
      found.push('outside: ' + e.outerHTML.slice(0, 90));
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(wide + ' px to scroll sideways');
  return found;
}"""
)
# Lines of text that lie on the lines of another element.
OVERLAPS = (
    "() => {"
    + HIDDEN
    + """
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const e = n.parentElement;
    if (!n.textContent.trim() || !e.checkVisibility() || hidden(e) ||
        e.closest('option, textarea')) continue;
    const range = document.createRange();
    range.selectNodeContents(n);
    for (const box of range.getClientRects())
      if (box.width > 2 && box.height > 2) lines.push([e, box]);
  }
  const found = [];
  for (let i = 0; i < lines.length; i++)
    for (let j = i + 1; j < Math.min(lines.length, i + 60); j++) {
      const [e, a] = lines[i], [f, b] = lines[j];
      if (e === f || e.contains(f) || f.contains(e)) continue;
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 3 && height > Math.min(a.height, b.height) / 2)
        found.push(e.textContent.trim().slice(0, 40) + ' | ' + f.textContent.trim().slice(0, 40));
    }
  return found;
}"""
)


@pytest.fixture
def cast() -> world.Cast:
    return worlds.put(world.build)


def problems(page: Page) -> Iterator[str]:
    for size, scale in ((ZOOMED, "100%"), (WIDE, "100%"), (WIDE, "200%")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.evaluate("scale => { document.documentElement.style.fontSize = scale }", scale)
        for problem in [*page.evaluate(CUT), *page.evaluate(OVERLAPS)]:
            yield f"{page.url} at {size['width']} px, text {scale}: {problem}"
    page.evaluate("document.documentElement.style.fontSize = ''")


def test_at_400_percent_and_with_text_twice_as_large_nothing_is_cut_or_overlaps(
    page: Page, cast: world.Cast
) -> None:
    found = []
    for address in PUBLIC:
        page.goto(address)
        found += problems(page)
    read = read_text("text.txt", WETTERAU.read_bytes())
    intake = agreements.begin(cast.officer, read, at=BEGAN)
    sign_in(page, cast.officer.name)
    for address in (*INSIDE, f"/arbeit/erfassungen/{intake.pk}/pruefen"):
        page.goto(address)
        found += problems(page)
    assert not found, "\n".join(found)


def test_the_check_finds_what_is_cut_and_what_overlaps(page: Page) -> None:
    """Planted: a box too small for its text, and a line on another."""
    page.goto("/anmelden")
    page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('beforeend',
            '<p id="small">Viel zu viel Text</p><p id="one">Eins und zwei</p><p id="two">Drei</p>');
          const small = document.getElementById('small').style;
          small.width = '2rem'; small.height = '1rem'; small.overflow = 'hidden';
          document.getElementById('two').style.marginTop = '-1.6em';
          document.getElementById('one').style.margin = '0';
        }"""
    )
    found = "\n".join(problems(page))
    assert "cut: " in found
    assert "Eins und zwei | Drei" in found


def test_on_a_phone_the_menu_is_next_after_its_button_and_escape_closes_it(
    page: Page, cast: world.Cast
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    sign_in(page, cast.officer.name)
    button = page.get_by_role("button", name="Menü")
    menu = page.get_by_role("navigation", name="Hauptmenü")
    button.focus()
    page.keyboard.press("Enter")
    entries = menu.get_by_role("link")
    for number in range(entries.count()):
        page.keyboard.press("Tab")
        expect(entries.nth(number)).to_be_focused()
    page.keyboard.press("Tab")  # the entries of the area come next
    area = page.get_by_role("navigation", name="In diesem Bereich")
    expect(area.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(entries.first).to_be_hidden()
    page.keyboard.press("Tab")
    expect(area.get_by_role("link").first).to_be_focused()


NAMES = r"""main => {
  const named = [...main.querySelectorAll('input:not([type=hidden]), select, textarea')]
    .filter(e => e.checkVisibility() && !['radio', 'checkbox', 'submit'].includes(e.type));
  return named.map(e => [e.labels[0] ? e.labels[0].textContent.replace(/\s+/g, ' ').trim() : '',
    e.closest('fieldset[class*=value], .kern-fieldset') ?
      e.closest('fieldset').querySelector('legend').firstChild.textContent.trim() : '']);
}"""


def test_every_field_has_a_name_of_its_own_that_says_its_group(
    page: Page, cast: world.Cast
) -> None:
    read = read_text("text.txt", WETTERAU.read_bytes())
    intake = agreements.begin(cast.officer, read, at=BEGAN)
    sign_in(page, cast.officer.name)
    pages = [address for address in INSIDE if address.endswith(("neu", "verzicht"))]
    pages += [f"/arbeit/erfassungen/{intake.pk}/pruefen", "/arbeit/haushalt/kuerzen"]
    number = 0
    for address in pages:
        page.goto(address)
        names = page.locator("main").evaluate(NAMES)
        number += len(names)
        labels = [label for label, _ in names]
        assert all(labels), address
        assert len(set(labels)) == len(labels), (address, sorted(labels))
        for label, group in names:
            assert label.startswith(group), (address, label, group)
    assert number > 60
    tree = page.goto(f"/arbeit/erfassungen/{intake.pk}/pruefen") and page.locator("main")
    assert tree
    expect(tree.get_by_role("textbox", name="Maßnahme 1: Titel")).to_be_visible()
