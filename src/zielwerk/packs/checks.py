"""What must hold across the entries of a pack, beyond the form of each."""

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
    """Whatever holds for a time; both days inclusive, None is open."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


def holds_on(one: Dated, day: date) -> bool:
    """Is ``day`` within the validity?"""
    return (one.valid_from or date.min) <= day <= (one.valid_until or date.max)


def holds_during(one: Dated, year: int) -> bool:
    """Does the validity touch the calendar year?"""
    return _together(one.valid_from, one.valid_until, date(year, 1, 1), date(year, 12, 31))


def _together(
    start: date | None, end: date | None, other_start: date | None, other_end: date | None
) -> bool:
    return (start or date.min) <= (other_end or date.max) and (other_start or date.min) <= (
        end or date.max
    )


def unique(placed: Placed[E], field: str, values: Callable[[E], Iterable[str]], to: Report) -> None:
    """No value stands twice, whatever its capitals."""
    first: dict[str, tuple[Place, str]] = {}
    for place, one in placed:
        for value in values(one):
            earlier, spelling = first.setdefault(value.casefold(), (place, value))
            if earlier is not place:
                twin = earlier.as_first(field, spelling)
                to.add(place, field, _TWICE, near=value, value=value, **twin)


def known(
    placed: Placed[E],
    field: str,
    values: Callable[[E], Iterable[str]],
    among: Iterable[str],
    report: Report,
) -> None:
    """Every value is one of those that are declared."""
    declared = tuple(among)
    for place, one in placed:
        for value in values(one):
            if value not in declared:
                choices = ", ".join(declared) or "–"
                report.add(place, field, UNKNOWN, near=value, value=value, choices=choices)


D = TypeVar("D", bound=Dated)


def in_order(placed: Sequence[tuple[Place, D]], report: Report) -> None:
    """No validity ends before it begins."""
    for place, one in placed:
        if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
            report.add(place, place.latest("valid_until", "valid_from"), _ENDS_EARLY)


def not_at_once(
    placed: Sequence[tuple[Place, D]],
    field: str,
    values: Callable[[D], Iterable[str]],
    report: Report,
) -> None:
    """No value is held by two entries at the same time."""
    holders: dict[str, list[tuple[Place, D]]] = {}
    for place, one in placed:
        for value in {value.casefold(): value for value in values(one)}.values():
            for earlier, other in holders.setdefault(value.casefold(), []):
                if _together(one.valid_from, one.valid_until, other.valid_from, other.valid_until):
                    twin = earlier.as_first(field, value)
                    report.add(place, field, _OVERLAP, near=value, value=value, **twin)
            holders[value.casefold()].append((place, one))


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
    known(
        placed, "breaks", lambda body: [a for one in body.breaks for a in one.other], keys, report
    )


def measure_types(placed: Placed[MeasureType], report: Report) -> None:
    """Each code once, and no wording leads to two types."""
    unique(placed, "code", lambda one: (one.code,), report)
    unique(placed, "cues", lambda one: (one.label, *one.cues), report)


def deadlines(placed: Placed[Deadline], year: int, report: Report) -> None:
    """Each code once, and each day is in the calendar."""
    unique(placed, "code", lambda one: (one.code,), report)
    for place, one in placed:
        in_year = year + one.year_offset
        try:
            date(in_year, one.month, one.day)
        except ValueError:
            field = place.latest("day", "month", "year_offset")
            report.add(place, field, _NO_SUCH_DAY, day=one.day, month=one.month, year=in_year)


def allocation_keys(
    placed: Placed[AllocationKey],
    indicators: Iterable[str],
    earmarks: Iterable[str],
    report: Report,
) -> None:
    """One key an earmark, of declared indicators, with weights and limits that can hold."""
    unique(placed, "earmark", lambda one: (one.earmark,), report)
    known(placed, "earmark", lambda one: filter(None, (one.earmark,)), earmarks, report)
    known(placed, "weights", lambda one: one.weights, indicators, report)
    for place, one in placed:
        if not any(one.weights.values()):
            report.add(place, "weights", _NO_WEIGHT)
        if one.cap_cents is not None and one.cap_cents < (one.floor_cents or 0):
            report.add(place, place.latest("cap_cents", "floor_cents"), _CAP_BELOW)


def listed_clauses(
    files: Mapping[str, str], listed: Sequence[str], head: Place, report: Report
) -> None:
    """The year lists each file of a clause that is there, and no other.

    ``files`` are the files by their last name without ``.md``, ``listed`` such names in the
    order of the agreement, ``head`` is where they are listed.
    """
    for name in listed:
        if name not in files:
            report.add(head, "clauses", _NO_CLAUSE, near=name, value=name)
    for name, file in files.items():
        if name not in listed:
            at = DataFile(file, "")
            report.add_at(at, 1, "clauses", _UNLISTED, value=name, year_file=head.file.name)


def clauses(placed: Placed[Clause], report: Report) -> None:
    """Each number once, and each clause that is referred to exists."""
    seen: dict[str, str] = {}
    for place, one in placed:
        if one.number in seen:
            report.add(place, "number", _NUMBER, value=one.number, first_file=seen[one.number])
        seen.setdefault(one.number, place.file.name)
    known(placed, "refers_to", lambda one: one.refers_to, seen, report)


_NUMBER = msg("{file}, Zeile {line}, {field}: „{value}“ gibt es schon in {first_file}.")
_NO_CLAUSE = msg("{file}, Zeile {line}, {field}: Die Klausel „{value}“ fehlt im Ordner clauses.")
_UNLISTED = msg(
    "{file}, Zeile {line}, {field}: Die Klausel „{value}“ steht nicht in der Liste von {year_file}."
)
