"""The clauses of a year, cut into pieces with ids.

The id of a piece is that of its clause and its place in the template: all documents of a year
have the same ids for the same wording. A piece that negotiation adds has an id of its own.
"""

import re
from collections.abc import Iterator, Sequence

from zielwerk.drafting.model import Clause, Content, Document, Piece, PieceKind
from zielwerk.packs import model as packs

LIST_SLOTS = ("frameworks", "earmarks", "measures", "targets")
"""The slots whose value is a list; each stands in a paragraph of its own."""

_BLANK_LINES = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"^[-*] +", re.MULTILINE)
_PLACE = re.compile(r"\{([a-z_]+)\}")


def drafted(rules: packs.Year, content: Content, own: Sequence[Clause] = ()) -> Document:
    """The document of a year for this content, worded as its clauses are.

    ``own`` are the body's additions, behind all others.
    """
    clauses = (clause(each) for each in rules.clauses)
    return Document(content, (*clauses, *own))


def clause(template: packs.Clause) -> Clause:
    """A clause of the pack as a clause of a document."""
    return Clause(
        template.code,
        template.number,
        template.title,
        tuple(pieces(template.code, template.text)),
        template.negotiable,
    )


def pieces(clause_id: str, text: str) -> Iterator[Piece]:
    """The pieces of a clause's text, in order: "04-mittel/2", an item "01-ziele/2.3"."""
    paragraphs = [part.strip("\n") for part in _BLANK_LINES.split(text.strip())]
    for number, paragraph in enumerate(filter(None, paragraphs), 1):
        name = f"{clause_id}/{number}"
        place = _PLACE.fullmatch(paragraph.strip())
        if place and place[1] in LIST_SLOTS:
            yield Piece(name, PieceKind.PLACE, place[1])
        elif _ITEM.match(paragraph):
            for at, item in enumerate(_items(paragraph), 1):
                yield Piece(f"{name}.{at}", PieceKind.ITEM, item)
        else:
            yield Piece(name, PieceKind.PARAGRAPH, one_line(paragraph))


def _items(paragraph: str) -> Iterator[str]:
    return (one_line(item) for item in _ITEM.split(paragraph)[1:])


def one_line(text: str) -> str:
    """The words with one blank between them."""
    return " ".join(text.split())
