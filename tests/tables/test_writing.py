"""What is taken away can be sent in again, and does no harm in a spreadsheet."""

from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import hypothesis.strategies as st
import pytest
from hypothesis import example, given, settings
from python_calamine import CalamineWorkbook

from tests.tables.workbooks import write_csv, write_xlsx
from zielwerk.rulebook.money import MAX_CENTS, MIN_CENTS, Cents
from zielwerk.rulebook.writing import EARLIEST, LATEST, written
from zielwerk.tables import Cell, Column, Kind, parse, read

AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
COLUMNS = [
    Column("ags", "AGS", Kind.KEY, pattern="[0-9]{5}"),
    Column("name", "Name", Kind.TEXT, required=False),
    Column("amount", "Betrag", Kind.MONEY, required=False, negative=True),
    Column("number", "Zahl", Kind.NUMBER, required=False, negative=True),
    Column("day", "Tag", Kind.DAY, required=False),
    Column("year", "Jahr", Kind.YEAR, required=False),
]
HEADINGS = [column.title for column in COLUMNS]
TURNED = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # refused in every text
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters=TURNED)
TEXTS = st.text(LETTERS | st.sampled_from("'=+-@\t\n;,\"")).map(str.strip)
ROWS = st.tuples(
    st.integers(1, 99_999).map("{:05d}".format),
    st.none() | TEXTS.map(lambda text: text or None),
    st.none() | st.integers(MIN_CENTS, MAX_CENTS).map(Cents),
    st.none() | st.integers(-(10**18), 10**18).map(lambda n: Fraction(n, 10**6)),
    st.none() | st.dates(EARLIEST, LATEST),
    st.none() | st.integers(1900, 2199),
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=150)
@example(rows=[("00001", None, None, Fraction(1971, 1000), None, None)])
@given(rows=st.lists(ROWS, min_size=1, max_size=4))
def test_what_is_written_is_read_back_equal(kind: str, rows: list[tuple[Cell, ...]]) -> None:
    if kind == "csv":
        content = write_csv(HEADINGS, rows)
    else:
        content = write_xlsx("Liste", HEADINGS, rows, at=AT)
    parsed = parse(read(f"liste.{kind}", content), COLUMNS)
    assert parsed.faults == ()
    assert [tuple(record.values.values()) for record in parsed.rows] == [
        tuple(composed(cell) for cell in row) for row in rows
    ]


def composed(cell: Cell) -> Cell:
    """As it comes back: what nobody sees is an empty cell."""
    return written(cell) or None if isinstance(cell, str) else cell


def texts(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").split("\r\n")


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 6051", "-x", "@SUM(A1)", "\tx", "\rx", "  =1", "＝1"]
)
def test_no_text_runs_in_a_spreadsheet(text: str) -> None:
    content = write_csv(["a", "=b"], [[text, "x"]])
    cell = content.decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"')
    assert cell.startswith("'")
    assert texts(content)[0] == "a;'=b"
    book = write_xlsx("x", ["a"], [[text]], at=AT)
    with ZipFile(BytesIO(book)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_csv_is_what_german_spreadsheets_expect() -> None:
    row = [Cents(-160_010_050), Fraction(1, 3), -5, date(2024, 9, 3), AT, None, "a;b"]
    content = write_csv(list("abcdefg"), [row])
    assert content.startswith(b"\xef\xbb\xbf")
    assert texts(content)[1] == (
        '-1600100,50;0,333333333333;-5;03.09.2024;05.01.2026 08:30:00;;"a;b"'
    )


def test_a_workbook_holds_amounts_as_numbers_and_days_as_days() -> None:
    row = [Cents(160_010_050), date(2024, 9, 3), AT, 7, "https://example.org", "06435", None]
    book = write_xlsx("Liste: [neu]", list("abcdefg"), [row], at=AT)
    sheet = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0)
    assert sheet.name == "Liste   neu"
    assert sheet.to_python()[1] == [
        *(1_600_100.5, date(2024, 9, 3), AT.replace(tzinfo=None), 7.0),
        *("https://example.org", "06435", ""),
    ]
    with ZipFile(BytesIO(book)) as archive:
        assert b"2026-01-05T08:30:00Z" in archive.read("docProps/core.xml")
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "#,##0.00" in archive.read("xl/styles.xml").decode()
    assert '<autoFilter ref="A1:G2"/>' in xml
    assert 'state="frozen"' in xml
    assert "hyperlink" not in xml


def test_the_same_list_gives_the_same_bytes() -> None:
    rows = [["06435", Cents(1)]] * 3
    assert write_xlsx("x", ["a", "b"], rows, at=AT) == write_xlsx("x", ["a", "b"], rows, at=AT)


def test_digits_and_texts_too_long_for_a_workbook_are_not_lost_silently() -> None:
    book = write_xlsx("x", ["a", "b"], [[Cents(MAX_CENTS), "x" * 40_000]], at=AT)
    amount, text = read("x.xlsx", book).rows[0].cells
    assert amount == "92233720368547758,07"
    assert text == "x" * 32_766 + "…"
