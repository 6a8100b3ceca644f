"""The bodies' table of an allocation as CSV; needs no Django.

``ags;name;COLUMN…;last_year_cents``: semicolon or comma between the fields, decimal comma or
point inside them. ``last_year_cents`` may be missing or empty. Columns that the key does not
weigh are passed over.
"""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO

from zielwerk.allocation.forms.files import quoted
from zielwerk.rulebook.allocation import Need, is_ags
from zielwerk.rulebook.refusal import Refusal, Refused, msg

AGS, NAME, LAST_YEAR = "ags", "name", "last_year_cents"

_NUMBER = re.compile(r"-?[0-9]{1,19}(?:([.,])[0-9]{1,12})?", re.ASCII)
_TWO_READINGS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}", re.ASCII)  # 1.234: 1234 or 1,234?
_CENTS = re.compile(r"[0-9]{1,19}", re.ASCII)
_FORMULA = ("=", "+", "@", "-")


@dataclass(frozen=True)
class Row:
    """One row of the table: its line in the file (from 1) and its fields by column."""

    line: int
    fields: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a table; ``columns`` in the order of its head."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_bodies(text: str, indicators: Collection[str], file: str) -> tuple[Need, ...]:
    """The needs of all rows, in their order; raises Refused with every fault of every row.

    ``indicators`` are the columns to read. Rules: ``programme.no_table``,
    ``programme.column_missing``, ``programme.column_twice``, ``programme.row_unfit``.
    """
    table = _table(text, file)
    if faults := tuple(_head_faults(table.columns, indicators, file)):
        raise Refused(*faults)
    signs = _decimal_signs(table.rows, indicators)
    first_lines: dict[str, int] = {}
    faults = tuple(
        fault
        for row in table.rows
        for fault in _row_faults(
            row, indicators, signs, first_lines.setdefault(row.fields[AGS], row.line)
        )
    )
    faults += tuple(_lost_zeros(table.rows))
    if faults:
        raise Refused(*(_placed(fault, file) for fault in faults))
    return tuple(
        Need(
            ags=row.fields[AGS],
            name=row.fields[NAME],
            values={column: _number(row.fields[column]) for column in indicators},
            last_year_cents=int(row.fields[LAST_YEAR]) if row.fields.get(LAST_YEAR) else None,
        )
        for row in table.rows
    )


def _table(text: str, file: str) -> Table:
    head_line = next(line for line in text.splitlines() if line.strip())
    delimiter = ";" if ";" in head_line else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    rows: list[Row] = []
    try:
        for record in reader:
            cells = [" ".join(cell.split()) for cell in record]
            if not any(cells):
                continue
            if not columns:
                columns = _without_blank_end(cells)
            elif len(cells) < len(columns) or any(cells[len(columns) :]):
                raise Refused(_wrong_length(file, reader.line_num, len(cells), len(columns)))
            else:
                rows.append(Row(reader.line_num, dict(zip(columns, cells, strict=False))))
    except csv.Error as error:
        sentence = msg("{file}, Zeile {line}: Das ist keine lesbare CSV-Zeile.")
        params = {"file": file, "line": reader.line_num}
        raise Refused(Refusal("programme.no_table", sentence, params)) from error
    return Table(tuple(columns), tuple(rows))


def _without_blank_end(cells: list[str]) -> list[str]:
    """Spreadsheets write separators behind the last column."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _wrong_length(file: str, line: int, count: int, expected: int) -> Refusal:
    return Refusal(
        "programme.row_unfit",
        msg("{file}, Zeile {line}: Felder in der Zeile: {found}, im Kopf: {expected}."),
        {"file": file, "line": line, "found": count, "expected": expected},
    )


def _head_faults(
    columns: Sequence[str], indicators: Collection[str], file: str
) -> Iterator[Refusal]:
    for column in sorted({column for column in columns if columns.count(column) > 1}):
        yield Refusal(
            "programme.column_twice",
            msg("{file}: Die Spalte „{column}“ kommt mehrfach vor."),
            {"file": file, "column": quoted(column)},
        )
    for column in (AGS, NAME, *indicators):
        if column not in columns:
            yield Refusal(
                "programme.column_missing",
                msg("{file}: Die Spalte „{column}“ fehlt. Vorhanden sind: {columns}."),
                {
                    "file": file,
                    "column": quoted(column),
                    "columns": quoted(", ".join(columns)),
                },
            )


def _decimal_signs(rows: Sequence[Row], indicators: Collection[str]) -> frozenset[str]:
    """The signs that surely stand before decimals somewhere in the table.

    ``1.234`` alone has two readings; beside ``0.5`` it has one.
    """
    texts = (row.fields[column] for row in rows for column in indicators)
    numbers = (_NUMBER.fullmatch(text) for text in texts if not _TWO_READINGS.fullmatch(text))
    return frozenset(match[1] for match in numbers if match and match[1])


def _row_faults(
    row: Row, indicators: Collection[str], signs: frozenset[str], first_line: int
) -> Iterator[Refusal]:
    ags = row.fields[AGS]
    for column, text in row.fields.items():
        if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
            sentence = msg(
                "{file}, Zeile {line}, Spalte „{column}“: „{text}“ ist eine Formel. Bitte nur "
                "Werte speichern."
            )
            yield _unfit(sentence, row, column=column)
            return
    if not is_ags(ags):
        sentence = msg(
            "{file}, Zeile {line}: „{text}“ ist kein Schlüssel einer Gebietskörperschaft: Er hat "
            "bis zu zwölf Ziffern und Buchstaben."
        )
        yield _unfit(sentence, row, column=AGS)
    elif first_line != row.line:
        sentence = msg("{file}, Zeile {line}: Der Schlüssel {text} steht schon in Zeile {first}.")
        yield _unfit(sentence, row, column=AGS, first=first_line)
    for column in indicators:
        if sentence := _number_fault(row.fields[column], signs):
            yield _unfit(sentence, row, column=column)
    last_year = row.fields.get(LAST_YEAR)
    if last_year and not _CENTS.fullmatch(last_year):
        sentence = msg(
            "{file}, Zeile {line}, Spalte „{column}“: „{text}“ ist kein Betrag in ganzen Cent "
            "ab null."
        )
        yield _unfit(sentence, row, column=LAST_YEAR)


def _lost_zeros(rows: Sequence[Row]) -> Iterator[Refusal]:
    """Keys of digits that are shorter than others: spreadsheets drop the zeros in front."""
    of_digits = [row for row in rows if row.fields[AGS].isdecimal()]
    longest = max((len(row.fields[AGS]) for row in of_digits), default=0)
    for row in of_digits:
        if len(row.fields[AGS]) < longest:
            sentence = msg(
                "{file}, Zeile {line}: „{text}“ hat weniger Ziffern als andere Schlüssel der "
                "Tabelle. Vielleicht fehlen führende Nullen."
            )
            yield _unfit(sentence, row, column=AGS)


def _number_fault(text: str, signs: frozenset[str]) -> str:
    """The fault of an indicator's value as a sentence; empty where it can be read."""
    if not text:
        return msg("{file}, Zeile {line}, Spalte „{column}“: Der Wert fehlt.")
    number = _NUMBER.fullmatch(text)
    if number is None:
        return msg(
            "{file}, Zeile {line}, Spalte „{column}“: „{text}“ ist keine Zahl (Ziffern, höchstens "
            "ein Komma oder Punkt, kein Tausenderzeichen)."
        )
    if text.startswith("-"):
        return msg("{file}, Zeile {line}, Spalte „{column}“: „{text}“ ist negativ.")
    if _TWO_READINGS.fullmatch(text) and signs != {number[1]}:
        return msg(
            "{file}, Zeile {line}, Spalte „{column}“: „{text}“ lässt sich als Tausender oder mit "
            "drei Nachkommastellen lesen. Bitte ohne Tausenderzeichen oder mit vier "
            "Nachkommastellen schreiben."
        )
    return ""


def _unfit(sentence: str, row: Row, *, column: str, **params: object) -> Refusal:
    text = quoted(row.fields[column])
    place = {"line": row.line, "column": quoted(column), "text": text}
    return Refusal("programme.row_unfit", sentence, {**place, **params})


def _placed(fault: Refusal, file: str) -> Refusal:
    return Refusal(fault.rule, fault.msgid, {"file": file, **fault.params})


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))
