"""Tables that were sent in, read and checked row by row."""

import csv
import io
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import of_whole
from zielwerk.documents import queries as documents
from zielwerk.imports.models import TableImport
from zielwerk.imports.queries.kinds import KINDS, TableRules, kind_of, settle_rows
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.table_import import ImportState
from zielwerk.tables import Limits, Record, Remark, RowFault, Sheet, duplicates, parse, read

LIMITS = Limits(rows=20_000)
"""More rows than any table of this programme has; they are written in one transaction."""
CHUNK = 500
"""Rows that are checked in one step of a job; a table with more is written by one."""


@dataclass(frozen=True)
class ParsedTable:
    """A table that was read; its rows are not yet checked against rules and books."""

    sheet: Sheet
    rules: TableRules
    records: tuple[Record, ...]
    faults: tuple[RowFault, ...]

    def chunks(self) -> list[tuple[Record, ...]]:
        starts = range(0, len(self.records), CHUNK)
        return [self.records[start : start + CHUNK] for start in starts]


@dataclass(frozen=True)
class CheckedTable:
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


def read_table(kind: str, programme: str, year: int, name: str, content: bytes) -> ParsedTable:
    """Read a table; raises Refused where the file as a whole cannot be used."""
    rules = KINDS[kind].rules(programme, year)
    sheet = read(name, content, LIMITS)
    parsed = parse(sheet, rules.columns)
    return ParsedTable(sheet, rules, parsed.rows, parsed.faults)


def read_import(table: TableImport) -> ParsedTable:
    content = documents.text_of(table.file)
    return read_table(table.kind, table.programme, table.year, table.file_name, content)


def is_large(table: TableImport) -> bool:
    """Whether the table has more rows than one request should write."""
    sheet = read(table.file_name, documents.text_of(table.file), LIMITS)
    return len(sheet.rows) > CHUNK


def check_table(table: TableImport) -> CheckedTable:
    """The table as it would be written now."""
    parsed = read_import(table)
    chunks = [settle_rows(chunk, parsed.rules.settle) for chunk in parsed.chunks()]
    return merge_chunks(table, parsed, chunks)


def merge_chunks(
    table: TableImport, parsed: ParsedTable, chunks: list[tuple[list[Record], list[RowFault]]]
) -> CheckedTable:
    """The chunks as one table, with the faults and remarks that only all rows together show."""
    rows = [row for sound, _ in chunks for row in sound]
    repeated = duplicates(rows, *parsed.rules.named_by)
    lines = {fault.line for fault in repeated}
    faults = [
        *parsed.faults,
        *(fault for _, chunk_faults in chunks for fault in chunk_faults),
        *repeated,
    ]
    sound = tuple(row for row in rows if row.line not in lines)
    remarks = (*parsed.sheet.remarks, *kind_of(table).remarks(table, sound))
    ordered = tuple(sorted(faults, key=lambda fault: fault.line))
    return CheckedTable(parsed.sheet, parsed.rules, sound, ordered, remarks)


@dataclass(frozen=True)
class FileFormat:
    """How a file is written; encoding and separator only of CSV, empty where unknown."""

    name: str
    encoding: str = ""
    separator: str = ""


def format_of(content: bytes, sheet: Sheet) -> FileFormat:
    """The format of a file that was read."""
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
            header = tuple(" ".join(cell.split()) for cell in cells)
            if header[: len(sheet.header)] == sheet.header and len(header) > 1:
                return name
    return ""


def earlier_import(kind: str, programme: str, year: int, content: bytes) -> TableImport | None:
    """The import of this kind, open or written, whose file has exactly this content."""
    earlier = TableImport.objects.filter(
        kind=kind, programme=programme, file__sha256=documents.checksum(content)
    ).exclude(state=ImportState.DISCARDED)
    if KINDS[kind].is_of_year:
        earlier = earlier.filter(year=year)
    return earlier.defer("file__content").first()


def table_imports(user: Actor, programme: str) -> QuerySet[TableImport]:
    """Tables that were sent in, newest first; whoever sees a part of the bodies sees none."""
    tables = TableImport.objects.filter(programme=programme).select_related("file")
    return of_whole(user, tables).defer("file__content")


def table_import(user: Actor, programme: str, pk: int) -> TableImport:
    table = of_whole(user, TableImport.objects.filter(programme=programme)).filter(pk=pk).first()
    if table is None:
        raise Http404
    return table
