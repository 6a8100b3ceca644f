"""Tables people send in and take away: CSV and XLSX, read strictly and written safely.

Needs no Django. Owns: file formats, the kinds of columns, the faults of single rows. Never:
what a table is for, the clock, or a decision whether a faulty table may be used.

Reading has two steps. :func:`read` makes a :class:`Sheet` of text cells out of a file or
refuses it as a whole; :func:`parse` reads the cells by declared columns and lists every
fault beside every sound row, so that a caller can show all of them and decide.
"""

from zielwerk.tables.columns import duplicates, parse
from zielwerk.tables.files import read
from zielwerk.tables.model import (
    LIMITS,
    Column,
    Kind,
    Limits,
    Numeral,
    Parsed,
    Record,
    Remark,
    Row,
    RowFault,
    Sheet,
)
from zielwerk.tables.writing import Cell, csv_parts, write_xlsx

__all__ = [
    "LIMITS",
    "Cell",
    "Column",
    "Kind",
    "Limits",
    "Numeral",
    "Parsed",
    "Record",
    "Remark",
    "Row",
    "RowFault",
    "Sheet",
    "csv_parts",
    "duplicates",
    "parse",
    "read",
    "write_xlsx",
]
