"""From the bytes of a file that anybody may have sent to a sheet of texts."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import StringIO

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import NOT_TEXT
from zielwerk.tables.formulas import bare
from zielwerk.tables.model import LIMITS, Limits, Sheet
from zielwerk.tables.shape import Raw, empty, shaped, too_many_columns, without_blank_end
from zielwerk.tables.values import quoted
from zielwerk.tables.workbook import read_workbook

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office encrypts
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
    b"<!doctype": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
}
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_SEPARATORS = ";\t,"
_DECLARED = re.compile(r"sep=(.)[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)


def read(name: str, content: bytes, limits: Limits = LIMITS) -> Sheet:
    """The first table of a CSV or XLSX file, every cell as text.

    ``content`` may end after ``limits.file_bytes`` and one more. CSV: semicolon, comma or tab
    (whichever the headings hold most of); UTF-8 with or without byte order mark, UTF-16 with
    it, else Windows-1252; a quoted field may hold line ends. XLSX: values only. The kind
    of a file is read from the content, never from ``name``.

    Raises :class:`Refused` with ``tables.too_large``, ``tables.empty``, ``tables.no_rows``,
    ``tables.old_workbook``, ``tables.other_kind``, ``tables.encrypted``, ``tables.not_text``,
    ``tables.not_csv``, ``tables.macros``, ``tables.formula``, ``tables.error_value``,
    ``tables.unpacks_too_large``, ``tables.too_sparse``, ``tables.damaged``,
    ``tables.too_many_rows``, ``tables.too_many_columns``, ``tables.heading_empty`` or
    ``tables.heading_twice``.
    """
    if len(content) > limits.file_bytes:
        raise Refused(too_large(name, limits))
    if not content.strip():
        raise Refused(empty(name))
    if content.startswith(_ZIP) and content[2:4] in (b"\x03\x04", b"\x05\x06"):
        return read_workbook(name, content, limits)
    _refuse_other_kinds(name, content)
    text = _decoded(name, content)
    if not text.strip():
        raise Refused(empty(name))
    return shaped(name, _csv_rows(name, text, limits), limits)


def too_large(name: str, limits: Limits = LIMITS) -> Refusal:
    """The refusal of a file that is larger than what is read."""
    return Refusal(
        "tables.too_large",
        msg("{file} ist zu groß; gelesen werden bis zu {limit} MB."),
        {"file": quoted(name), "limit": limits.file_bytes // 1_000_000},
    )


def _refuse_other_kinds(name: str, content: bytes) -> None:
    values = {"file": quoted(name)}
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            sentence = msg("{file} ist mit einem Kennwort geschützt. Bitte ohne Schutz speichern.")
            raise Refused(Refusal("tables.encrypted", sentence, values))
        sentence = msg(
            "{file} ist eine Datei des alten Excel-Formats (.xls). Bitte als XLSX oder CSV "
            "speichern."
        )
        raise Refused(Refusal("tables.old_workbook", sentence, values))
    beginning = content[:64].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for start, kind in _OTHERS.items():
        if beginning.startswith(start.lower()):
            sentence = msg(
                "{file} ist keine Tabelle, sondern eine Datei der Art {kind}. Bitte als CSV oder "
                "XLSX speichern."
            )
            raise Refused(Refusal("tables.other_kind", sentence, {**values, "kind": kind}))


def _decoded(name: str, content: bytes) -> str:
    for mark, encoding in _UTF_16.items():
        if content.startswith(mark):
            encodings: tuple[str, ...] = (encoding,)
            break
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if not NOT_TEXT.search(text):
            return text
        break
    sentence = msg("{file} enthält keinen lesbaren Text in UTF-8, UTF-16 oder Windows-1252.")
    raise Refused(Refusal("tables.not_text", sentence, {"file": quoted(name)}))


def _csv_rows(name: str, text: str, limits: Limits) -> Iterator[Raw]:
    """Records with their numbers: a spreadsheet counts records, not the lines of a text."""
    declared = _DECLARED.match(text)
    if declared:
        text = text[declared.end() :]
    separator = declared[1] if declared else _separator(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 0
    try:
        for line, cells in enumerate(reader, start=1):
            if len(cells) > limits.columns and len(without_blank_end(cells)) > limits.columns:
                raise Refused(too_many_columns(name, limits))
            yield line, [bare(cell) for cell in cells]
    except csv.Error as error:
        sentence = msg("{file}, Zeile {line}: Das ist keine lesbare CSV-Zeile.")
        values = {"file": quoted(name), "line": line + 1}
        raise Refused(Refusal("tables.not_csv", sentence, values)) from error


def _separator(text: str) -> str:
    """The separator that the headings hold most of, outside quotes; the semicolon if none."""
    head = text.lstrip()[:100_000]
    counts = dict.fromkeys(_SEPARATORS, 0)
    is_quoted = False
    for character in head:
        if character == '"':
            is_quoted = not is_quoted
        elif character in "\r\n" and not is_quoted:
            break
        elif character in counts and not is_quoted:
            counts[character] += 1
    return max(_SEPARATORS, key=lambda separator: counts[separator])
