"""The kinds of tables that may come in, as the rooms declare them on their shelf ``tables``."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from zielwerk.core.permissions import Actor
from zielwerk.imports.models import TableImport
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Cell, Column, Record, Remark, RowFault

Values = dict[str, object]
CellFault = tuple[Column, Refusal]
# Settles one row: puts codes for words in its values, and yields the faults of its cells.
Settle = Callable[[Values], Iterator[CellFault]]
Write = Callable[[Actor, TableImport, Sequence[Record], datetime], None]
Words = Mapping[str, str]  # word in the table -> its code


@dataclass(frozen=True)
class TableRules:
    """The columns of a table, the key columns that name a row, and the rule of a row.

    ``words`` are the words that a column (by its code) may hold, where they are a closed list.
    """

    columns: tuple[Column, ...]
    named_by: tuple[Column, ...]
    settle: Settle
    words: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))

    def word_for(self, column: Column, code: str) -> str:
        """The word that stands for a code in a column; the code where there is none."""
        labels = {code: word for word, code in self.words.get(column.code, {}).items()}
        return labels.get(code, code)


def no_rows(programme: str, year: int) -> list[list[Cell]]:
    return []


def no_remarks(table: TableImport, rows: Sequence[Record]) -> Iterator[Remark]:
    return iter(())


@dataclass(frozen=True)
class TableKind:
    """A kind of table: its names, the rules of its rows, how they are written.

    ``slug`` stands in addresses; ``options`` are the fields of the form for facts that the
    rows do not hold; ``is_of_year``: all rows are of one programme year, else each row names
    its own. ``rules`` takes programme and year, so does ``first_rows`` (the rows that an empty
    template already holds); ``remarks`` are those that only all rows together show.
    """

    code: str
    slug: str
    title: str
    label: str
    meaning: str
    rules: Callable[[str, int], TableRules]
    write: Write
    options: tuple[str, ...] = ()
    is_of_year: bool = False
    first_rows: Callable[[str, int], list[list[Cell]]] = no_rows
    remarks: Callable[[TableImport, Sequence[Record]], Iterator[Remark]] = no_remarks


KINDS: dict[str, TableKind] = {}


def declare(*kinds: TableKind) -> None:
    """Add a room's kinds of tables; a code stands once."""
    for kind in kinds:
        if KINDS.setdefault(kind.code, kind) != kind:
            raise ValueError(f"the kind of table {kind.code} is declared twice")


def kind_of(table: TableImport) -> TableKind:
    return KINDS[table.kind]


def settle_rows(records: Iterable[Record], settle: Settle) -> tuple[list[Record], list[RowFault]]:
    """The sound rows with codes for words, and every fault of the others."""
    sound: list[Record] = []
    faults: list[RowFault] = []
    for record in records:
        values = dict(record.values)
        cell_faults = list(settle(values))
        faults += (_fault(record, column, refusal) for column, refusal in cell_faults)
        if not cell_faults:
            sound.append(Record(record.line, values))
    return sound, faults


def _fault(record: Record, column: Column, refusal: Refusal) -> RowFault:
    value = record.values.get(column.code)
    text = f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value or "")[:60]
    return RowFault(record.line, column.title, text, refusal)


def choice(row: Values, column: Column, words: Words) -> Iterator[CellFault]:
    """Put the code for the word (or the code itself); an empty cell is the code ""."""
    text = row[column.code]
    if text is None:
        row[column.code] = ""
        return
    codes = {_folded(code): code for code in words.values()}
    codes |= {_folded(word): code for word, code in words.items()}
    code = codes.get(_folded(str(text)))
    if code is None:
        sentence = msg("„{value}“ ist hier nicht vorgesehen. Möglich sind: {known}.")
        slots = {"value": str(text)[:60], "known": ", ".join(words) or "–"}
        yield column, Refusal("imports.no_such_word", sentence, slots)
    else:
        row[column.code] = code


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
