"""Faults of a pack, with their places for its author.

Every fault is a sentence that names file, line and field. The parser of TOML keeps no
lines, so a place is found again in the text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from pydantic import ValidationError

from zielwerk.rulebook.refusal import Refusal, Refused, msg

T = TypeVar("T")

MOST_FAULTS = 200
"""So many faults are told; of more only the number."""

_LONGEST_VALUE = 80
_HEADER = re.compile(r"^\s*\[+\s*([\w.\-]+)\s*\]+")


class PackFaults(Refused):
    """A pack that cannot be used: all faults of its files at once, and nothing loaded."""


@dataclass(frozen=True)
class DataFile:
    """One file of a pack; ``name`` is its path below the folder of all packs."""

    name: str
    text: str

    def line_of(self, table: str, index: int, key: str = "", value: str = "") -> int:
        """Line (from 1) of ``value`` of ``key`` in the ``index``-th ``table``.

        Where that is not in the text (a missing key), the line of what should contain it.
        """
        lines = self._lines
        start, end = self._extent(table, index)
        line = _first(lines, start, end, rf"""\s*["']?{re.escape(key)}["']?\s*=""") if key else None
        if key and line is None:
            inner = f"{table}.{key}" if table else key
            line = _first(lines, start, len(lines), rf"\s*\[+\s*{re.escape(inner)}\s*\]")
        if line is not None and value:
            line = _first(lines, line, end, ".*" + re.escape(value)) or line
        return (start if line is None else line) + 1

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def _headers(self) -> list[tuple[int, str]]:
        lines = enumerate(self._lines)
        return [(n, match[1]) for n, line in lines if (match := _HEADER.match(line))]

    def _extent(self, table: str, index: int) -> tuple[int, int]:
        """First line of the ``index``-th table and the line after its last one (from 0)."""
        lines, headers = self._lines, self._headers
        if not table:
            return 0, headers[0][0] if headers else len(lines)
        starts = [n for n, name in headers if name == table]
        if index >= len(starts):  # written as an array of inline tables
            return _first(lines, 0, len(lines), rf"\s*{re.escape(table)}\s*=") or 0, len(lines)
        after = (n for n, name in headers if n > starts[index] and not name.startswith(f"{table}."))
        return starts[index], next(after, len(lines))


def _first(lines: list[str], start: int, end: int, pattern: str) -> int | None:
    matches = re.compile(pattern).match
    return next((n for n in range(start, end) if matches(lines[n])), None)


@dataclass(frozen=True)
class Place:
    """An entry's place: the file and the ``index``-th table of that name in it.

    An entry that changes one of the year before takes over the keys ``inherited``; they are
    written at its place ``before``.
    """

    file: DataFile
    table: str = ""
    index: int = 0
    before: "Place | None" = None
    inherited: frozenset[str] = frozenset()

    def of(self, key: str) -> "Place":
        """The place where ``key`` of this entry is written: here, or in an earlier year."""
        return self.before.of(key) if self.before and key in self.inherited else self

    def latest(self, *keys: str) -> str:
        """Of keys that clash, the first that is not taken over; else the first of all."""
        return next((key for key in keys if key not in self.inherited), keys[0])

    def line(self, key: str = "", value: str = "") -> int:
        """Line (from 1) in ``file`` of a key of this entry, or of ``value`` within it."""
        return self.file.line_of(self.table, self.index, key, value)

    def as_first(self, key: str, value: str = "") -> dict[str, Any]:
        """File and line of a key, for the sentence about what clashes with it."""
        place = self.of(key)
        return {"first_file": place.file.name, "first_line": place.line(key, value)}


class Report:
    """Collects the faults of a pack while it is read."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []
        self._untold = 0

    def add(
        self, place: Place, field: str, msgid: str, *, near: str = "", **params: object
    ) -> None:
        """Note a fault of ``field`` (dotted); ``near`` is a text on its line."""
        if self._is_full():
            return
        key = field.split(".")[0]
        origin = place.of(key)
        path = ".".join(filter(None, (origin.table, field)))
        self.add_at(origin.file, origin.line(key, near), path, msgid, **params)

    def add_at(self, file: DataFile, line: int, field: str, msgid: str, **params: object) -> None:
        """Note a fault whose line is known."""
        if self._is_full():
            return
        location: Mapping[str, object] = {"file": file.name, "line": line, "field": field}
        self.refusals.append(Refusal("packs.fault", msgid, {**location, **params}))

    def _is_full(self) -> bool:
        """Finding lines takes time, so a file full of faults is not searched to its end."""
        full = len(self.refusals) >= MOST_FAULTS
        self._untold += full
        return full

    def add_missing_file(self, name: str) -> None:
        """Note that a pack lacks a file it must have."""
        missing = msg("{file}: Die Datei fehlt.")
        self.refusals.append(Refusal("packs.file_missing", missing, {"file": name}))

    def add_invalid(self, place: Place, error: ValidationError) -> None:
        """Note the schema's faults, in sentences for people who write packs."""
        for fault in error.errors(include_url=False):
            field = ".".join(str(part) for part in fault["loc"] if isinstance(part, str))
            value = fault["input"] if isinstance(fault["input"], str | int | float) else ""
            choices = re.findall(r"'([^']+)'", str(fault.get("ctx", {}).get("expected", "")))
            self.add(
                place,
                field,
                _SENTENCES.get(fault["type"], _UNFIT),
                near=value if isinstance(value, str) and fault["type"] != "missing" else "",
                value=_shown(fault["input"]) if fault["type"] != "missing" else "",
                choices=", ".join(choices),
            )

    def gather(self, read: Callable[[], T]) -> T | None:
        """What ``read`` gives; None where it was refused for faults, which are noted."""
        try:
            return read()
        except PackFaults as faults:
            self.refusals += [each for each in faults.refusals if each not in self.refusals]
            return None

    def refuse_if_any(self) -> None:
        """Raise all faults together as :class:`PackFaults`."""
        if self._untold:
            self.refusals.append(Refusal("packs.more_faults", _MORE, {"count": self._untold}))
        if self.refusals:
            raise PackFaults(*self.refusals)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]} …"


_MORE = msg("… und weitere Fehler: {count}.")

MISSING = msg("{file}, Zeile {line}, {field}: Die Angabe fehlt.")
_NO_DATE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ ist kein Datum (JJJJ-MM-TT ohne Anführungszeichen)."
)
_NO_CHOICE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ ist nicht möglich; möglich sind: {choices}."
)
_TOO_SMALL = msg("{file}, Zeile {line}, {field}: {value} ist zu klein.")
_UNFIT = msg("{file}, Zeile {line}, {field}: „{value}“ passt hier nicht.")
_EMPTY = msg("{file}, Zeile {line}, {field}: Die Angabe ist leer.")
_SENTENCES = {
    "missing": MISSING,
    "string_too_short": _EMPTY,
    "too_short": _EMPTY,
    "extra_forbidden": msg("{file}, Zeile {line}, {field}: Diese Angabe ist nicht vorgesehen."),
    "date_type": _NO_DATE,
    "date_from_datetime_inexact": _NO_DATE,
    "int_type": msg("{file}, Zeile {line}, {field}: „{value}“ ist keine ganze Zahl."),
    "greater_than": _TOO_SMALL,
    "greater_than_equal": _TOO_SMALL,
    "less_than_equal": msg("{file}, Zeile {line}, {field}: {value} ist zu groß."),
    "string_type": msg(
        "{file}, Zeile {line}, {field}: „{value}“ ist kein Text in Anführungszeichen."
    ),
    "string_pattern_mismatch": msg(
        "{file}, Zeile {line}, {field}: „{value}“ hat nicht die verlangte Form."
    ),
    "bool_type": msg("{file}, Zeile {line}, {field}: „{value}“ ist weder true noch false."),
    "enum": _NO_CHOICE,
    "literal_error": _NO_CHOICE,
}
