"""From an XLSX file to a sheet of texts: values only, nothing that a program computed."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import NOT_TEXT
from zielwerk.tables.inspection import inspect
from zielwerk.tables.model import Limits, Numeral, Remark, Sheet
from zielwerk.tables.package import damaged, repacked, unpacked
from zielwerk.tables.shape import Raw, empty, letters, shaped
from zielwerk.tables.values import quoted

_EXACT = 2**53  # whole numbers up to here are exact in a workbook


def read_workbook(name: str, content: bytes, limits: Limits) -> Sheet:
    """The first visible sheet that holds anything; see :func:`files.read` for refusals.

    Numbers keep what a spreadsheet shows of them, fifteen digits; whole numbers have no
    decimals. Days read 24.12.2025, truth values WAHR and FALSCH.
    """
    parts = unpacked(name, content, limits)
    try:
        inspect(name, parts, limits)
        book = CalamineWorkbook.from_filelike(BytesIO(repacked(parts)))
        return _first_filled(name, book, limits)
    except (ExpatError, CalamineError, XmlError, ZipError, LookupError, ValueError) as error:
        raise Refused(damaged(name)) from error


def _first_filled(name: str, book: CalamineWorkbook, limits: Limits) -> Sheet:
    worksheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    worksheets.sort(
        key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible
    )  # hidden ones come last
    sheets = (book.get_sheet_by_name(sheet.name) for sheet in worksheets)
    filled = [sheet for sheet in sheets if sheet.start is not None]
    if not filled:
        raise Refused(empty(name))
    first, *further = filled
    remarks: tuple[Remark, ...] = ()
    if further:
        sentence = msg("Gelesen wurde das Blatt „{sheet}“; nicht gelesen wurden: {others}.")
        names = ", ".join(quoted(sheet.name) for sheet in further)
        remarks = (Remark(sentence, {"sheet": quoted(first.name), "others": names}),)
    return shaped(name, _rows(name, first), limits, title=first.name, remarks=remarks)


def _rows(name: str, sheet: CalamineSheet) -> Iterator[Raw]:
    for line, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [_text(value) for value in values]
        for place, cell in enumerate(cells):
            if NOT_TEXT.search(cell):
                raise Refused(_not_text(name, sheet.name, f"{letters(place)}{line}"))
        yield line, cells


def _text(value: object) -> str:
    """A value as a German spreadsheet shows it."""
    match value:
        case str():
            return value
        case bool():
            return "WAHR" if value else "FALSCH"
        case int() | float():
            return Numeral(_digits(float(value)))
        case datetime() if value.time() != time():
            return f"{value:%d.%m.%Y %H:%M:%S}"
        case date():
            return f"{value:%d.%m.%Y}"
    return str(value)  # a time of day or a duration


def _digits(number: float) -> str:
    if number.is_integer() and abs(number) < _EXACT:
        return str(int(number))
    # More than fifteen digits are noise of binary fractions: 0.30000000000000004.
    return f"{Decimal(f'{number:.15g}'):f}".replace(".", ",")


def _not_text(name: str, title: str, cell: str) -> Refusal:
    return Refusal(
        "tables.not_text",
        msg("{file}: Im Blatt „{sheet}“ enthält {cell} Zeichen, die kein Text sind."),
        {"file": quoted(name), "sheet": quoted(title), "cell": cell},
    )
