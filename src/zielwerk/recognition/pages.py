"""What repeats on every page of a print and is no part of the agreement: its heads and feet."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from zielwerk.recognition.cleaning import Line

_PAGE_OF = re.compile(
    r"(?:^|[\s|–—-])(?:seite|page|blatt)\s*\d{1,3}\s*(?:von|of|/)\s*\d{1,3}\W*$"
    r"|^\W*(?:seite|page|blatt)\s*\d{1,3}\s*(?:von|of|/)\s*\d{1,3}(?=[\s|–—-])",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\b(?:seite|page|blatt|s\.)\s*\d{1,3}\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:\s*(?:von|of|/)\s*\d{1,3})?(?![\w.,])", re.IGNORECASE)
_PROPER = re.compile(r"[§•▪●*]|^\W*\d|[.:;,]$")  # clauses, items and sentences are never heads
_LONGEST, _SHORTEST = 140, 6
_NEAR = 2  # lines from a page's edge that a head or a foot may have


def without_running_heads(these: Sequence[Line], original: str) -> list[Line]:
    """Leave out heads and feet of pages: lines that come again at the edges of pages.

    A page's edge is a form feed or a line that is a page number. A line that says "Seite 2
    von 6" is a head wherever it stands; one that only says "Seite 2" must come again.
    """
    alike = [_NUMBER.sub("#", line.text.casefold()) for line in these]
    possible = [_possible(line.text) for line in these]
    at_edge = _edges(these, original)
    often = Counter(text for text, maybe in zip(alike, possible, strict=True) if maybe)
    edged = Counter(
        text for text, maybe, edge in zip(alike, possible, at_edge, strict=True) if maybe and edge
    )

    def is_head(i: int) -> bool:
        text = these[i].text
        if these[i].is_page_number or len(text) > _LONGEST:
            return False
        if _PAGE_OF.search(text):
            return True
        if not possible[i]:
            return False
        if _PAGE.search(text) and often[alike[i]] > 1:
            return True
        return at_edge[i] and edged[alike[i]] > 1 and 2 * edged[alike[i]] > often[alike[i]]

    return [line for i, line in enumerate(these) if not is_head(i)]


def _possible(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and _PROPER.search(text) is None


def _edges(these: Sequence[Line], original: str) -> list[bool]:
    """Tell of each line whether it stands at a page's edge."""
    feeds = [match.start() for match in re.finditer("\f", original)]
    pages = [bisect_right(feeds, line.flat.span()[0]) for line in these]
    edges = [False] * len(these)
    for i, line in enumerate(these):
        broken = i > 0 and pages[i] != pages[i - 1]
        if broken or line.is_page_number:
            for at in range(max(0, i - _NEAR), min(len(these), i + _NEAR + 1)):
                edges[at] |= pages[at] == pages[i - 1 if at < i else i]
    return edges
