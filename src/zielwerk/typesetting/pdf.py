"""A document as PDF/UA-1 and PDF/A-3a in one file, set by Typst.

The tree goes in as JSON data; text of users never becomes typesetting source. Any warning
is an error, so that a document is valid or is not made at all.
"""

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from zielwerk.typesetting.blocks import Document, Link, Mark, outlined, rows_of
from zielwerk.typesetting.characters import FONTS, settable

TEMPLATE = Path(__file__).parent / "typst" / "document.typ"
UNTITLED = "Ohne Titel"

_own = threading.local()


class CannotSet(Exception):  # noqa: N818 - it says what it cannot
    """Typst refused the document or warned about it: a fault of a template, never of a user."""


def render(
    document: Document,
    made_on: date | None = None,
    marked: Callable[[int, int], Mark] | None = None,
) -> bytes:
    """The PDF of a document; the same document gives the same bytes.

    The file is dated ``made_on``, else as the document is; PDF/A demands a date, so one of
    the two must be known (ValueError). Characters that no font has are shown as their code
    point, see :func:`~zielwerk.typesetting.characters.settable`. ``marked`` gives what each page
    carries for paper, from its number and how many there are.
    """
    set_as = _set_as(document, made_on)
    marks = _marks(set_as, marked) if marked else None
    pdf = _compiled(set_as, marks)
    if marks and pages_of(pdf) != len(marks):
        raise CannotSet(f"set with {len(marks)} marks it has {pages_of(pdf)} pages")
    return _with_row_headings(pdf, rows_of(set_as.blocks))


def _marks(document: Document, marked: Callable[[int, int], Mark]) -> tuple[Mark, ...]:
    """The marks of all pages. How many there are is known once the document is set: it is, twice.

    A page is as high with an empty mark as with any other.
    """
    pages = pages_of(_compiled(replace(document, attachments=()), ()))
    made = (marked(number, pages) for number in range(1, pages + 1))
    return tuple(replace(mark, lines=_cleaned(mark.lines)) for mark in made)


_PAGE = re.compile(rb"/Type\s*/Page\b")


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of Typst has."""
    return len(_PAGE.findall(pdf))


def _compiled(document: Document, marks: tuple[Mark, ...] | None) -> bytes:
    assert document.date
    try:
        pdf, warnings = _compiler().compile_with_warnings(
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            sys_inputs=_inputs(document, marks),
            timestamp=datetime.combine(document.date, time(), UTC),
        )
    except typst.TypstError as error:
        raise CannotSet(error.diagnostic) from error
    if warnings:
        raise CannotSet("; ".join(warning.message for warning in warnings))
    assert isinstance(pdf, bytes)
    return pdf


@dataclass(frozen=True)
class Position:
    """Where a place for a signature lies.

    The page counts from 1, the rectangle is left, bottom, right, top in points.
    """

    page: int
    rectangle: tuple[float, float, float, float]


def positions(document: Document, made_on: date | None = None) -> dict[str, Position]:
    """Where the places for electronic signatures lie in the PDF of a document, by their names."""
    # A compiler's own inputs are asked, not those of its last document.
    compiler = _new_compiler(_inputs(_set_as(document, made_on)))
    found = {}
    for each in json.loads(compiler.query("<signing-field>", field="value")):
        bottom = each["paper"] - each["top"] - each["height"]
        area = (each["left"], bottom, each["left"] + each["width"], bottom + each["height"])
        found[each["name"]] = Position(each["page"], area)
    return found


def _set_as(document: Document, made_on: date | None) -> Document:
    dated = made_on or document.date
    if dated is None:
        raise ValueError("a PDF/A needs a date: the document has none, so say when it is made")
    cleaned: Document = _cleaned(document)
    return replace(
        cleaned,
        title=cleaned.title.strip() or UNTITLED,
        date=dated,
        blocks=outlined(cleaned.blocks),
    )


def _inputs(document: Document, marks: tuple[Mark, ...] | None = None) -> dict[str, str]:
    data = _tree(document) | {"marks": _tree(marks)}
    return {"data": json.dumps(data, ensure_ascii=False)}


# The first cell of a row as Typst tags it: a data cell whose heading is that of column 0.
_FIRST_CELL = re.compile(
    rb"/S/TD(?P<parent>/P \d+ 0 R)/A\[<</O/Table(?P<heading>/Headers\[\(U\d+x0y\d+\)\])"
)


def _with_row_headings(pdf: bytes, rows: int) -> bytes:
    """The PDF with the first cell of each table row as a heading of its row.

    Typst can say so only behind a feature that its Python package cannot switch on. The words
    are replaced by others of the same length, so that every offset in the file stays true. A
    Typst that tags otherwise is told here, not by readers.
    """

    def named(cell: re.Match[bytes]) -> bytes:
        scope = b"/Scope/Row".ljust(len(cell["heading"]))
        return b"/S/TH" + cell["parent"] + b"/A[<</O/Table" + scope

    tagged, count = _FIRST_CELL.subn(named, pdf)
    if count != rows:
        raise CannotSet(f"{rows} table rows, but {count} could be given a heading")
    return tagged


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _compiler() -> typst.Compiler:
    """One compiler a thread, over fonts that all share.

    Two threads cannot use one ("Already borrowed"); with a lock around it four threads on
    two cores took twice as long.
    """
    if not hasattr(_own, "compiler"):
        _own.compiler = _new_compiler({})
    compiler: typst.Compiler = _own.compiler
    return compiler


def _new_compiler(inputs: dict[str, str]) -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )


def _cleaned(value: Any) -> Any:
    """The same part with only such characters as the fonts draw; addresses stay as they are."""
    match value:
        case str():
            return settable(value)
        case tuple():
            return tuple(_cleaned(item) for item in value)
        case Link():
            return replace(value, text=settable(value.text))
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts = {part.name: _cleaned(getattr(value, part.name)) for part in fields(value)}
            return replace(value, **parts)
    return value


def _tree(value: Any) -> Any:
    """A part as JSON; ``is`` says which part."""
    match value:
        case tuple():
            return [_tree(item) for item in value]
        case bytes():
            return list(value)
        case date():
            return {"year": value.year, "month": value.month, "day": value.day}
        case _ if is_dataclass(value):
            parts = {part.name: _tree(getattr(value, part.name)) for part in fields(value)}
            return {"is": type(value).__name__} | parts
    return value
