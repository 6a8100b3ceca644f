"""What a database holds, in figures that two copies of it can be compared by."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SUM = 2**256


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and a sum of their hashes that no order changes."""

    rows: int
    digest: str


def table(rows: Iterable[Sequence[object]]) -> Table:
    """The figures of a table's rows, each with its columns in the table's order.

    >>> table([(1, "a"), (2, None)]) == table([(2, None), (1, "a")])
    True
    """
    count = total = 0
    for row in rows:
        said = "\x1f".join(_said(cell) for cell in row)
        total += int.from_bytes(hashlib.sha256(said.encode()).digest())
        count += 1
    return Table(count, f"{total % SUM:064x}")


def _said(cell: object) -> str:
    """A value as one text; kinds that look alike stay apart."""
    if isinstance(cell, bytes | bytearray | memoryview):
        return "bytes:" + hashlib.sha256(cell).hexdigest()
    return f"{type(cell).__name__}:{cell!r}"


def differences(then: dict[str, Table], now: dict[str, Table]) -> Iterator[str]:
    """The names of tables that are missing, additional, or hold something else."""
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            yield name
