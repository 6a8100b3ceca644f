"""The inheritance of a programme year from the year before, and its changes.

``year.toml`` of a later year states only what differs. An entry is the same one where its key
is (its code, of an allocation key the earmark, of a stage its procedure and code): then it
states the fields that change and takes over the others. With a ``valid_from`` within the year
it is the next version of that entry: the one before ends the day before. New entries follow the
others. ``[remove]`` names the keys of entries that are gone, ``[order]`` those that come first,
in this order. A year's names and what was published of it are its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zielwerk.packs.checks import UNKNOWN
from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.files import entry, raw_entries
from zielwerk.packs.model import Entry

Raw = tuple[Place, Any]
"""An entry as TOML has it, with its place."""

_MERGED = ("application",)
"""Tables of the head that state what changes of the one before, field by field."""
_OF_ONE_YEAR = (
    "begins",
    "ends",
    "draft",
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
    begins: date,
    report: Report,
) -> Statements:
    """The entries of ``year.toml`` (its ``data``) on top of the year before.

    ``begins`` is the year's first day.
    """
    changed = {name: data.pop(name) for name in ("remove", "order") if name in data}
    changes = entry(_Changes, changed, Place(file), report) or _Changes()
    _tell_unknown(Place(file, "remove"), changes.remove, tables, before.tables, report)
    merged = {}
    for table in tables:
        gone = changes.remove.get(table, ())
        earlier = [raw for raw in before.tables.get(table, ()) if _name(raw) not in gone]
        raws = raw_entries(file, data, table, report)
        merged[table] = _merged(raws, earlier, begins)
    _tell_unknown(Place(file, "order"), changes.order, tables, merged, report)
    for table in merged.keys() & changes.order.keys():
        merged[table] = _ordered(merged[table], changes.order[table])
    return Statements(_head(file, data, *before.head), merged)


def _head(
    file: DataFile, fields: dict[str, Any], before: Place, earlier: dict[str, Any]
) -> tuple[Place, dict[str, Any]]:
    inherited = {name: value for name, value in earlier.items() if name not in _OF_ONE_YEAR}
    for name in _MERGED:
        own, older = fields.get(name), inherited.get(name)
        if isinstance(own, dict) and isinstance(older, dict):
            fields = {**fields, name: {**older, **own}}
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


def _merged(raws: Iterable[Raw], earlier: Iterable[Raw], begins: date) -> list[Raw]:
    """The entries of the year before in their order, changed or not, then the new ones."""
    merged: dict[str, list[Raw]] = {}
    for raw in earlier:
        merged.setdefault(_key(raw), []).append(raw)
    for place, fields in raws:
        key = _key((place, fields))
        versions = merged.setdefault(key, [])
        if not versions or not key or not isinstance(fields, dict):
            versions.append((place, fields))
            continue
        last_place, last = versions[-1]
        changed = _taken_over(place, fields, last_place, last)
        start = fields.get("valid_from")
        if isinstance(start, date) and start > begins and _began(last, start):
            versions[-1] = (last_place, {**last, "valid_until": start - timedelta(days=1)})
            if "valid_until" not in fields:
                changed[1].pop("valid_until", None)
            versions.append(changed)
        elif last_place.file is place.file:  # the same key twice in one file, told by a check
            versions.append(changed)
        else:
            versions[-1] = changed
    return [raw for versions in merged.values() for raw in versions]


def _began(fields: Mapping[str, object], day: date) -> bool:
    """Whether an entry holds before a day, so that another version may follow it."""
    start, end = fields.get("valid_from"), fields.get("valid_until")
    return (not isinstance(start, date) or start < day) and (
        not isinstance(end, date) or end >= day
    )


def _ordered(raws: list[Raw], first: tuple[str, ...]) -> list[Raw]:
    rank = {key: n for n, key in enumerate(first)}
    return sorted(raws, key=lambda raw: rank.get(_name(raw), len(rank)))


def _key(raw: Raw) -> str:
    """The key of an entry within its table."""
    place, fields = raw
    if not isinstance(fields, dict):
        return ""
    if place.table == "allocation_key":
        return f"earmark:{fields.get('earmark', '')}"
    code = str(fields.get("code", ""))
    return f"{fields.get('procedure', '')}.{code}" if place.table == "stage" else code


def _name(raw: Raw) -> str:
    """The key of an entry as authors write it: money without an earmark has an empty one."""
    return _key(raw).removeprefix("earmark:")


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
        existing = [_name(raw) for raw in raws.get(table, ())]
        for key in keys:
            if key not in existing:
                choices = ", ".join(existing) or "–"
                report.add(place, table, UNKNOWN, near=key, value=key, choices=choices)
