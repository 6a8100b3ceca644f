"""From a sheet to typed records by declared columns; every fault is listed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zielwerk.language import value_text
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.tables.model import Column, Kind, Parsed, Record, Row, RowFault, Sheet
from zielwerk.tables.values import decimal_signs, quoted, value_of


@dataclass(frozen=True)
class _Placed:
    """A declared column with its place in the sheet and the decimal signs it surely uses."""

    column: Column
    place: int
    signs: frozenset[str]


def parse(sheet: Sheet, columns: Sequence[Column], *, extra: bool = False) -> Parsed:
    """The rows of ``sheet`` read by ``columns``; order and case of the headings do not matter.

    ``extra`` passes over undeclared columns; without it each is a fault. A sound
    row has a value for every wanted column. Nothing is refused as a whole: the faults have
    the rules ``tables.column_missing``, ``tables.column_unknown``, ``tables.column_twice``,
    ``tables.row_length``, ``tables.cell_empty``, those of :func:`values.value_of` and those
    of :func:`~zielwerk.rulebook.money.parse_euro`.
    """
    places, faults = _match(sheet, columns, extra=extra)
    placed = [
        _Placed(column, places[column.code], _signs(sheet, column, places[column.code]))
        for column in columns
        if column.code in places
    ]
    absent = {column.code: None for column in columns if column.code not in places}
    is_whole = not any(column.required for column in columns if column.code in absent)
    records: list[Record] = []
    for row in sheet.rows:
        values, row_faults = _values(row, placed)
        faults += row_faults
        if is_whole and not row_faults:
            records.append(Record(row.line, {**absent, **values}))
    faults += sheet.faults
    return Parsed(tuple(records), tuple(sorted(faults, key=lambda fault: fault.line)))


def duplicates(records: Iterable[Record], *columns: Column) -> tuple[RowFault, ...]:
    """A fault (``tables.duplicate``) for each record whose values in ``columns`` came before.

    The first record with these values is sound; the fault names its line.
    """
    first: dict[tuple[object, ...], int] = {}
    faults = []
    for record in records:
        key = tuple(record.values[column.code] for column in columns)
        line = first.setdefault(key, record.line)
        if line != record.line:
            sentence = msg("Diese Angabe steht schon in Zeile {first}.")
            fault = Refusal("tables.duplicate", sentence, {"first": line})
            title = ", ".join(column.title for column in columns)
            value = ", ".join(value_text(part) for part in key)
            faults.append(RowFault(record.line, title, value, fault))
    return tuple(faults)


def _match(
    sheet: Sheet, columns: Sequence[Column], *, extra: bool
) -> tuple[dict[str, int], list[RowFault]]:
    """The place of each declared column in the sheet, and the faults of the headings."""
    by_heading = {
        _folded(name): column
        for column in columns
        for name in (column.code, *column.aliases, column.title)
    }
    places: dict[str, int] = {}
    faults: list[RowFault] = []
    for place, heading in enumerate(sheet.header):
        column = by_heading.get(_folded(heading))
        if column is None and not extra:
            faults.append(_unknown(sheet, heading, columns))
        elif column is not None and places.setdefault(column.code, place) != place:
            faults.append(_twice(sheet, heading, column, sheet.header[places[column.code]]))
    missing = (column for column in columns if column.required and column.code not in places)
    return places, faults + [_missing(sheet, column) for column in missing]


def _folded(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _signs(sheet: Sheet, column: Column, place: int) -> frozenset[str]:
    if column.kind is not Kind.NUMBER:
        return frozenset()
    return decimal_signs(row.cells[place] for row in sheet.rows)


def _values(row: Row, placed: Sequence[_Placed]) -> tuple[Mapping[str, object], list[RowFault]]:
    values: dict[str, object] = {}
    faults: list[RowFault] = []
    for placed_column in placed:
        cell = row.cells[placed_column.place]
        try:
            values[placed_column.column.code] = value_of(
                cell, placed_column.column, placed_column.signs
            )
        except Refused as refused:
            faults += _cell_faults(row, placed_column.column, cell, refused)
    return values, faults


def _cell_faults(row: Row, column: Column, cell: str, refused: Refused) -> Iterator[RowFault]:
    for refusal in refused.refusals:
        yield RowFault(row.line, column.title, quoted(cell), refusal)


def _unknown(sheet: Sheet, heading: str, columns: Sequence[Column]) -> RowFault:
    sentence = msg("Die Spalte „{column}“ ist hier nicht vorgesehen. Möglich sind: {columns}.")
    values = {"column": quoted(heading), "columns": ", ".join(column.title for column in columns)}
    fault = Refusal("tables.column_unknown", sentence, values)
    return RowFault(sheet.header_line, quoted(heading), "", fault)


def _twice(sheet: Sheet, heading: str, column: Column, first: str) -> RowFault:
    sentence = msg("Die Spalten „{first}“ und „{column}“ bedeuten dasselbe: {title}.")
    values = {"first": quoted(first), "column": quoted(heading), "title": column.title}
    fault = Refusal("tables.column_twice", sentence, values)
    return RowFault(sheet.header_line, quoted(heading), "", fault)


def _missing(sheet: Sheet, column: Column) -> RowFault:
    sentence = msg("Die Spalte „{column}“ fehlt. Vorhanden sind: {columns}.")
    values = {"column": column.title, "columns": quoted(", ".join(sheet.header), 200)}
    fault = Refusal("tables.column_missing", sentence, values)
    return RowFault(sheet.header_line, column.title, "", fault)
