"""What a programme year takes over from the year before, and what it changes.

``year.toml`` of a later year states only what differs. An entry is the same one where its key
is (its code, of an allocation key the earmark): then it states the fields that change and takes
over the others. What is new stands after the rest. ``[remove]`` names the keys of entries that
are gone, ``[order]`` those that come first, in this order. A year's names and what was
published of it are its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zielwerk.packs.checks import UNKNOWN
from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.files import entry, stated
from zielwerk.packs.model import Entry

Raw = tuple[Place, Any]
"""An entry as TOML has it, with its place."""

_OF_ONE_YEAR = ("label", "budget_name", "published_total_cents", "published_total_source")


@dataclass(frozen=True)
class Statements:
    """All that a year says as it is written, in its own file or in an earlier one.

    ``head`` is what stands above the tables, ``tables`` the entries by the table's name.
    """

    head: tuple[Place, dict[str, Any]]
    tables: dict[str, list[Raw]]


NOTHING = Statements((Place(DataFile("", "")), {}), {})
"""What stands before a programme's first year."""


class _Changes(Entry):
    """Keys of entries by table: which are gone, and which come first."""

    remove: dict[str, tuple[str, ...]] = {}
    order: dict[str, tuple[str, ...]] = {}


def take_over(
    file: DataFile,
    data: dict[str, Any],
    before: Statements,
    tables: Iterable[str],
    report: Report,
) -> Statements:
    """What ``year.toml`` (its ``data``) says on top of the year before."""
    named = {name: data.pop(name) for name in ("remove", "order") if name in data}
    changes = entry(_Changes, named, Place(file), report) or _Changes()
    _tell_unknown(Place(file, "remove"), changes.remove, tables, before.tables, report)
    merged = {}
    for table in tables:
        gone = changes.remove.get(table, ())
        earlier = [raw for raw in before.tables.get(table, ()) if _key(raw) not in gone]
        merged[table] = _merged(stated(file, data, table, report), earlier)
    _tell_unknown(Place(file, "order"), changes.order, tables, merged, report)
    for table in merged.keys() & changes.order.keys():
        merged[table] = _ordered(merged[table], changes.order[table])
    return Statements(_head(file, data, *before.head), merged)


def _head(
    file: DataFile, own: dict[str, Any], before: Place, earlier: dict[str, Any]
) -> tuple[Place, dict[str, Any]]:
    kept = {name: value for name, value in earlier.items() if name not in _OF_ONE_YEAR}
    return _taken_over(Place(file), own, before, kept)


def _taken_over(
    place: Place, own: dict[str, Any], before: Place, earlier: dict[str, Any]
) -> tuple[Place, dict[str, Any]]:
    """What is stated at ``place``, and what was stated ``before`` and is not changed there."""
    inherited = frozenset(earlier) - frozenset(own)
    at = Place(place.file, place.table, place.index, before, inherited)
    return at, {**earlier, **own}


def _merged(own: Iterable[Raw], earlier: Iterable[Raw]) -> list[Raw]:
    """The entries of the year before in their order, changed or not, then what is new."""
    merged = {_key(raw): raw for raw in earlier}
    new: list[Raw] = []
    for place, fields in own:
        key = _key((place, fields))
        if key not in merged or not isinstance(fields, dict):
            new.append((place, fields))
            continue
        changed = _taken_over(place, fields, *merged[key])
        if merged[key][0].file is place.file:  # the same key twice in one file, told by a check
            new.append(changed)
        else:
            merged[key] = changed
    return [*merged.values(), *new]


def _ordered(raws: list[Raw], first: tuple[str, ...]) -> list[Raw]:
    rank = {key: n for n, key in enumerate(first)}
    return sorted(raws, key=lambda raw: rank.get(_key(raw), len(rank)))


def _key(raw: Raw) -> str:
    """What tells an entry apart from the others of its table."""
    place, fields = raw
    name = "earmark" if place.table == "allocation_key" else "code"
    return str(fields.get(name, "")) if isinstance(fields, dict) else ""


def _tell_unknown(
    place: Place,
    named: Mapping[str, tuple[str, ...]],
    tables: Iterable[str],
    there: Mapping[str, list[Raw]],
    report: Report,
) -> None:
    """Only what was there can go, and only what is there can be put in order."""
    for table, keys in named.items():
        if table not in tables:
            choices = ", ".join(tables)
            report.add(place, table, UNKNOWN, value=table, choices=choices)
            continue
        known = [_key(raw) for raw in there.get(table, ())]
        for key in keys:
            if key not in known:
                choices = ", ".join(known) or "–"
                report.add(place, table, UNKNOWN, near=key, value=key, choices=choices)
