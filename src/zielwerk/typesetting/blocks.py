"""The blocks of a document, as frozen values. What a part means, not how it looks."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date as day
from typing import Literal, TypeAlias
from unicodedata import category


@dataclass(frozen=True)
class Text:
    """Plain words; line ends count as blanks. ``language`` where it is not the document's."""

    text: str
    language: str = ""


@dataclass(frozen=True)
class Strong:
    text: str


@dataclass(frozen=True)
class Emphasis:
    text: str


@dataclass(frozen=True)
class Correction:
    """An editorial correction: what it reads, and what was signed in its place.

    Either may be empty: a word that was added, or one that was struck.
    """

    signed: str
    reads: str


@dataclass(frozen=True)
class Link:
    """Words that lead to a page or a mailbox. ValueError for any other address."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://", "mailto:")):
            raise ValueError(f"not an address to link to: {self.url!r}")


Inline: TypeAlias = Text | Strong | Emphasis | Correction | Link
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` counts from 1 below the document's title, see :func:`outlined`."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    inlines: Inlines


@dataclass(frozen=True)
class BulletList:
    items: tuple[Inlines, ...]


@dataclass(frozen=True)
class NumberedList:
    items: tuple[Inlines, ...]
    start: int = 1


@dataclass(frozen=True)
class Facts:
    """Terms and their values; the caption names them where no heading does."""

    caption: str
    rows: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True)
class Column:
    """A table's column; amounts are set to the right in figures of one width.

    ``share`` is how much of the width a column of text gets beside the others.
    """

    title: str
    kind: Literal["text", "amount"] = "text"
    share: int = 1


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row names the row, the foot is its last row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    foot: tuple[Inlines, ...] = ()


@dataclass(frozen=True)
class Notice:
    kind: Literal["info", "warning"]
    title: str
    inlines: Inlines


@dataclass(frozen=True)
class Clause:
    """A clause with its number (§ 4) and title, which are its heading."""

    number: str
    title: str
    blocks: tuple["Block", ...]
    level: int = 2

    @property
    def heading(self) -> str:
        return " ".join(part for part in (self.number, self.title) if part.strip())


@dataclass(frozen=True)
class Signature:
    """Who signs for a party, by office. ``place`` and ``date`` in words: a date that cannot
    be read says so. ``name`` only where the document is not published."""

    party: str
    office: str
    place: str = ""
    date: str = ""
    name: str = ""

    @property
    def place_and_date(self) -> str:
        return ", ".join(part for part in (self.place, self.date) if part.strip())


@dataclass(frozen=True)
class SignatureBlock:
    """The parties side by side, each with a line to sign on."""

    signatures: tuple[Signature, ...]


@dataclass(frozen=True)
class Contents:
    """A table of contents under its ``title``: the headings with their pages, each a link."""

    title: str
    depth: int = 2


@dataclass(frozen=True)
class SigningField:
    """A place for an electronic signature; ``name`` is the id of its field."""

    name: str
    party: str
    office: str


@dataclass(frozen=True)
class SigningFields:
    """Places for electronic signatures, two side by side, each an empty frame under its office."""

    fields: tuple[SigningField, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | BulletList
    | NumberedList
    | Facts
    | Table
    | Notice
    | Clause
    | SignatureBlock
    | SigningFields
    | Contents
)


@dataclass(frozen=True)
class Attachment:
    """A file embedded in the PDF; ``description`` is read out by screen readers."""

    name: str
    mime: str
    description: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Document:
    """A whole document. ``author`` is an organisation, ``language`` a code of two letters.

    ``label`` (that a document is invented for the demo, or a draft) is printed on every page, in
    the metadata, and before the text unless the text opens with a notice of its own.
    """

    title: str
    subject: str
    author: str
    blocks: tuple[Block, ...]
    date: day | None = None
    file_number: str = ""
    label: str | None = None
    language: str = "de"
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Mark:
    """What a page on paper carries to be told from any other: a picture, and the same in letters.

    ``picture`` is an SVG; it is seen and never read out, like all that stands at a page's foot.
    """

    picture: str = field(repr=False)
    lines: tuple[str, ...]


def says_something(text: str) -> bool:
    """Whether a text has a visible character."""
    return any(
        not character.isspace() and category(character) not in ("Cc", "Cf") for character in text
    )


def rows_of(blocks: tuple[Block, ...]) -> int:
    """How many rows its tables have, feet included, headings not."""
    count = 0
    for block in blocks:
        if isinstance(block, Table):
            count += len(block.rows) + bool(block.foot)
        elif isinstance(block, Clause):
            count += rows_of(block.blocks)
    return count


def outlined(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks, their headings lifted so that no level is skipped.

    Screen readers move by level, and PDF/UA (ISO 14289-1, 7.4.2) forbids a gap: the first
    heading has level 1, each other is at most one deeper than the one before. A heading
    without words disappears; a clause without any gets level 0, which is none.
    """
    return tuple(_outlined(blocks, [0]))


def _outlined(blocks: tuple[Block, ...], last: list[int]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Heading):
            if says_something(block.text):
                yield replace(block, level=_lifted(block.level, last))
        elif isinstance(block, Clause):
            level = _lifted(block.level, last) if says_something(block.heading) else 0
            yield replace(block, level=level, blocks=tuple(_outlined(block.blocks, last)))
        else:
            yield block


def _lifted(level: int, last: list[int]) -> int:
    last[0] = max(1, min(level, last[0] + 1))
    return last[0]
