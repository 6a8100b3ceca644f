"""A document as PDF/UA-1 and PDF/A-3a in one file, set by Typst.

The tree goes in as JSON data; text of users never becomes typesetting source. Any warning
is an error, so that a document is valid or is not made at all.
"""

import json
import threading
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from zielwerk.typesetting.blocks import Document, Notice

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
STANDARDS = ["a-3a", "ua-1"]
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
PLACEHOLDER = "\u25ca"  # a lozenge, where the fonts have no picture of a character

_compiler = threading.local()


class CannotSet(Exception):
    """Typst refused the document or warned about it: a fault of a template, never of a user."""


def render(document: Document) -> bytes:
    """The PDF of a document; the same document gives the same bytes.

    Characters that the fonts do not have are replaced: typographic relatives by what they
    mean, others by a lozenge. Control characters are dropped.
    """
    data = json.dumps(_plain(document), ensure_ascii=False)
    moment = datetime.combine(document.date, time(), UTC) if document.date else UNDATED
    try:
        pdf, warnings = _own_compiler().compile_with_warnings(
            format="pdf",
            pdf_standards=STANDARDS,
            sys_inputs={"data": data},
            timestamp=int(moment.timestamp()),
        )
    except typst.TypstError as error:
        raise CannotSet(str(error)) from error
    if warnings:
        raise CannotSet("; ".join(warning.message for warning in warnings))
    assert isinstance(pdf, bytes)
    return pdf


def _own_compiler() -> typst.Compiler:
    """One compiler a thread: it keeps fonts and template ready."""
    if not hasattr(_compiler, "one"):
        _compiler.one = typst.Compiler(
            str(HERE / "typst" / "document.typ"),
            root=str(HERE / "typst"),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]),
            ignore_system_fonts=True,
        )
    return _compiler.one  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    """Blocks as JSON-able data; each part says its kind."""
    if isinstance(value, Document):
        made = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        made["date"] = [value.date.year, value.date.month, value.date.day] if value.date else None
        made["attachments"] = [
            {
                "name": file.name,
                "mime": file.mime,
                "description": _settable(file.description),
                "data": file.data.decode("utf-8"),
            }
            for file in value.attachments
        ]
        return made
    if is_dataclass(value):
        made = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        if isinstance(value, Notice):
            made["tone"] = made["kind"]
        if type(value).__name__ != "Column":
            made["kind"] = type(value).__name__
        return made
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _settable(value) if isinstance(value, str) else value


@cache
def _known() -> frozenset[int]:
    """Code points that every cut of the font has, as listed beside the fonts."""
    text = (FONTS / "characters.txt").read_text()
    return frozenset(
        point
        for first, last in (part.split("-") for part in text.split())
        for point in range(int(first, 16), int(last, 16) + 1)
    )


def _settable(text: str) -> str:
    known = _known()
    text = unicodedata.normalize("NFC", text)
    if all(ord(character) in known for character in text):
        return text
    return "".join(_replaced(character) for character in text)


def _replaced(character: str) -> str:
    if ord(character) in _known():
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me"):
        return ""
    related = unicodedata.normalize("NFKD", character)
    kept = "".join(one for one in related if ord(one) in _known())
    return kept or PLACEHOLDER
