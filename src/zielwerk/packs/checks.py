"""Checks across the entries of a pack, beyond the form of each."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.model import (
    AllocationKey,
    Body,
    BodyFact,
    BudgetOrder,
    Clause,
    Deadline,
    Entry,
    MeasureType,
    Parameter,
    Programme,
    Succession,
)
from zielwerk.rulebook.budget import ASSUMED_ORDERS, CHOICES, is_order
from zielwerk.rulebook.calendar import Dated, hold_together, holds_on
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tranche import Order

E = TypeVar("E", bound=Entry)
Placed = Sequence[tuple[Place, E]]

_TWICE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gibt es schon, zuerst in {first_file}, Zeile"
    " {first_line}."
)
_LISTED_TWICE = msg("{file}, Zeile {line}, {field}: „{value}“ steht zweimal da.")
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


_YES_OR_NO = msg("{file}, Zeile {line}, {field}: Hier steht 0 oder 1.")


def tranche_order(placed: Sequence[tuple[Place, Parameter]], code: str, report: Report) -> None:
    """The values of a parameter that says in which order tranches are taken."""
    choices = ", ".join(Order)
    for place, parameter in placed:
        if parameter.code == code and parameter.value not in set(Order):
            report.add(place, "value", _ONE_OF, choices=choices)


def yes_or_no(placed: Sequence[tuple[Place, Parameter]], code: str, report: Report) -> None:
    """The values of a parameter that says yes (1) or no (0)."""
    for place, parameter in placed:
        if parameter.code == code and parameter.value not in ("0", "1"):
            report.add(place, "value", _YES_OR_NO)


def few_days(placed: Sequence[tuple[Place, Parameter]], code: str, report: Report) -> None:
    """The values of a parameter that says a number of days, up to a month of working days."""
    for place, parameter in placed:
        if parameter.code == code and parameter.value not in map(str, range(MOST_DAYS + 1)):
            report.add(place, "value", _FEW_DAYS, most=MOST_DAYS)


MOST_DAYS = 20
_FEW_DAYS = msg("{file}, Zeile {line}, {field}: Hier steht eine Zahl von 0 bis {most}.")
_NO_ORDER = msg("{file}, Zeile {line}, {field}: Hier stehen {choices}, jedes genau einmal.")
_ONE_OF = msg("{file}, Zeile {line}, {field}: Hier steht genau eines von {choices}.")


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


def each_once(place: Place, field: str, values: Iterable[str], report: Report) -> None:
    """No value of a list occurs twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            report.add(place, field, _LISTED_TWICE, near=value, value=value)
        seen.add(value)


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


def budget_orders(placed: Placed[BudgetOrder], report: Report) -> None:
    """Each order names every place it is about, or one of its choices."""
    for place, entry in placed:
        if not is_order(entry.code, entry.order):
            choices = CHOICES.get(entry.code) or getattr(ASSUMED_ORDERS, entry.code)
            sentence = _ONE_OF if entry.code in CHOICES else _NO_ORDER
            report.add(place, "order", sentence, choices=", ".join(choices))


def not_at_once(
    placed: Sequence[tuple[Place, D]],
    field: str,
    values: Callable[[D], Iterable[str]],
    report: Report,
) -> bool:
    """No value is held by two entries at the same time; False where a fault was noted."""
    sound = True
    holders: dict[str, list[tuple[Place, D]]] = {}
    for place, entry in placed:
        for value in {value.casefold(): value for value in values(entry)}.values():
            for earlier, neighbour in holders.setdefault(value.casefold(), []):
                if hold_together(entry, neighbour):
                    twin = earlier.as_first(field, value)
                    report.add(place, field, _OVERLAP, near=value, value=value, **twin)
                    sound = False
            holders[value.casefold()].append((place, entry))
    return sound


def bodies(placed: Placed[Body], programme: Programme, report: Report) -> None:
    """Each body once at a time, no spelling for two, with the identifier and facts declared."""
    in_order(placed, report)
    not_at_once(placed, "ags", lambda body: (body.ags,), report)
    not_at_once(placed, "name", lambda body: (body.name, *body.variants), report)
    not_at_once(placed, "tile", lambda body: [str(list(body.tile))] if body.tile else [], report)
    facts = {fact.code: fact for fact in programme.body_facts}
    declared_only(placed, "facts", lambda body: body.facts, facts, report)
    for place, body in placed:
        _check_key(place, body, programme, report)
        for value in body.assumed:
            if value not in Body.model_fields and value not in facts:
                report.add(place, "assumed", _NO_SUCH_FIELD, near=value, value=value)
        for code, stated in body.facts.items():
            if code in facts:
                _check_fact(place, facts[code], stated, report)


def _check_key(place: Place, body: Body, programme: Programme, report: Report) -> None:
    identifier = programme.identifier
    try:
        fits = re.fullmatch(identifier.pattern, body.ags)
    except re.error:
        return  # told where it is declared
    if not fits:
        params = {"value": body.ags, "name": identifier.label, "pattern": identifier.pattern}
        report.add(place, "ags", _NO_KEY, near=body.ags, **params)


def _check_fact(place: Place, fact: BodyFact, value: str | tuple[str, ...], report: Report) -> None:
    """A fact has one value or several, as it is declared, and only those it may have."""
    if isinstance(value, str) == fact.many:
        sentence = _NOT_SEVERAL if fact.many else _NOT_ONE
        report.add(place, "facts", sentence, near=fact.code, value=fact.code)
        return
    choices = {choice.code for choice in fact.choices}
    for each in (value,) if isinstance(value, str) else value:
        if choices and each not in choices:
            said = ", ".join(sorted(choices))
            report.add(place, "facts", UNKNOWN, near=each, value=each, choices=said)


def successions(placed: Placed[Succession], known: Sequence[Body], report: Report) -> None:
    """Those who succeed exist on the day, those who are succeeded existed the day before."""
    unique(placed, "code", lambda each: (each.code,), report)
    for place, each in placed:
        before = {body.ags for body in known if holds_on(body, each.day - timedelta(days=1))}
        after = {body.ags for body in known if holds_on(body, each.day)}
        for field, keys, existing in (
            ("predecessors", each.predecessors, before),
            ("successors", each.successors, after),
        ):
            each_once(place, field, keys, report)
            for key in keys:
                if key not in existing:
                    report.add(place, field, _NOT_THERE, near=key, value=key, day=each.day)
        strange = [key for key in each.shares if key not in each.successors]
        missing = [key for key in each.successors if each.shares and key not in each.shares]
        for key in (*strange, *missing):
            report.add(place, "shares", _WRONG_SHARE, value=key)


def measure_types(placed: Placed[MeasureType], report: Report) -> None:
    """Each code once at a time, and no wording leads to two types."""
    not_at_once(placed, "code", lambda kind: (kind.code,), report)
    not_at_once(placed, "cues", lambda kind: (kind.label, *kind.cues), report)


def deadlines(placed: Placed[Deadline], year: int, report: Report) -> None:
    """Each code and purpose once at a time; a day that is in the calendar, or a period."""
    purposes = [(place, each) for place, each in placed if each.purpose != "other"]
    if not_at_once(placed, "code", lambda deadline: (deadline.code,), report):
        not_at_once(purposes, "purpose", lambda deadline: (deadline.purpose,), report)
    for place, deadline in placed:
        of_day = (deadline.day, deadline.month)
        of_period = (deadline.after, deadline.length, deadline.unit)
        if not (all(of_day) and not any(of_period)) and not (all(of_period) and not any(of_day)):
            report.add(place, "code", _DAY_OR_PERIOD, value=deadline.code)
            continue
        if deadline.after:
            continue
        in_year = year + deadline.year_offset
        try:
            deadline.day_in(year)
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
    not_at_once(placed, "earmark", lambda key: (key.earmark,), report)
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
    declared_only(placed, "refers_to", lambda clause: clause.refers_to, sorted(numbers), report)


_NUMBER = msg("{file}, Zeile {line}, {field}: „{value}“ gibt es schon in {first_file}.")
_NO_CLAUSE = msg("{file}, Zeile {line}, {field}: Die Klausel „{value}“ fehlt im Ordner clauses.")
_UNLISTED = msg(
    "{file}, Zeile {line}, {field}: Die Klausel „{value}“ steht nicht in der Liste von {year_file}."
)
_NO_KEY = msg(
    "{file}, Zeile {line}, {field}: „{value}“ hat nicht die Form eines Schlüssels"
    " ({name}: {pattern})."
)
_NOT_SEVERAL = msg("{file}, Zeile {line}, {field}: Von „{value}“ wird eine Liste erwartet.")
_NOT_ONE = msg("{file}, Zeile {line}, {field}: Von „{value}“ wird genau ein Wert erwartet.")
_NOT_THERE = msg(
    "{file}, Zeile {line}, {field}: „{value}“ gibt es zum {day} nicht (Vorgänger am Tag davor,"
    " Nachfolger an diesem Tag)."
)
_WRONG_SHARE = msg(
    "{file}, Zeile {line}, {field}: Anteile nennen jeden Nachfolger und sonst niemanden"
    " („{value}“)."
)
_DAY_OR_PERIOD = msg(
    "{file}, Zeile {line}, {field}: „{value}“ ist entweder ein Tag (day, month) oder ein Zeitraum"
    " nach einem Ereignis (after, length, unit)."
)
