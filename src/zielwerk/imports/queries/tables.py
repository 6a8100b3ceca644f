"""Tables that were sent in: what was understood of them, row by row."""

import csv
import io
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.documents import queries as documents
from zielwerk.imports.models import TableImport
from zielwerk.imports.queries.kinds import KINDS, TableRules, kind_of, settled
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.table_import import ImportState
from zielwerk.tables import Limits, Record, Remark, RowFault, Sheet, duplicates, parse, read

LIMITS = Limits(rows=20_000)
"""More rows than any table of this programme has; they are written in one transaction."""
CHUNK = 500
"""Rows that are checked in one step of a job; a table with more is written by one."""


@dataclass(frozen=True)
class Opened:
    """A table that was read, before its rows are checked against rules and books."""

    sheet: Sheet
    rules: TableRules
    records: tuple[Record, ...]
    faults: tuple[RowFault, ...]

    def chunks(self) -> list[tuple[Record, ...]]:
        starts = range(0, len(self.records), CHUNK)
        return [self.records[start : start + CHUNK] for start in starts]


@dataclass(frozen=True)
class Checked:
    """Every sound row, with codes for words, and every fault, in the order of the file."""

    sheet: Sheet
    rules: TableRules
    rows: tuple[Record, ...]
    faults: tuple[RowFault, ...]
    remarks: tuple[Remark, ...]

    @property
    def fault_count(self) -> int:
        return len(self.faults)

    @property
    def row_count(self) -> int:
        return len(self.sheet.rows) + len(self.sheet.faults)


def opened(kind: str, programme: str, year: int, name: str, content: bytes) -> Opened:
    """Read a table; raises Refused where the file as a whole cannot be used."""
    rules = KINDS[kind].rules(programme, year)
    sheet = read(name, content, LIMITS)
    parsed = parse(sheet, rules.columns)
    return Opened(sheet, rules, parsed.rows, parsed.faults)


def opened_import(one: TableImport) -> Opened:
    content = documents.text_of(one.file)
    return opened(one.kind, one.programme, one.year, one.file.name, content)


def is_large(one: TableImport) -> bool:
    """Whether the table has more rows than one request should write."""
    sheet = read(one.file.name, documents.text_of(one.file), LIMITS)
    return len(sheet.rows) > CHUNK


def checked(one: TableImport) -> Checked:
    """The table as it would be written now."""
    found = opened_import(one)
    return merged(one, found, [settled(part, found.rules.settle) for part in found.chunks()])


def merged(
    one: TableImport, found: Opened, parts: list[tuple[list[Record], list[RowFault]]]
) -> Checked:
    """What the chunks came to, with what shows only over all rows."""
    rows = [row for sound, _ in parts for row in sound]
    twice = duplicates(rows, *found.rules.named_by)
    lines = {fault.line for fault in twice}
    faults = [*found.faults, *(fault for _, wrong in parts for fault in wrong), *twice]
    sound = tuple(row for row in rows if row.line not in lines)
    remarks = (*found.sheet.remarks, *kind_of(one).remarks(one, sound))
    ordered = tuple(sorted(faults, key=lambda fault: fault.line))
    return Checked(found.sheet, found.rules, sound, ordered, remarks)


@dataclass(frozen=True)
class FileFormat:
    """How a file is written; encoding and separator only of CSV, empty where unknown."""

    name: str
    encoding: str = ""
    separator: str = ""


def format_of(content: bytes, sheet: Sheet) -> FileFormat:
    """What a file that was read turned out to be."""
    if content.startswith(b"PK"):
        return FileFormat("XLSX")
    encoding = _encoding(content)
    text = content.decode(encoding).removeprefix("\ufeff")
    return FileFormat("CSV", _ENCODINGS[encoding], _separator(text, sheet))


_ENCODINGS = {"utf-16": "UTF-16", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
_SEPARATORS = {";": msg("Semikolon"), ",": msg("Komma"), "\t": msg("Tabulator")}


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(text: str, sheet: Sheet) -> str:
    """The separator that gives just these headings."""
    for sign, name in _SEPARATORS.items():
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        for _, cells in zip(range(sheet.header_line + 1), lines, strict=False):
            said = tuple(" ".join(cell.split()) for cell in cells)
            if said[: len(sheet.header)] == sheet.header and len(said) > 1:
                return name
    return ""


def sent_before(kind: str, programme: str, year: int, content: bytes) -> TableImport | None:
    """Where exactly this content is open or written already for this kind of table."""
    found = TableImport.objects.filter(
        kind=kind, programme=programme, file__sha256=documents.checksum(content)
    ).exclude(state=ImportState.DISCARDED)
    if KINDS[kind].is_of_year:
        found = found.filter(year=year)
    return found.defer("file__content").first()


def table_imports(user: Actor, programme: str) -> QuerySet[TableImport]:
    """Tables that were sent in, newest first; bodies see none."""
    found = TableImport.objects.filter(programme=programme).select_related("file")
    return (found.none() if user.ags else found).defer("file__content")


def table_import(user: Actor, programme: str, pk: int) -> TableImport:
    found = None if user.ags else TableImport.objects.filter(programme=programme, pk=pk).first()
    if found is None:
        raise Http404
    return found
