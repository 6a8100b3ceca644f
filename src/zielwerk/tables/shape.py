"""From rows of texts to a sheet: one line of headings, rows that fit below."""

from collections.abc import Iterable, Iterator, Sequence

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.tables.model import Limits, Remark, Row, RowFault, Sheet
from zielwerk.tables.values import quoted

Raw = tuple[int, Sequence[str]]  # line and cells as in the file


def shaped(
    name: str,
    raw: Iterable[Raw],
    limits: Limits,
    *,
    title: str = "",
    remarks: tuple[Remark, ...] = (),
) -> Sheet:
    """The first line with content is the headings; lines without content are passed over.

    Separators behind the last heading, which spreadsheets write, do not count. Raises
    :class:`Refused` with ``tables.empty``, ``tables.no_rows``, ``tables.too_many_rows``,
    ``tables.too_many_columns``, ``tables.heading_empty`` or ``tables.heading_twice``.
    """
    filled = _filled(raw)
    header_line, first = next(filled, (0, ()))
    if not first:
        raise Refused(empty(name))
    header = tuple(" ".join(cell.split()) for cell in without_blank_end(first))
    _check_headings(name, header)
    rows: list[Row] = []
    faults: list[RowFault] = []
    for line, cells in filled:
        if len(rows) + len(faults) == limits.rows:
            raise Refused(too_many_rows(name, limits))
        cell_count = len(without_blank_end(cells))
        if len(cells) < len(header) or cell_count > len(header):
            faults.append(_row_length(line, min(len(cells), cell_count), len(header)))
        else:
            rows.append(Row(line, tuple(cells[: len(header)])))
    if not rows and not faults:
        sentence = msg("{file}: Unter den Überschriften steht keine Zeile.")
        raise Refused(Refusal("tables.no_rows", sentence, {"file": quoted(name)}))
    return Sheet(name, header, tuple(rows), header_line, tuple(faults), title, remarks)


def without_blank_end(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def letters(place: int) -> str:
    """A spreadsheet's name of a column: A for 0, Z for 25, AA for 26."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def empty(name: str) -> Refusal:
    return Refusal("tables.empty", msg("{file} ist leer."), {"file": quoted(name)})


def too_many_rows(name: str, limits: Limits) -> Refusal:
    return Refusal(
        "tables.too_many_rows",
        msg("{file} hat zu viele Zeilen; gelesen werden bis zu {limit}."),
        {"file": quoted(name), "limit": limits.rows},
    )


def too_many_columns(name: str, limits: Limits) -> Refusal:
    return Refusal(
        "tables.too_many_columns",
        msg("{file} hat zu viele Spalten; gelesen werden bis zu {limit}."),
        {"file": quoted(name), "limit": limits.columns},
    )


def _filled(raw: Iterable[Raw]) -> Iterator[Raw]:
    for line, cells in raw:
        if any(cell and not cell.isspace() for cell in cells):
            yield line, cells


def _check_headings(name: str, header: Sequence[str]) -> None:
    faults = [
        Refusal(
            "tables.heading_empty",
            msg("{file}: Die Spalte {letters} hat keine Überschrift."),
            {"file": quoted(name), "letters": letters(place)},
        )
        for place, heading in enumerate(header)
        if not heading
    ]
    folded = [heading.casefold() for heading in header]
    faults += [
        Refusal(
            "tables.heading_twice",
            msg("{file}: Die Überschrift „{column}“ steht in den Spalten {first} und {second}."),
            {
                "file": quoted(name),
                "column": quoted(heading),
                "first": letters(folded.index(heading.casefold())),
                "second": letters(place),
            },
        )
        for place, heading in enumerate(header)
        if heading and folded.index(heading.casefold()) != place
    ]
    if faults:
        raise Refused(*faults)


def _row_length(line: int, cell_count: int, expected: int) -> RowFault:
    sentence = msg("Felder in der Zeile: {found}, im Kopf: {expected}.")
    values = {"found": cell_count, "expected": expected}
    return RowFault(line, "", "", Refusal("tables.row_length", sentence, values))
