"""Tables for people to take away: CSV as German spreadsheets read it, and XLSX."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from io import SEEK_END, StringIO
from itertools import chain, islice
from typing import IO

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from zielwerk.language import value_text
from zielwerk.rulebook.money import Cents, format_plain, round_half_up
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.tables.formulas import harmless

Cell = str | int | Fraction | date | datetime | None  # amounts are Cents

_BOM = "\ufeff"
_PART = 500  # rows of a CSV file that are sent at once
_DECIMALS = 12  # digits kept of a fraction that has no end
_GROUP = 3  # digits between the signs of thousands
_EXACT = 10**15  # spreadsheets keep fifteen digits of a number
_LONGEST_CELL, _MOST_ROWS = 32_767, 1_048_576  # what XLSX can hold
_FIRST_YEAR = 1900  # spreadsheets count its days wrongly, and those before not at all
_NARROW, _WIDE, _SAMPLE = 8, 60, 500  # column widths in digits, and rows looked at for them
_BAD_IN_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def csv_parts(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The parts of a CSV file, some hundred rows each, made as they are asked for.

    Semicolons, CRLF, UTF-8 with byte order mark, decimal comma, days as 24.12.2025.
    A text that a spreadsheet would run as a formula begins with an apostrophe;
    :func:`~zielwerk.tables.files.read` takes it away again. Moments are written in the time
    zone they come in, to the second.
    """
    buffer = StringIO(_BOM, newline="")
    buffer.seek(0, SEEK_END)
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings])
    iterator = iter(rows)
    while part := list(islice(iterator, _PART)):
        writer.writerows([_written(cell) for cell in row] for row in part)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    if text := buffer.getvalue():
        yield text.encode()


def write_xlsx(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    at: datetime,
    to: IO[bytes],
    note: str = "",
) -> None:
    """One sheet: numbers as numbers, days as days, text as text and never as formula or link.

    Written ``to`` a file, row by row, so that memory does not grow with the rows. ``title``
    names sheet and document, ``at`` is its time of creation; the same input gives the same
    bytes. ``note`` stands above every printed sheet and in the properties. A number of more
    than 15 digits, which a spreadsheet would round, is written as text;
    a text of more than 32,767 characters is cut with an ellipsis. Raises :class:`Refused`
    (``tables.too_many_to_write``) for more than 1,048,575 rows.
    """
    with Workbook(to, {"constant_memory": True}) as book:
        about = {"title": title, "created": at.replace(tzinfo=None), "comments": note}
        book.set_properties(about)
        sheet = book.add_worksheet(_sheet_title(title))
        if note:
            sheet.set_header(f"&C{note}")
        write = _writer(book, sheet)
        iterator = iter(rows)
        sample = list(islice(iterator, _SAMPLE))
        _set_widths(sheet, headings, sample)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        last = 0
        for last, row in enumerate(chain(sample, iterator), start=1):
            if last == _MOST_ROWS:
                raise Refused(_too_many())
            for place, cell in enumerate(row):
                write(last, place, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(headings) - 1)


def _written(cell: Cell) -> str:
    """A cell as text with decimal comma; only text is guarded, a number may begin with minus."""
    return harmless(cell) if isinstance(cell, str) else _plain(cell)


def _plain(cell: int | Fraction | date | None) -> str:
    match cell:
        case None:
            return ""
        case Cents():
            return format_plain(cell).replace(".", ",")
        case datetime():
            return f"{cell:%d.%m.%Y %H:%M:%S}"
        case date():
            return f"{cell:%d.%m.%Y}"
        case Fraction():
            return _decimal(cell)
    return str(cell)


def _decimal(number: Fraction) -> str:
    """A fraction with decimal comma, exact where it ends within twelve decimals.

    "1,971" may be thousands to whoever reads it: such a number has a fourth decimal.
    """
    scaled = round_half_up(number.numerator * 10**_DECIMALS, number.denominator)
    whole, remainder = divmod(abs(scaled), 10**_DECIMALS)
    decimals = f"{remainder:0{_DECIMALS}d}".rstrip("0")
    sign = "-" if scaled < 0 else ""
    if len(decimals) == _GROUP and 0 < whole < 10**_GROUP:
        decimals += "0"
    return f"{sign}{whole},{decimals}" if decimals else f"{sign}{whole}"


def _writer(book: Workbook, sheet: Worksheet) -> Callable[[int, int, Cell], None]:
    """Writes one cell by its type; the types of xlsxwriter's own `write` guess too much."""
    money = book.add_format({"num_format": "#,##0.00"})
    day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss", "align": "left"})

    def write(row: int, place: int, cell: Cell) -> None:
        match cell:
            case None | "":
                return
            case str():
                sheet.write_string(row, place, _short(cell))
            case datetime() if cell.year > _FIRST_YEAR:
                sheet.write_datetime(row, place, cell.replace(tzinfo=None, microsecond=0), moment)
            case date() if cell.year > _FIRST_YEAR:
                sheet.write_datetime(row, place, cell, day)
            case Cents() if abs(cell) < _EXACT:
                sheet.write_number(row, place, cell / 100, money)
            case Fraction() if _fits(cell):
                sheet.write_number(row, place, float(cell))
            case int() if not isinstance(cell, Cents) and abs(cell) < _EXACT:
                sheet.write_number(row, place, cell)
            case _:
                sheet.write_string(row, place, _plain(cell))

    return write


def _fits(number: Fraction) -> bool:
    """Whether fifteen digits say as much as :func:`_decimal` does."""
    return len(_decimal(number).replace(",", "").lstrip("-0")) <= 15


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _set_widths(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    for place, heading in enumerate(headings):
        texts = [value_text(row[place]) for row in rows if row[place] is not None]
        longest = max(len(line) for text in (heading, *texts) for line in text.split("\n"))
        sheet.set_column(place, place, min(max(longest + 2, _NARROW), _WIDE))


def _sheet_title(title: str) -> str:
    """A valid name of a sheet: 31 characters, no brackets, no apostrophe at its ends."""
    return _BAD_IN_TITLE.sub(" ", title)[:31].strip(" '") or "Tabelle"


def _too_many() -> Refusal:
    return Refusal(
        "tables.too_many_to_write",
        msg("Die Liste hat mehr Zeilen, als eine Excel-Datei fasst. Bitte als CSV herunterladen."),
    )
