"""A programme year put together: its own rules, the programme's, and the law of its days."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from zielwerk.packs import competence
from zielwerk.packs.faults import DataFile, Report
from zielwerk.packs.model import Body, Dated, Organisation, Parameter, Programme, Succession, Year
from zielwerk.packs.programme_folder import Basis
from zielwerk.packs.year_folder import Resolved
from zielwerk.rulebook.calendar import Period, holds_during
from zielwerk.rulebook.refusal import msg


def whole(own: Resolved, basis: Basis, in_law: Iterable[Parameter]) -> Year:
    """The whole rule-set of a year; raises PackFaults where nobody is competent in it."""
    rules = Year.model_validate(
        {
            **own.fields,
            "programme": basis.programme,
            "organisations": basis.organisations,
            "rule_version": "",
        }
    )
    rules = rules.model_copy(update={"parameters": _with_law(rules, in_law)})
    rules = _in_period(rules)
    in_year = [body for body in basis.bodies if holds_during(body, rules.period)]
    organisations = tuple(_for_bodies(rules.organisations, in_year))
    rules = rules.model_copy(update={"organisations": organisations})
    _refuse_gaps(rules, in_year)
    changes = [each for each in basis.successions if rules.period.contains(each.day)]
    return rules.model_copy(update={"rule_version": _digest(rules, in_year, changes)})


def _with_law(rules: Year, in_law: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """The parameters of the year and of the law in it; the programme's go before the law's."""
    codes = {parameter.code for parameter in rules.parameters}
    return (
        *rules.parameters,
        *(parameter for parameter in in_law if parameter.code not in codes),
    )


def _in_period(rules: Year) -> Year:
    """The rules with the entries that hold on some day of the year."""
    period = rules.period
    charter = rules.programme.model_copy(update=_holding(rules.programme, period))
    return rules.model_copy(update={"programme": charter, **_holding(rules, period)})


def _holding(rules: Programme | Year, period: Period) -> dict[str, object]:
    return {
        name: tuple(e for e in value if not isinstance(e, Dated) or holds_during(e, period))
        for name, value in rules
        if isinstance(value, tuple)
    }


def _for_bodies(
    organisations: Iterable[Organisation], in_year: Iterable[Body]
) -> Iterator[Organisation]:
    """The organisations that are competent for bodies of the year, each for those alone.

    A body that comes to be later changes nothing of the year.
    """
    keys = {body.ags for body in in_year}
    for each in organisations:
        bodies = tuple(ags for ags in each.bodies if ags in keys)
        if bodies == each.bodies:
            yield each
        elif bodies or each.facts:
            yield each.model_copy(update={"bodies": bodies})


def _refuse_gaps(rules: Year, in_year: Iterable[Body]) -> None:
    """Every body has a ministry and a granting authority on every day of the year."""
    report = Report()
    file = DataFile(f"{rules.programme.code}/organisations.toml", "")
    told = set()
    for role, body, day in competence.gaps(rules.organisations, in_year, rules.period):
        if (role, day) not in told:
            told.add((role, day))
            report.add_at(file, 1, "role", _NOBODY, role=role, body=body.name, day=day)
    report.refuse_if_any()


def _digest(rules: Year, in_year: Iterable[Body], changes: Iterable[Succession]) -> str:
    """Twelve hex digits over rules and bodies of a year; the same on every machine.

    Over what holds, not over the files: a comment, a line ending or a later year changes
    nothing, nor does the mark of a draft, nor the day after the year on which an entry ends.
    Over what differs from the schema's defaults, so that a field that is new in the software does
    not change what an older pack says.
    """
    facts = {fact.code for fact in rules.programme.body_facts}
    of_facts = [
        body.model_copy(update={"facts": {c: v for c, v in body.facts.items() if c in facts}})
        for body in in_year
    ]
    first, last = rules.begins.isoformat(), rules.ends.isoformat()
    data = [
        _clipped(
            entry.model_dump(mode="json", exclude_defaults=True, exclude={"is_draft"}), first, last
        )
        for entry in (rules, *of_facts, *changes)
    ]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:12]


def _clipped(data: object, first: str, last: str) -> object:
    """Data without what holds outside the year, and without ends of validity that lie there."""
    if isinstance(data, list):
        return [_clipped(item, first, last) for item in data if not _is_outside(item, first, last)]
    if not isinstance(data, dict):
        return data
    return {
        key: _clipped(value, first, last)
        for key, value in data.items()
        if not (key == "valid_from" and value and value <= first)
        and not (key == "valid_until" and value and value >= last)
    }


def _is_outside(item: object, first: str, last: str) -> bool:
    if not isinstance(item, dict):
        return False
    start, end = item.get("valid_from") or first, item.get("valid_until") or last
    return bool(start > last or end < first)


_NOBODY = msg(
    "{file}, Zeile {line}, {field}: Am {day} ist für {body} niemand zuständig („{role}“)."
)
