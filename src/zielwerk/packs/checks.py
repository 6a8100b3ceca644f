"""Checks across the entries of a pack, beyond the form of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.model import AllocationKey, Body, Clause, Deadline, Entry, MeasureType
from zielwerk.rulebook.refusal import msg

E = TypeVar("E", bound=Entry)
Placed = Sequence[tuple[Place, E]]

_TWICE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gibt es schon, zuerst in {first_file}, Zeile"
    " {first_line}."
)
_ENDS_EARLY = msg("{file}, Zeile {line}, {field}: Das Ende liegt vor dem Beginn.")
_OVERLAP = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gilt hier zur selben Zeit wie in {first_file},"
    " Zeile {first_line}."
)
_NO_SUCH_DAY = msg("{file}, Zeile {line}, {field}: Den Tag {day}.{month}.{year} gibt es nicht.")
_NO_SUCH_FIELD = msg("{file}, Zeile {line}, {field}: Eine Angabe „{value}“ gibt es hier nicht.")
UNKNOWN = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gibt es hier nicht; möglich sind: {choices}."
)
_NO_WEIGHT = msg("{file}, Zeile {line}, {field}: Kein Gewicht ist größer als null.")
_CAP_BELOW = msg("{file}, Zeile {line}, {field}: Der Höchstbetrag liegt unter dem Mindestbetrag.")


class Dated(Protocol):
    """An entry with a validity; both days inclusive, None is open."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


def holds_on(entry: Dated, day: date) -> bool:
    """Is ``day`` within the validity?"""
    return (entry.valid_from or date.min) <= day <= (entry.valid_until or date.max)


def holds_during(entry: Dated, year: int) -> bool:
    """Does the validity touch the calendar year?"""
    return _together(entry.valid_from, entry.valid_until, date(year, 1, 1), date(year, 12, 31))


def _together(
    start: date | None, end: date | None, other_start: date | None, other_end: date | None
) -> bool:
    return (start or date.min) <= (other_end or date.max) and (other_start or date.min) <= (
        end or date.max
    )


def unique(
    placed: Placed[E], field: str, values: Callable[[E], Iterable[str]], report: Report
) -> None:
    """No value occurs twice, whatever its capitals."""
    first: dict[str, tuple[Place, str]] = {}
    for place, entry in placed:
        for value in values(entry):
            earlier, spelling = first.setdefault(value.casefold(), (place, value))
            if earlier is not place:
                twin = earlier.as_first(field, spelling)
                report.add(place, field, _TWICE, near=value, value=value, **twin)


def declared_only(
    placed: Placed[E],
    field: str,
    values: Callable[[E], Iterable[str]],
    allowed: Iterable[str],
    report: Report,
) -> None:
    """Every value is one of those that are declared."""
    declared = tuple(allowed)
    for place, entry in placed:
        for value in values(entry):
            if value not in declared:
                choices = ", ".join(declared) or "–"
                report.add(place, field, UNKNOWN, near=value, value=value, choices=choices)


D = TypeVar("D", bound=Dated)


def in_order(placed: Sequence[tuple[Place, D]], report: Report) -> None:
    """No validity ends before it begins."""
    for place, entry in placed:
        if entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from:
            report.add(place, place.latest("valid_until", "valid_from"), _ENDS_EARLY)


def not_at_once(
    placed: Sequence[tuple[Place, D]],
    field: str,
    values: Callable[[D], Iterable[str]],
    report: Report,
) -> None:
    """No value is held by two entries at the same time."""
    holders: dict[str, list[tuple[Place, D]]] = {}
    for place, entry in placed:
        for value in {value.casefold(): value for value in values(entry)}.values():
            for earlier, neighbour in holders.setdefault(value.casefold(), []):
                if _together(
                    entry.valid_from, entry.valid_until, neighbour.valid_from, neighbour.valid_until
                ):
                    twin = earlier.as_first(field, value)
                    report.add(place, field, _OVERLAP, near=value, value=value, **twin)
            holders[value.casefold()].append((place, entry))


def bodies(placed: Placed[Body], report: Report) -> None:
    """Each body once at a time, no spelling for two, ``assumed`` names fields of a body."""
    in_order(placed, report)
    not_at_once(placed, "ags", lambda body: (body.ags,), report)
    not_at_once(placed, "name", lambda body: (body.name, *body.variants), report)
    for place, body in placed:
        for value in body.assumed:
            if value not in Body.model_fields:
                report.add(place, "assumed", _NO_SUCH_FIELD, near=value, value=value)
    not_at_once(placed, "tile", lambda body: [str(list(body.tile))] if body.tile else [], report)
    keys = dict.fromkeys(body.ags for _, body in placed)
    declared_only(
        placed,
        "breaks",
        lambda body: [a for series_break in body.breaks for a in series_break.other],
        keys,
        report,
    )


def measure_types(placed: Placed[MeasureType], report: Report) -> None:
    """Each code once, and no wording leads to two types."""
    unique(placed, "code", lambda kind: (kind.code,), report)
    unique(placed, "cues", lambda kind: (kind.label, *kind.cues), report)


def deadlines(placed: Placed[Deadline], year: int, report: Report) -> None:
    """Each code once, and each day is in the calendar."""
    unique(placed, "code", lambda deadline: (deadline.code,), report)
    for place, deadline in placed:
        in_year = year + deadline.year_offset
        try:
            date(in_year, deadline.month, deadline.day)
        except ValueError:
            field = place.latest("day", "month", "year_offset")
            report.add(
                place, field, _NO_SUCH_DAY, day=deadline.day, month=deadline.month, year=in_year
            )


def allocation_keys(
    placed: Placed[AllocationKey],
    indicators: Iterable[str],
    earmarks: Iterable[str],
    report: Report,
) -> None:
    """One key an earmark, of declared indicators, with weights and limits that can hold."""
    unique(placed, "earmark", lambda key: (key.earmark,), report)
    declared_only(placed, "earmark", lambda key: filter(None, (key.earmark,)), earmarks, report)
    declared_only(placed, "weights", lambda key: key.weights, indicators, report)
    for place, key in placed:
        if not any(key.weights.values()):
            report.add(place, "weights", _NO_WEIGHT)
        if key.cap_cents is not None and key.cap_cents < (key.floor_cents or 0):
            report.add(place, place.latest("cap_cents", "floor_cents"), _CAP_BELOW)


def listed_clauses(
    files: Mapping[str, str], names: Sequence[str], head: Place, report: Report
) -> None:
    """The year lists each file of a clause that is there, and no other.

    ``files`` are the files by their last name without ``.md``, ``names`` such names in the
    order of the agreement, ``head`` is where they are listed.
    """
    for name in names:
        if name not in files:
            report.add(head, "clauses", _NO_CLAUSE, near=name, value=name)
    for name, file in files.items():
        if name not in names:
            data_file = DataFile(file, "")
            report.add_at(data_file, 1, "clauses", _UNLISTED, value=name, year_file=head.file.name)


def clauses(placed: Placed[Clause], report: Report) -> None:
    """Each number once, and each clause that is referred to exists."""
    numbers: dict[str, str] = {}
    for place, clause in placed:
        if clause.number in numbers:
            report.add(
                place, "number", _NUMBER, value=clause.number, first_file=numbers[clause.number]
            )
        numbers.setdefault(clause.number, place.file.name)
    declared_only(placed, "refers_to", lambda clause: clause.refers_to, numbers, report)


_NUMBER = msg("{file}, Zeile {line}, {field}: „{value}“ gibt es schon in {first_file}.")
_NO_CLAUSE = msg("{file}, Zeile {line}, {field}: Die Klausel „{value}“ fehlt im Ordner clauses.")
_UNLISTED = msg(
    "{file}, Zeile {line}, {field}: Die Klausel „{value}“ steht nicht in der Liste von {year_file}."
)
