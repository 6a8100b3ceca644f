"""From a text or from clauses to nodes whose labels name the place as people do."""

import re
from collections.abc import Iterable, Iterator

from zielwerk.rulebook.redline.nodes import Node
from zielwerk.rulebook.redline.words import MONTHS

LONGEST_HEADING = 120
BULLETS = "•●▪◦‣·*"

_BLANK_LINES = re.compile(r"\n[^\S\n\f]*+(?:\n[^\S\n\f]*+)++|\f")  # a page ends a paragraph too
_HEADING = re.compile(
    r"(§|Art\.|Artikel|Ziffer|Nr\.)\s?(\d+[a-z]?)(?:[.:]?\s+[A-ZÄÖÜ„].*)?", re.DOTALL
)
_NAMED_HEADING = re.compile(r"Präambel|Vorbemerkung|Anlage(?: \d+)?")
_ITEM = re.compile(
    rf"[{BULLETS}]|[-–—]\s(?!\d+\s[-–—])|\(?\d{{1,3}}[.)]\s(?!{'|'.join(MONTHS)})|[a-z]\)\s"
)


def paragraph_nodes(text: str) -> list[Node]:
    """The nodes of a plain text: blank lines part them.

    A heading such as "§ 4" or "Präambel" names the section of all that follows; before any, a
    paragraph is called by its number. The id is that number too, and says nothing about another
    version.
    """
    every = (each.strip("\n") for each in _BLANK_LINES.split(text.replace("\r\n", "\n")))
    return list(_numbered(_of_paragraphs(each for each in every if each.strip())))


def clause_nodes(clauses: Iterable[tuple[str, str, str]]) -> list[Node]:
    """The nodes of clauses (number, title, text); a line of the text is a node."""
    return list(_numbered(_of_clauses(clauses)))


def _of_clauses(clauses: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    for number, title, text in clauses:
        section = number.strip() or title.strip()
        heading = " ".join(f"{number} {title}".split())
        if heading:
            yield section, heading
        for line in text.splitlines():
            if line.strip():
                yield section, line.strip()


def _of_paragraphs(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    section = ""
    for text in texts:
        section = _heading(text.strip()) or section
        yield section, text


def _numbered(placed: Iterable[tuple[str, str]]) -> Iterator[Node]:
    section, item = "", 0
    for at, (here, text) in enumerate(placed, 1):
        if here != section:
            section, item = here, 0
        is_item = bool(_ITEM.match(text.lstrip()))
        item += is_item
        if not section:
            label = f"Text, Absatz {at}"
        else:
            label = f"{section}, Punkt {item}" if is_item else section
        yield Node(str(at), "item" if is_item else "paragraph", label, text)


def _heading(text: str) -> str:
    """The section that a paragraph opens; empty of any other."""
    first = text.partition("\n")[0].strip()
    if _NAMED_HEADING.fullmatch(first):
        return first
    match = _HEADING.fullmatch(text)
    if match is None or len(text) > LONGEST_HEADING or text.endswith((".", ",", ";")):
        return ""
    return f"{match[1]} {match[2]}"


def without_bullet(text: str) -> str:
    """The words of a list item."""
    match = _ITEM.match(text.lstrip())
    return text.lstrip()[match.end() :].strip() if match else text.strip()
