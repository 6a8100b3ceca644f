"""From a pack's TOML to typed entries that know their place in the file."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.folders import holding
from zielwerk.packs.model import Entry
from zielwerk.packs.opening import content
from zielwerk.rulebook.refusal import msg

E = TypeVar("E", bound=Entry)

MOST_BYTES = 1_000_000
"""A file of a pack is written by hand; a larger one is none."""

DEEPEST = 20
"""So many parts a key may have, and so deep tables and lists may lie in each other."""

LONGEST_TOLD = 80
"""So much of a key is told."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(
    rf"(?:^|[\[{{,])[ \t]*+{_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{DEEPEST}}}", re.MULTILINE
)
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")


def read_file(path: Path, root: Path, report: Report) -> DataFile | None:
    """The text of a pack's file, or None and a fault: missing, too large or not UTF-8."""
    name = path.relative_to(root).as_posix()
    try:
        data = content(path, MOST_BYTES)
    except FileNotFoundError:
        report.add_missing_file(name)
        return None
    if data is None:
        odd = msg("{file}: Das ist keine gewöhnliche Datei, und ein Paket besteht nur aus solchen.")
        report.add_at(DataFile(name, ""), 1, "", odd)
        return None
    if len(data) > MOST_BYTES:
        large = msg("{file}: Die Datei ist größer als {most} Bytes.")
        report.add_at(DataFile(name, ""), 1, "", large, most=MOST_BYTES)
        return None
    try:
        return DataFile(name, data.decode("utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        foreign = msg("{file}, Zeile {line}: Die Datei ist kein Text in UTF-8.")
        report.add_at(DataFile(name, ""), line, "", foreign)
        return None


def read_law(
    jurisdiction: str, root: Path | None, report: Report
) -> tuple[DataFile, dict[str, Any]] | None:
    """The file of a jurisdiction: of ``root``, or of those that ship where it has none there."""
    name = f"law/{jurisdiction}.toml"
    folder = holding(name, root)
    return read_toml(folder / name, folder, report)


def parse(file: DataFile, toml: str, report: Report) -> dict[str, Any] | None:
    """The data of ``toml``, whose lines are numbered as in ``file``; None with a fault."""
    try:
        return loads(toml)
    except (ValueError, RecursionError) as error:  # also a number too long, tables too deep
        match = re.search(r"at line (\d+)", str(error))
        lines = toml.splitlines()
        line = int(match[1]) if match else _longest(lines)
        key = _KEY.match(lines[line - 1]) if line <= len(lines) else None
        if key:
            sentence = msg("{file}, Zeile {line}, {field}: Das ist kein gültiges TOML.")
        else:
            sentence = msg("{file}, Zeile {line}: Das ist kein gültiges TOML.")
        report.add_at(file, line, key[1][:LONGEST_TOLD] if key else "", sentence)
        return None


def loads(toml: str) -> dict[str, Any]:
    """The data of a TOML text written by hand; raises ValueError or RecursionError.

    A key of very many parts takes the parser time with the square of their number, and makes
    tables so deep that nothing can walk them.
    """
    if long := _LONG_KEY.search(toml):
        raise ValueError(
            f"a key of too many parts (at line {toml.count(chr(10), 0, long.end()) + 1})"
        )
    data = tomllib.loads(toml)
    level: list[Any] = [data]
    for _ in range(DEEPEST):
        level = [
            below for each in level if isinstance(each, dict | list) for below in _within(each)
        ]
        if not level:
            return data
    raise RecursionError


def _within(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _longest(lines: list[str]) -> int:
    """The longest line (from 1): a text too long or too deep for the parser is on it."""
    return max(range(len(lines)), key=lambda n: len(lines[n]), default=0) + 1


def read_toml(path: Path, root: Path, report: Report) -> tuple[DataFile, dict[str, Any]] | None:
    """A TOML file and its data; None where a fault was noted."""
    file = read_file(path, root, report)
    data = parse(file, file.text, report) if file else None
    return None if file is None or data is None else (file, data)


def entry(kind: type[E], raw: object, place: Place, report: Report) -> E | None:
    """One typed entry; None where its faults were noted."""
    try:
        return kind.model_validate(_frozen(raw))
    except ValidationError as error:
        report.add_invalid(place, error)
        return None


def entries(
    kind: type[E], file: DataFile, data: dict[str, Any], table: str, report: Report
) -> list[tuple[Place, E]]:
    """All ``[[table]]`` of a file as typed entries with their places, faulty ones left out."""
    return typed(kind, raw_entries(file, data, table, report), report)


def raw_entries(
    file: DataFile, data: dict[str, Any], table: str, report: Report
) -> list[tuple[Place, Any]]:
    """All ``[[table]]`` of a file as they are written, with their places; taken out of ``data``."""
    raws = data.pop(table, [])
    if not isinstance(raws, list):
        sentence = msg("{file}, Zeile {line}, {field}: Erwartet wird eine Liste, also [[{field}]].")
        report.add(Place(file), table, sentence)
        return []
    return [(Place(file, table, index), raw) for index, raw in enumerate(raws)]


def typed(
    kind: type[E], raws: Iterable[tuple[Place, Any]], report: Report
) -> list[tuple[Place, E]]:
    """Entries as written turned into typed ones, faulty ones left out."""
    read = ((place, entry(kind, raw, place, report)) for place, raw in raws)
    return [(place, entry) for place, entry in read if entry is not None]


def _frozen(value: object) -> object:
    """TOML's lists as tuples, because the schema converts no type silently."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value
