"""What becomes of files that people send in."""

import codecs
import struct
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
import xlsxwriter

from tests.tables.workbooks import HEAD, parts, row, workbook, write_xlsx, zipped
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Refused
from zielwerk.tables import LIMITS, Sheet, read

AT = datetime(2024, 9, 3, 9, 0, tzinfo=UTC)
PLAIN = "ags;name\r\n06435;Main-Kinzig-Kreis\r\n"


def rule(content: bytes, name: str = "liste.csv", **limits: int) -> str:
    with pytest.raises(Refused) as caught:
        read(name, content, replace(LIMITS, **limits))
    for refusal in caught.value.refusals:
        assert name in sentence(refusal)
    return caught.value.refusals[0].rule


def said(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read("liste.xlsx", content)
    return sentence(caught.value.refusals[0])


def cells(sheet: Sheet) -> list[tuple[str, ...]]:
    return [one.cells for one in sheet.rows]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        codecs.BOM_UTF8 + PLAIN.encode(),
        codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.replace(";", ",").encode(),
        PLAIN.replace(";", "\t").encode(),
        PLAIN.replace("\r\n", "\n").encode(),
        PLAIN.replace("\r\n", "\r").encode(),
        b"sep=;\r\n" + PLAIN.encode(),
        b";;\r\n\r\n" + PLAIN.replace("\r\n", ";;\r\n").encode(),
    ],
)
def test_every_usual_form_of_csv_says_the_same(content: bytes) -> None:
    sheet = read("liste.csv", content)
    assert sheet.header == ("ags", "name")
    assert cells(sheet) == [("06435", "Main-Kinzig-Kreis")]


def test_umlauts_of_windows_are_read() -> None:
    sheet = read("liste.csv", "Träger;Straße\nGrün;€ 5\n".encode("cp1252"))
    assert sheet.header == ("Träger", "Straße")
    assert cells(sheet) == [("Grün", "€ 5")]


def test_a_comma_inside_decimals_does_not_make_the_comma_the_separator() -> None:
    sheet = read("liste.csv", b"ags;wert\n06435;1,5\n06434;2,5\n")
    assert cells(sheet) == [("06435", "1,5"), ("06434", "2,5")]


def test_lines_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    text = 'ags;notiz\r\n\r\n06435;"erste\r\nzweite; dritte"\r\n06434;""\r\n'
    sheet = read("liste.csv", text.encode())
    assert [(one.line, one.cells) for one in sheet.rows] == [
        (3, ("06435", "erste\r\nzweite; dritte")),
        (4, ("06434", "")),
    ]


def test_rows_that_do_not_fit_are_faults_of_these_rows() -> None:
    sheet = read("liste.csv", b"a;b\n1;2\n3\n4;5;6\n7;8;\n")
    assert cells(sheet) == [("1", "2"), ("7", "8")]
    assert [(fault.line, fault.refusal.params["found"]) for fault in sheet.faults] == [
        (3, 1),
        (4, 3),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "tables.empty"),
        (b" \r\n ", "tables.empty"),
        (codecs.BOM_UTF8, "tables.empty"),
        (b";;\r\n;;\r\n", "tables.empty"),
        (b"ags;name\r\n;\r\n", "tables.no_rows"),
        (b"ags;;name\n1;2;3\n", "tables.heading_empty"),
        (b"ags;name;AGS\n1;2;3\n", "tables.heading_twice"),
        (b"ags;na\x00me\n1;2\n", "tables.not_text"),
        (bytes(range(256)) * 4, "tables.not_text"),
        (codecs.BOM_UTF16_LE + b"a\x00;", "tables.not_text"),
        (b'ags;name\n1;"offen\n', "tables.not_csv"),
        (b"%PDF-1.7 ...", "tables.other_kind"),
        (b"<html><table>", "tables.other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook" * 9, "tables.old_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "tables.encrypted",
        ),
        (b"PK\x03\x04" + b"x" * 50, "tables.damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, expected: str) -> None:
    assert rule(content) == expected


def test_limits_hold_to_the_last_row_column_and_byte() -> None:
    text = b"a;b;c\n" + b"1;2;3\n" * 4
    assert len(read("liste.csv", text, replace(LIMITS, rows=4, columns=3)).rows) == 4
    assert rule(text, rows=3) == "tables.too_many_rows"
    assert rule(text, columns=2) == "tables.too_many_columns"
    assert rule(text, file_bytes=len(text) - 1) == "tables.too_large"
    book = write_xlsx("x", ["a", "b", "c"], [[1, 2, 3]] * 4, at=AT)
    assert len(read("x.xlsx", book, replace(LIMITS, rows=4, columns=3)).rows) == 4
    assert rule(book, rows=3) == "tables.too_many_rows"
    assert rule(book, columns=2) == "tables.too_many_columns"


def made(*rows: list[object], hidden: bool = False, second: object = None) -> bytes:
    """A workbook as Excel would store these values: types guessed as when typed in."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for number, cells in enumerate([*rows]):
            sheet = book.get_worksheet_by_name("Daten") or book.add_worksheet("Daten")
            sheet.write_row(number, 0, cells)
        if second is not None:
            other = book.add_worksheet("Zweites")
            other.write(0, 0, second)
            other.activate()
        if hidden:
            book.get_worksheet_by_name("Daten").hide()
    return buffer.getvalue()


def test_numbers_of_a_workbook_lose_nothing_and_gain_nothing() -> None:
    values = [2023, 6435, 1234567.89, 0.1 + 0.2, 123456789012345, -5, 1e-7, 434.99999999999994]
    sheet = read("x.xlsx", made([f"s{n}" for n in range(8)], values))
    assert sheet.rows[0].cells == (
        *("2023", "6435", "1234567,89", "0,3", "123456789012345", "-5"),
        *("0,0000001", "435"),
    )


def test_days_truth_and_times_read_as_a_spreadsheet_shows_them() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["tag", "moment", "ja"])
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_datetime(1, 0, datetime(2024, 2, 29), day)  # noqa: DTZ001
        sheet.write_datetime(1, 1, datetime(2024, 2, 29, 13, 5, 7), day)  # noqa: DTZ001
        sheet.write_boolean(1, 2, True)
    assert read("x.xlsx", buffer.getvalue()).rows[0].cells == (
        "29.02.2024",
        "29.02.2024 13:05:07",
        "WAHR",
    )


def test_rows_of_a_workbook_keep_their_numbers() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 0, ["ags", "name"])
        sheet.write_row(6, 0, ["06435", "MKK"])
    sheet = read("x.xlsx", buffer.getvalue())
    assert (sheet.header_line, sheet.rows[0].line) == (3, 7)


def test_one_of_several_sheets_is_read_and_the_others_are_named() -> None:
    sheet = read("x.xlsx", made(["ags"], ["06435"], second="noch etwas"))
    assert (sheet.title, len(sheet.rows)) == ("Daten", 1)
    assert "Zweites" in sentence(sheet.remarks[0])
    with pytest.raises(Refused):  # the visible one has headings only; the hidden one is not read
        read("x.xlsx", made(["ags"], ["06435"], second="noch etwas", hidden=True))
    assert read("x.xlsx", made(["ags"], ["06435"])).remarks == ()


def test_a_formula_is_refused_by_sheet_and_cell_wherever_it_stands() -> None:
    assert "„Daten“ steht in B2 eine Formel" in said(made(["a", "b"], ["x", "=1+1"]))
    assert "„Zweites“ steht in A1 eine Formel" in said(made(["a"], ["x"], second="=Daten!A1"))
    hidden = HEAD + '<row r="2"><c r="A2"><v>5</v></c><c><q:f xmlns:q="x">1</q:f></c></row>'
    assert "„Blatt1“ steht in B2 eine Formel" in said(workbook(hidden))


def test_a_text_that_looks_like_a_formula_is_text() -> None:
    book = write_xlsx("x", ["a"], [["=1+1"], ["<f>2</f>"]], at=AT)
    assert cells(read("x.xlsx", book)) == [("=1+1",), ("<f>2</f>",)]


def test_error_values_are_not_empty_cells() -> None:
    book = workbook(HEAD + '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>')
    assert "in A2 ein Fehlerwert" in said(book)


def test_characters_that_no_database_takes_are_refused_by_cell() -> None:
    book = workbook(HEAD + '<row r="2"><c r="A2" t="inlineStr"><is><t>a_x0000_b</t></is></c></row>')
    assert "enthält A2 Zeichen" in said(book)


def test_macros_are_refused_by_part_and_by_type() -> None:
    plain = parts(HEAD + row(2, "6435"))
    assert read("x.xlsx", zipped(plain)).rows[0].cells == ("6435",)
    assert rule(zipped({**plain, "xl/vbaProject.bin": b"x"})) == "tables.macros"
    assert rule(zipped(parts(HEAD, kind="sheet.macroEnabled.main"))) == "tables.macros"
    types = plain["[Content_Types].xml"].replace("worksheet+xml", "macrosheet+xml")
    assert rule(zipped({**plain, "[Content_Types].xml": types})) == "tables.macros"


def test_other_archives_are_named() -> None:
    ods = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}
    assert "OpenDocument (.ods)" in said(zipped(ods))
    assert "Art ZIP" in said(zipped({"brief.txt": "x"}))


def test_an_encrypted_archive_is_said_to_be_protected() -> None:
    content = bytearray(workbook(HEAD + row(2, "1")))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1  # the flag in the directory
    assert rule(bytes(content)) == "tables.encrypted"


@pytest.mark.parametrize("lies", [False, True])
def test_a_zip_bomb_is_refused_without_being_unpacked(lies: bool) -> None:
    """Whether its directory states the true size or a small one."""
    content = bytearray(
        zipped({**parts(HEAD + row(2, "1")), "xl/media/x.xml": b"\0" * 300_000_000})
    )
    assert len(content) < 1_000_000
    if lies:
        place = content.rindex(b"PK\x01\x02")
        content[place + 24 : place + 28] = struct.pack("<L", 50)
    tracemalloc.start()
    try:
        assert rule(bytes(content)) == "tables.unpacks_too_large"
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 150_000_000


def test_a_stated_size_below_the_true_one_is_damage() -> None:
    content = bytearray(workbook(HEAD + row(2, "1")))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<L", 50)
    assert rule(bytes(content)) == "tables.damaged"


def test_stray_cells_far_out_do_not_fill_the_memory() -> None:
    assert rule(workbook(HEAD + row(1_048_576, "1"))) == "tables.too_many_rows"
    far = HEAD + '<row r="2"><c r="XFD2"><v>1</v></c></row>'
    assert rule(workbook(far)) == "tables.too_many_columns"
    wide = HEAD + '<row r="90000"><c r="GA90000"><v>1</v></c></row>'
    assert rule(workbook(wide)) == "tables.too_sparse"


def test_formats_down_to_the_end_of_a_sheet_do_no_harm() -> None:
    far = HEAD + row(2, "6435") + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert cells(read("x.xlsx", workbook(far))) == [("6435",)]


def test_one_long_text_repeated_by_reference_does_not_fill_the_memory() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 9_000))
    strings = f"<si><t>{'x' * 30_000}</t></si>"
    assert rule(workbook(HEAD + rows, strings=strings)) == "tables.unpacks_too_large"


def test_definitions_and_broken_parts_are_damage() -> None:
    plain = parts(HEAD + row(2, "1"))
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + plain["xl/worksheets/sheet1.xml"]
    for part, content in (
        ("xl/worksheets/sheet1.xml", bomb),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>"),
        ("xl/worksheets/sheet1.xml", workbook_row("<c r='??'><v>1</v></c>")),
        ("xl/worksheets/sheet1.xml", workbook_row("<c r='A1' t='s'><v>7</v></c>")),
        ("xl/workbook.xml", "nichts"),
    ):
        assert rule(zipped({**plain, part: content})) == "tables.damaged"
    del plain["xl/_rels/workbook.xml.rels"]
    assert rule(zipped(plain)) == "tables.damaged"


def workbook_row(inside: str) -> str:
    return parts(f'<row r="1">{inside}</row>')["xl/worksheets/sheet1.xml"]
