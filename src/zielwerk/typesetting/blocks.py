"""The parts of a document, as frozen values. What a part means, not how it looks."""

from dataclasses import dataclass, field
from datetime import date as day
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Text:
    """Plain words; line ends count as blanks."""

    text: str


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
    text: str
    url: str


Inline: TypeAlias = Text | Strong | Emphasis | Correction | Link
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` counts from 1 below the document's title, none is skipped."""

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


@dataclass(frozen=True)
class Facts:
    """Terms and their values."""

    caption: str
    rows: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True)
class Column:
    """A table's column; amounts are set to the right in figures of one width."""

    title: str
    kind: Literal["text", "amount"] = "text"


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row names the row."""

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
    """A clause with its number (§ 4) and title; a heading of level 2."""

    number: str
    title: str
    blocks: tuple["Block", ...]


Block: TypeAlias = (
    Heading | Paragraph | BulletList | NumberedList | Facts | Table | Notice | Clause
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
    """A whole document. ``author`` is an organisation; ``label`` stands on every page."""

    title: str
    subject: str
    author: str
    blocks: tuple[Block, ...]
    date: day | None = None
    file_number: str = ""
    label: str | None = None
    language: str = "de"
    attachments: tuple[Attachment, ...] = ()
