"""Workbooks as other programs write them, and as attackers do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from zielwerk.tables import Cell, csv_parts, writing

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"

HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>AGS</t></is></c></row>'


def parts(*sheets: str, strings: str = "", kind: str = "sheet.main") -> dict[str, str]:
    """The parts of a workbook whose sheets Blatt1, Blatt2 … hold these rows of XML."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="Blatt{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="r{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SHEET}.worksheet+xml"/>'
        for n in numbers
    )
    made = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'  # noqa: E501
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.{kind}+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}'
        "</Relationships>",
    }
    for n, rows in zip(numbers, sheets, strict=True):
        made[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    if strings:
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return made


def zipped(made: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook(*sheets: str, strings: str = "") -> bytes:
    return zipped(parts(*sheets, strings=strings))


def row(number: int, *cells: str) -> str:
    """A row of numbers as XML, from column A on."""
    inside = "".join(
        f'<c r="{chr(ord("A") + place)}{number}"><v>{cell}</v></c>'
        for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


def write_csv(headings: list[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A whole CSV file."""
    return b"".join(csv_parts(headings, rows))


def write_xlsx(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, at: datetime
) -> bytes:
    """A whole XLSX file."""
    book = BytesIO()
    writing.write_xlsx(title, headings, rows, at=at, to=book)
    return book.getvalue()
