"""What a page or a file shows: its tables, its facts and its lines, each under what heading."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from io import StringIO

from tests.written import cents

AMOUNT = {  # in sentences for people, and in files
    "de": r"[+\u2212]?[0-9][0-9.]*(?:,[0-9]{2})?\u00a0€",
    "en": r"[+\u2212]?€[0-9][0-9,]*(?:\.[0-9]{2})?",
    "csv": r"-?[0-9]+,[0-9]{2}",
}
_HEADINGS = ("h1", "h2", "h3")
_LINES = ("p", "li", "label", "td", "dd")


@dataclass
class Cell:
    """A cell: its text, and where its links lead."""

    text: str = ""
    links: list[str] = field(default_factory=list)
    is_amount: bool = False


@dataclass
class Grid:
    """A table: the heading above it, its own headings, the rows of its body."""

    above: str
    headings: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A fact with its term, or a line of text without one, and the heading above it."""

    above: str
    term: str
    text: str


class Page(HTMLParser):
    """Reads a page as people do: what stands under which heading."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self.lines: list[Line] = []
        self._above = self._term = self._part = ""
        self._open: list[tuple[str, Cell]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.grids.append(Grid(self._above))
        elif tag in ("thead", "tbody", "tfoot"):
            self._part = tag
        elif tag == "tr" and self._part == "tbody":
            self.grids[-1].rows.append([])
        elif tag == "a":
            for _, cell in self._open:
                cell.links.append(given.get("href") or "")
        if tag in (*_HEADINGS, *_LINES, "th", "dt"):
            self._open.append((tag, Cell(is_amount="amount" in (given.get("class") or ""))))
        elif tag == "br":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for _, cell in self._open:
            cell.text += data.replace("\N{SOFT HYPHEN}", "")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            return
        _, cell = self._open.pop()
        cell.text = re.sub(r"[ \n]+", " ", cell.text).strip()
        if tag in _HEADINGS:
            self._above = cell.text
        elif tag == "dt":
            self._term = cell.text
        elif tag in ("th", "td") and self._part == "thead":
            self.grids[-1].headings.append(cell)
        elif tag in ("th", "td") and self._part == "tbody":
            self.grids[-1].rows[-1].append(cell)
        if tag in _LINES:
            self.lines.append(Line(self._above, self._term if tag == "dd" else "", cell.text))


def file(content: bytes) -> Grid:
    """A list that was taken away as CSV."""
    headings, *rows = csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";")
    return Grid("", [Cell(one) for one in headings], [[Cell(one) for one in row] for row in rows])


def amounts(text: str, kind: str) -> list[int]:
    """All amounts in a text, in cents, each read by its own kind of writing."""
    return [cents(found) for found in re.findall(AMOUNT[kind], text)]


def first_amount(text: str, kind: str) -> int | None:
    """The amount with which a text begins."""
    found = re.match(AMOUNT[kind], text)
    return cents(found[0]) if found else None


def is_amount(text: str, kind: str) -> bool:
    return re.fullmatch(AMOUNT[kind], text) is not None


def after(words: Iterable[str], text: str, kind: str) -> Iterator[tuple[str, int]]:
    """Each of these words that stands right before an amount."""
    if not re.search(AMOUNT[kind], text):
        return
    for word, amount in before_amounts(tuple(words), kind).findall(text):
        yield word, cents(amount)


@cache
def before_amounts(words: tuple[str, ...], kind: str) -> re.Pattern[str]:
    some = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b({some}):? ({AMOUNT[kind]})", re.IGNORECASE)


def named(text: str, kind: str) -> list[tuple[int, str]]:
    """Amounts that each name their kind of money; nothing where there is only one amount.

    >>> named("1,00\u00a0€ Barmittel 2025 2,00\u00a0€ Rest", "de")
    [(100, 'Barmittel 2025'), (200, 'Rest')]
    """
    found = re.findall(rf"({AMOUNT[kind]}) ([^\W\d][^€]*?)(?= {AMOUNT[kind]}|$)", text)
    is_whole = len(found) == len(amounts(text, kind))
    return [(cents(amount), name) for amount, name in found] if is_whole else []
