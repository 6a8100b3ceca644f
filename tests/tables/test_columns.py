"""What becomes of the cells of declared columns."""

from datetime import date
from fractions import Fraction

import pytest

from zielwerk.rulebook.money import Cents
from zielwerk.tables import Column, Kind, Numeral, Parsed, Row, Sheet, duplicates, parse

FIVE = "[0-9]{5}"
AGS = Column("ags", "AGS", Kind.KEY, ("Schlüssel",), pattern=FIVE, example="06435")
NAME = Column("name", "Gebietskörperschaft")
AMOUNT = Column("amount_cents", "Betrag", Kind.MONEY, required=False)


def table(*lines: tuple[str, ...]) -> Sheet:
    header, *rows = lines
    return Sheet("x", header, tuple(Row(n, cells) for n, cells in enumerate(rows, start=2)))


def one(kind: Kind, *cells: str, negative: bool = False, pattern: str = "") -> list[object]:
    """What a column of these cells holds; a fault by its rule."""
    column = Column("it", "It", kind, negative=negative, pattern=pattern)
    parsed = parse(table(("It",), *((cell,) for cell in cells)), [column])
    found: dict[int, object] = {record.line: record.values["it"] for record in parsed.rows}
    found |= {fault.line: fault.refusal.rule for fault in parsed.faults}
    return [found[line] for line in sorted(found)]


def test_headings_are_known_by_title_code_or_alias_in_any_order() -> None:
    sheet = table(("betrag", " schlüssel ", "NAME"), ("1,00", "06435", "MKK"))
    parsed = parse(sheet, [AGS, NAME, AMOUNT])
    assert parsed.faults == ()
    assert parsed.rows[0].values == {"ags": "06435", "name": "MKK", "amount_cents": 100}


def test_sound_rows_are_read_beside_every_fault() -> None:
    sheet = table(
        ("AGS", "Gebietskörperschaft", "Betrag"),
        ("06435", "MKK", "1.600.100,00"),
        ("6434X", "", "1,600"),
        ("06434", "HTK", ""),
    )
    parsed = parse(sheet, [AGS, NAME, AMOUNT])
    assert [(r.line, r.values["amount_cents"]) for r in parsed.rows] == [
        (2, 160_010_000),
        (4, None),
    ]
    assert isinstance(parsed.rows[0].values["amount_cents"], Cents)
    assert [(f.line, f.column_title, f.value, f.refusal.rule) for f in parsed.faults] == [
        (3, "AGS", "6434X", "tables.not_key"),
        (3, "Gebietskörperschaft", "", "tables.cell_empty"),
        (3, "Betrag", "1,600", "money.ambiguous"),
    ]


def rules(parsed: Parsed) -> list[tuple[str, str]]:
    return [(fault.column_title, fault.refusal.rule) for fault in parsed.faults]


def test_columns_missing_unknown_and_meant_twice_are_named() -> None:
    sheet = table(("AGS", "Schlüssel", "Farbe"), ("06435", "06435", "rot"))
    parsed = parse(sheet, [AGS, NAME, AMOUNT])
    assert rules(parsed) == [
        ("Schlüssel", "tables.column_twice"),
        ("Farbe", "tables.column_unknown"),
        ("Gebietskörperschaft", "tables.column_missing"),
    ]
    assert parsed.rows == ()


def test_extra_columns_are_passed_over_where_the_caller_says_so() -> None:
    sheet = table(("AGS", "Farbe"), ("06435", "rot"))
    assert parse(sheet, [AGS], extra=True).faults == ()
    assert parse(sheet, [AGS, AMOUNT], extra=True).rows[0].values == {
        "ags": "06435",
        "amount_cents": None,
    }


def test_missing_zeros_of_a_key_of_digits_come_back() -> None:
    cells = ("06435", "6435", Numeral("6435"), "006435", "06435000", "O6435", "٠٦٤٣٥", "0435")
    bad = ["tables.not_key"] * 5
    assert one(Kind.KEY, *cells, pattern=FIVE) == ["06435"] * 3 + bad
    assert one(Kind.KEY, "25", Numeral("1025"), pattern=FIVE) == ["00025", "01025"]


def test_a_key_is_what_the_pattern_of_its_column_says() -> None:
    cells = ("K01", "BE12", "K1", "k01", "01", "BE12X")
    bad = ["tables.not_key"] * 4
    assert one(Kind.KEY, *cells, pattern="[A-Z]{1,2}[0-9]{2}") == ["K01", "BE12", *bad]
    assert one(Kind.KEY, "1A", "11", pattern="[0-9A-Z]{3}") == ["tables.not_key"] * 2


def test_a_number_of_a_workbook_is_an_amount_with_one_reading() -> None:
    cells = (Numeral("1234,5"), Numeral("1600100"), Numeral("1,234"), Numeral("-1,5"))
    assert one(Kind.MONEY, *cells) == [
        123450,
        160010000,
        "tables.not_whole_cents",
        "money.negative",
    ]
    assert one(Kind.MONEY, Numeral("-1,5"), "-1,50", negative=True) == [-150, -150]
    assert one(Kind.MONEY, Numeral("1" + "0" * 20)) == ["tables.not_whole_cents"]


def test_numbers_are_exact_and_groups_are_told_from_decimals() -> None:
    assert one(Kind.NUMBER, "0,1", "12", "1.234.567,5", "1 234 567", "0.25") == [
        Fraction(1, 10),
        12,
        Fraction(12345675, 10),
        1234567,
        Fraction(1, 4),
    ]


@pytest.mark.parametrize(
    ("beside", "cell", "expected"),
    [
        ("7", "1.234", "tables.number_ambiguous"),
        ("7", "1,234", "tables.number_ambiguous"),
        ("0,5", "1.234", 1234),
        ("0,5", "1,234", Fraction(1234, 1000)),
        ("0.5", "1.234", Fraction(1234, 1000)),
        ("0.5", "1,234", "tables.number_ambiguous"),
        ("7", "1 234", 1234),
        ("1.234,5", "1.234", 1234),
        ("7", Numeral("1,234"), Fraction(1234, 1000)),
        ("7", "1,5,5", "tables.not_number"),
        ("7", "1e9", "tables.not_number"),
        ("7", "1.23.456", "tables.not_number"),
        ("7", "-1", "tables.number_negative"),
        ("7", "9" * 40, "tables.not_number"),
    ],
)
def test_a_number_with_two_readings_is_refused_unless_its_column_tells(
    beside: str, cell: str, expected: object
) -> None:
    assert one(Kind.NUMBER, beside, cell)[1] == expected


def test_days_and_years() -> None:
    assert one(Kind.DAY, "3.9.2024", "29.02.2024", "2024-09-03", "29.02.2023", "03.09.24", "x") == [
        date(2024, 9, 3),
        date(2024, 2, 29),
        date(2024, 9, 3),
        *["tables.not_day"] * 3,
    ]
    assert one(Kind.YEAR, "2024", Numeral("2026"), "24", "20244", "1024") == [
        2024,
        2026,
        *["tables.not_year"] * 3,
    ]


def test_text_is_composed_and_without_blanks_at_its_ends() -> None:
    assert one(Kind.TEXT, "  Tra\u0308ger \n") == ["Träger"]


def test_a_duplicate_names_the_line_that_came_first() -> None:
    sheet = table(("AGS", "Betrag"), ("06435", "1,00"), ("6435", "1,00"), ("06435", "2,00"))
    records = parse(sheet, [AGS, AMOUNT]).rows
    assert [(f.line, f.value, f.refusal.params["first"]) for f in duplicates(records, AGS)] == [
        (3, "06435", 2),
        (4, "06435", 2),
    ]
    assert [fault.line for fault in duplicates(records, AGS, AMOUNT)] == [3]
