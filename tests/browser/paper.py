"""A page as it is printed, beside what it shows on the screen."""

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2
from playwright.sync_api import Page

# What people read of a page with everything unfolded: one entry for each piece of text.
SHOWN = """() => {
  const left = `nav, button, dialog, .kern-btn, .kern-sr-only, .zw-value--single .kern-label,
    .zw-screen, .zw-actions, .zw-blocked,
    .zw-tabs, .zw-whatif__set, .zw-filters form, .zw-active li:last-child, [hidden], title, desc,
    details:has(.zw-filters) > summary, details:has(nav), details:has(.zw-screen),
    #schritte:not(:has(p)), .zw-more > summary, .zw-keys,
    .zw-flow:has(> h2:first-child + .zw-actions:last-child) > h2`;
  const kept = '.zw-whatif, .zw-review form';
  for (const closed of document.querySelectorAll('details')) closed.open = true;
  const isRead = (element) => {
    const form = element.closest('form');
    return !element.closest(left) && (!form || form.matches(kept)) && element.checkVisibility();
  };
  const pieces = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest('select, textarea') || !isRead(element)) continue;
    pieces.push(walker.currentNode.data);
  }
  for (const field of document.querySelectorAll('main :is(input, select, textarea)')) {
    if (!isRead(field) || ['hidden', 'checkbox', 'radio', 'file'].includes(field.type)) continue;
    pieces.push(field.matches('select') ? field.selectedOptions[0]?.text ?? '' : field.value);
  }
  return pieces;
}"""


def close(text: str) -> str:
    """Text without what a line's end may add to it or take from it."""
    return re.sub(r"[\s\u00ad\u2010\u200b\ufffe\u0002-]+", "", text)


def problems(page: Page, *said: str) -> Iterator[str]:
    """What of a page is not on its paper, or not within it; ``said`` stands on every sheet."""
    shown = [close(piece) for piece in page.evaluate(SHOWN)]
    page.reload()
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as paper:
        sheets = [sheet.get_textpage().get_text_range() for sheet in paper]
        yield from _missing(shown, close("".join(sheets)))
        for number, text in enumerate(sheets, 1):
            for words in (*said, f"{number} / {len(sheets)}"):
                if close(words) not in close(text):
                    yield f"sheet {number} does not say {words}"
        for number, sheet in enumerate(paper, 1):
            yield from (f"sheet {number}: {fault}" for fault in _outside(sheet))


def sheets(page: Page) -> list[str]:
    """The text of each sheet."""
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as paper:
        return [sheet.get_textpage().get_text_range() for sheet in paper]


def _missing(shown: list[str], printed: str) -> Iterator[str]:
    for piece, times in Counter(filter(None, shown)).items():
        # A long piece may go on on the next sheet, with the margin's words in its midst.
        parts = [piece[at : at + 8] for at in range(0, len(piece), 8)]
        goes_on = len(parts) > 2 and sum(part not in printed for part in parts) <= 1
        if printed.count(piece) < times and not goes_on:
            yield f"not printed ({printed.count(piece)} of {times} times): {piece}"


def _outside(sheet: pypdfium2.PdfPage) -> Iterator[str]:
    width, height = sheet.get_size()
    for thing in sheet.get_objects():
        left, bottom, right, top = thing.get_bounds()
        if left < -1 or bottom < -1 or right > width + 1 or top > height + 1:
            yield f"{thing} at {left:.0f}, {bottom:.0f} to {right:.0f}, {top:.0f} is cut off"
