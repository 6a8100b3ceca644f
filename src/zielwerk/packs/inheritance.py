"""The inheritance of a programme year from the year before, and its changes.

``year.toml`` of a later year states only what differs. An entry is the same one where its key
is (its code, of an allocation key the earmark): then it states the fields that change and takes
over the others. New entries follow the others. ``[remove]`` names the keys of entries that
are gone, ``[order]`` those that come first, in this order. A year's names and what was
published of it are its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zielwerk.packs.checks import UNKNOWN
from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.files import entry, raw_entries
from zielwerk.packs.model import Entry

Raw = tuple[Place, Any]
"""An entry as TOML has it, with its place."""

_OF_ONE_YEAR = (
    "label",
    "label_en",
    "budget_name",
    "published_total_cents",
    "published_total_source",
)


@dataclass(frozen=True)
class Statements:
    """The entries of a year as written, in its own file or in an earlier one.

    ``head`` are the fields above the tables, ``tables`` the entries by the table's name.
    """

    head: tuple[Place, dict[str, Any]]
    tables: dict[str, list[Raw]]


NOTHING = Statements((Place(DataFile("", "")), {}), {})
"""The empty statements before a programme's first year."""


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
    """The entries of ``year.toml`` (its ``data``) on top of the year before."""
    changed = {name: data.pop(name) for name in ("remove", "order") if name in data}
    changes = entry(_Changes, changed, Place(file), report) or _Changes()
    _tell_unknown(Place(file, "remove"), changes.remove, tables, before.tables, report)
    merged = {}
    for table in tables:
        gone = changes.remove.get(table, ())
        earlier = [raw for raw in before.tables.get(table, ()) if _key(raw) not in gone]
        merged[table] = _merged(raw_entries(file, data, table, report), earlier)
    _tell_unknown(Place(file, "order"), changes.order, tables, merged, report)
    for table in merged.keys() & changes.order.keys():
        merged[table] = _ordered(merged[table], changes.order[table])
    return Statements(_head(file, data, *before.head), merged)


def _head(
    file: DataFile, fields: dict[str, Any], before: Place, earlier: dict[str, Any]
) -> tuple[Place, dict[str, Any]]:
    inherited = {name: value for name, value in earlier.items() if name not in _OF_ONE_YEAR}
    return _taken_over(Place(file), fields, before, inherited)


def _taken_over(
    place: Place, fields: dict[str, Any], before: Place, earlier: dict[str, Any]
) -> tuple[Place, dict[str, Any]]:
    """The fields at ``place``, with those of ``before`` that are not changed there.

    An English wording belongs to its German one and goes with it.
    """
    reworded = {f"{name}_en" for name in fields}
    earlier = {name: value for name, value in earlier.items() if name not in reworded}
    inherited = frozenset(earlier) - frozenset(fields)
    origin = Place(place.file, place.table, place.index, before, inherited)
    return origin, {**earlier, **fields}


def _merged(raws: Iterable[Raw], earlier: Iterable[Raw]) -> list[Raw]:
    """The entries of the year before in their order, changed or not, then the new ones."""
    merged = {_key(raw): raw for raw in earlier}
    new: list[Raw] = []
    for place, fields in raws:
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
    """The key of an entry within its table."""
    place, fields = raw
    name = "earmark" if place.table == "allocation_key" else "code"
    return str(fields.get(name, "")) if isinstance(fields, dict) else ""


def _tell_unknown(
    place: Place,
    changes: Mapping[str, tuple[str, ...]],
    tables: Iterable[str],
    raws: Mapping[str, list[Raw]],
    report: Report,
) -> None:
    """Only existing entries can be removed or put in order."""
    for table, keys in changes.items():
        if table not in tables:
            choices = ", ".join(tables)
            report.add(place, table, UNKNOWN, value=table, choices=choices)
            continue
        existing = [_key(raw) for raw in raws.get(table, ())]
        for key in keys:
            if key not in existing:
                choices = ", ".join(existing) or "–"
                report.add(place, table, UNKNOWN, near=key, value=key, choices=choices)
