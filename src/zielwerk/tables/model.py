"""The parts of a table: the sheet as it was sent, declared columns, faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from zielwerk.rulebook.refusal import Refusal


@dataclass(frozen=True)
class Limits:
    """Limits of reading a file that anybody may send.

    ``unpacked_bytes`` is what the parts of a workbook may come to; 100,000 rows of ten
    columns take about 40 million.
    """

    file_bytes: int = 10_000_000
    unpacked_bytes: int = 100_000_000
    rows: int = 100_000
    columns: int = 200


LIMITS = Limits()


class Numeral(str):
    """A cell that the workbook held as a number: its text has a decimal comma, no groups.

    A marker only: ``Numeral("1,234")`` is surely one and a bit, the text ``"1,234"`` is not.
    """

    __slots__ = ()


@dataclass(frozen=True)
class Row:
    """One row: ``line`` as a spreadsheet numbers it (from 1), one text for each heading.

    Cells are as they were sent, blanks and all; a cell without content is empty.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RowFault:
    """A fault of one row: its place, the text, and the reason.

    ``column_title`` and ``value`` are empty where the whole row is at fault; faults of the
    headings have the heading's line.
    """

    line: int
    column_title: str
    value: str
    refusal: Refusal


@dataclass(frozen=True)
class Remark:
    """A remark on a file that was read all the same."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Sheet:
    """A table as it was sent: unique, non-empty headings and the rows that fit them.

    ``faults`` are rows with too few or too many cells, which are not among ``rows``;
    ``header_line`` is the line of the headings; ``title`` names the sheet of a workbook and
    is empty for CSV.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    header_line: int = 1
    faults: tuple[RowFault, ...] = ()
    title: str = ""
    remarks: tuple[Remark, ...] = ()


class Kind(StrEnum):
    """The type of a column's values."""

    TEXT = "text"  # str: composed (NFC), without blanks at the ends
    KEY = "key"  # str that the column's pattern matches
    MONEY = "money"  # rulebook.money.Cents
    NUMBER = "number"  # fractions.Fraction
    DAY = "day"  # datetime.date
    YEAR = "year"  # int


@dataclass(frozen=True)
class Column:
    """A declared column.

    ``code`` names its values in a :class:`Record`; a heading is known by ``title``, by
    ``code`` or by one of ``aliases``, whatever the case and the blanks. ``required`` means
    that the column must be there and no cell of it empty; otherwise an empty cell, like a
    column that is not there, gives None. ``negative`` allows amounts and numbers below zero.
    ``pattern`` is the regular expression of keys, ``example`` one of them.
    """

    code: str
    title: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = True
    negative: bool = False
    pattern: str = ""
    example: str = ""


@dataclass(frozen=True)
class Record:
    """A sound row: its line, and by column code the values as :class:`Kind` says."""

    line: int
    values: Mapping[str, object]


@dataclass(frozen=True)
class Parsed:
    """Every sound row and every fault, both in the order of the file.

    Where a required column is missing, no row is sound.
    """

    rows: tuple[Record, ...]
    faults: tuple[RowFault, ...]
