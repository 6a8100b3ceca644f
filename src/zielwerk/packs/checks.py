"""What must hold across the entries of a pack, beyond the form of each."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from zielwerk.packs.faults import Place, Report
from zielwerk.packs.model import Body, Clause, Deadline, DemoAgreement, Entry, MeasureType
from zielwerk.rulebook.refusal import msg

E = TypeVar("E", bound=Entry)
Placed = Sequence[tuple[Place, E]]

_TWICE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gibt es schon, zuerst in Zeile {first_line}."
)
_ENDS_EARLY = msg("{file}, Zeile {line}, {field}: Das Ende liegt vor dem Beginn.")
_OVERLAP = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gilt hier zur selben Zeit wie in Zeile {first_line}."
)
_NO_SUCH_DAY = msg("{file}, Zeile {line}, {field}: Den Tag {day}.{month}.{year} gibt es nicht.")
_NO_SUCH_FIELD = msg("{file}, Zeile {line}, {field}: Eine Angabe „{value}“ gibt es hier nicht.")
_UNKNOWN_BODY = msg(
    "{file}, Zeile {line}, {field}: Eine Gebietskörperschaft {value} gibt es {year} nicht."
)
_UNKNOWN_TYPE = msg(
    "{file}, Zeile {line}, {field}: Die Maßnahmeart „{value}“ gibt es {year} nicht."
)


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
                line = earlier.line(field, spelling)
                to.add(place, field, _TWICE, near=value, value=value, first_line=line)


D = TypeVar("D", bound=Dated)


def in_order(placed: Sequence[tuple[Place, D]], report: Report) -> None:
    """No validity ends before it begins."""
    for place, one in placed:
        if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
            report.add(place, "valid_until", _ENDS_EARLY)


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
                    line = earlier.line(field, value)
                    report.add(place, field, _OVERLAP, near=value, value=value, first_line=line)
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
            report.add(place, "day", _NO_SUCH_DAY, day=one.day, month=one.month, year=in_year)


def clauses(placed: Placed[Clause], report: Report) -> None:
    """Each number once."""
    seen: dict[str, str] = {}
    sentence = msg("{file}, Zeile {line}, {field}: „{value}“ gibt es schon in {first_file}.")
    for place, one in placed:
        if one.number in seen:
            report.add(place, "number", sentence, value=one.number, first_file=seen[one.number])
        seen.setdefault(one.number, place.file.name)


def demo_agreements(
    placed: Placed[DemoAgreement],
    known_bodies: Iterable[Body],
    known_types: Iterable[str],
    year: int,
    report: Report,
) -> None:
    """One agreement a body, of bodies and measure types that the year knows."""
    known_ags = {body.ags for body in known_bodies if holds_during(body, year)}
    types = frozenset(known_types)
    unique(placed, "ags", lambda one: (one.ags,), report)
    for place, one in placed:
        if one.ags not in known_ags:
            report.add(place, "ags", _UNKNOWN_BODY, value=one.ags, year=year)
        for code, title in one.measures:
            if code not in types:
                report.add(place, "measures", _UNKNOWN_TYPE, near=title, value=code, year=year)
