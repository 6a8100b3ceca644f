"""Reading programme packs: data in, typed values out, every fault a sentence.

A pack lies in ``<root>/<programme>/``: ``programme.toml``, ``bodies.toml``,
``organisations.toml`` and for each year a folder with ``year.toml``, ``clauses/`` and
``letters/``, which states what it changes from the year before; ``demo/<year>.toml`` holds what
is invented for the demo. A pack with a fault is not loaded at all. What was loaded is kept, so
a changed pack is seen after a restart.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Set
from datetime import date
from functools import cache
from pathlib import Path

from zielwerk.packs import checks, competence, files, law
from zielwerk.packs.demo import DemoAgreement, DemoYear
from zielwerk.packs.demo_file import read_demo
from zielwerk.packs.faults import DataFile, Report
from zielwerk.packs.model import (
    Body,
    Dated,
    Organisation,
    Parameter,
    Programme,
    Succession,
    Year,
)
from zielwerk.packs.programme_folder import Basis, read_basis
from zielwerk.packs.year_folder import read_year
from zielwerk.rulebook import membership
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.refusal import Refusal, Refused, msg

ROOT = files.ROOT
"""The folder of the packs that ship with the software."""

DEFAULT = "aqb_hessen"
"""The programme where nobody names one."""


def available(root: Path = ROOT) -> tuple[tuple[str, int], ...]:
    """All (programme, year) there is a pack for, in order."""
    return _shipped() if root == ROOT else _available(root)


@cache
def _shipped() -> tuple[tuple[str, int], ...]:
    """Asked many times a page; like the packs themselves, read once."""
    return _available(ROOT)


def _available(root: Path) -> tuple[tuple[str, int], ...]:
    folders = ((path.parent.parent.name, path.parent.name) for path in root.glob("*/*/year.toml"))
    return tuple(
        sorted((code, int(year)) for code, year in folders if re.fullmatch(r"\d{4}", year))
    )


def years(programme: str, root: Path = ROOT) -> list[int]:
    """The years of a programme there is a pack for, newest first."""
    return [year for code, year in reversed(available(root)) if code == programme]


@cache
def programme(code: str, root: Path = ROOT) -> Programme:
    """The programme; raises Refused where it is unknown or its files have faults."""
    return _basis(code, root).programme


def bodies(programme: str, root: Path = ROOT) -> tuple[Body, ...]:
    """All regional bodies of the programme at any time, by AGS; raises like ``programme``."""
    return _basis(programme, root).bodies


def organisations(programme: str, root: Path = ROOT) -> tuple[Organisation, ...]:
    """All organisations of the programme under all their names; raises like ``programme``."""
    return _basis(programme, root).organisations


def successions(programme: str, root: Path = ROOT) -> tuple[Succession, ...]:
    """All successions among its bodies, by day; raises like ``programme``."""
    return _basis(programme, root).successions


def bodies_on(programme: str, day: date, root: Path = ROOT) -> tuple[Body, ...]:
    """The regional bodies that exist on ``day``, by AGS."""
    return tuple(body for body in bodies(programme, root) if checks.holds_on(body, day))


def bodies_in(programme: str, year: int, root: Path = ROOT) -> tuple[Body, ...]:
    """Who is a body in a programme year: whoever exists on any of its days, once, by AGS.

    The one answer for everything that is done for a year: money is shared out to these,
    agreements recorded, tables taken and lists made. A body that changed is as it was last.
    """
    return membership.members(bodies(programme, root), load(programme, year, root).period)


def bodies_sharing(
    programme: str,
    year: int,
    carried_out: Set[str] = frozenset(),
    counted: Set[str] = frozenset(),
    root: Path = ROOT,
) -> tuple[Body, ...]:
    """Who shares in the money of a programme year, by AGS; see :mod:`zielwerk.rulebook.membership`.

    ``carried_out`` are the successions carried out for it, ``counted`` the bodies that its
    figures count apart.
    """
    period = load(programme, year, root).period
    known, changes = bodies(programme, root), successions(programme, root)
    return membership.sharing(known, changes, period, carried_out, counted)


def bodies_staying(
    programme: str, year: int, carried_out: Set[str], root: Path = ROOT
) -> tuple[Body, ...]:
    """Who can be given money of a programme year: all but those that passed on theirs."""
    period = load(programme, year, root).period
    known, changes = bodies(programme, root), successions(programme, root)
    return membership.staying(known, changes, period, carried_out)


def earlier_keys(programme: str, ags: str, root: Path = ROOT) -> tuple[str, ...]:
    """The keys that a body had before it was renamed, newest first: its series goes on."""
    renamings = [each for each in successions(programme, root) if not each.is_break]
    keys = [ags]
    for each in reversed(renamings):
        if each.successors == (keys[-1],) and keys[-1] not in each.predecessors:
            keys += each.predecessors[:1]
    return tuple(keys[1:])


def breaks_within(
    programme: str, series: Iterable[tuple[str, int]], root: Path = ROOT
) -> tuple[tuple[Body, Succession], ...]:
    """The breaks that a series crosses, given as the (AGS, programme year) it has figures for.

    A break lies within where a body has figures both for a year that began before it and
    for one that began on its day or later; who began with the break has figures only after.
    """
    years: dict[str, list[int]] = {}
    for ags, year in series:
        years.setdefault(ags, []).append(year)
    newest = {body.ags: body for body in bodies(programme, root)}
    return tuple(
        (newest[ags], each)
        for ags in sorted(years.keys() & newest.keys())
        for each in breaks_of(programme, ags, root)
        if first_day(programme, min(years[ags]), root)
        < each.day
        <= first_day(programme, max(years[ags]), root)
    )


def breaks_of(programme: str, ags: str, root: Path = ROOT) -> tuple[Succession, ...]:
    """The successions that break a body's series, by day."""
    of_body = (each for each in successions(programme, root) if each.touches(ags))
    return tuple(each for each in of_body if each.is_break)


def year_on(programme: str, day: date, root: Path = ROOT) -> int:
    """The current programme year on a day: the newest, not a draft, whose period has begun.

    Before any of them has begun, the first.
    """
    released = [year for year in years(programme, root) if not load(programme, year, root).is_draft]
    begun = (year for year in released if load(programme, year, root).begins <= day)
    return next(begun, released[-1] if released else years(programme, root)[-1])


def first_year_after(programme: str, day: date, root: Path = ROOT) -> int:
    """The first programme year that lies wholly after a break; one without a pack, if need be."""
    later = [year for year in years(programme, root) if first_day(programme, year, root) >= day]
    return later[-1] if later else years(programme, root)[0] + 1


def first_day(programme: str, year: int, root: Path = ROOT) -> date:
    """The first day of a programme year; of one without a pack, that of the calendar year."""
    known = (programme, year) in available(root)
    return load(programme, year, root).begins if known else date(year, 1, 1)


@cache
def load(programme: str, year: int, root: Path = ROOT) -> Year:
    """The rule-set of a programme year.

    Raises Refused where there is none, PackFaults with every fault where it cannot be used.
    """
    _refuse_unknown(programme, year, root)
    report = Report()
    years_until = [
        earlier for code, earlier in available(root) if code == programme and earlier <= year
    ]
    read = read_year(root / programme, years_until, root, report)
    basis = read_basis(programme, root, report)
    in_law = law.read(basis.programme.jurisdictions, root, report) if basis else ()
    report.refuse_if_any()
    assert basis is not None
    assert read is not None
    rules = Year.model_validate({**read, "programme": basis.programme, "rule_version": ""})
    parameters = _with_law(rules.parameters, in_law, rules.period)
    organisations = basis.organisations
    rules = rules.model_copy(update={"parameters": parameters, "organisations": organisations})
    rules = _in_period(rules)
    in_year = [body for body in basis.bodies if _touches(body, rules.period)]
    _refuse_gaps(rules, in_year, root)
    changes = [each for each in basis.successions if rules.period.contains(each.day)]
    return rules.model_copy(update={"rule_version": _digest(rules, in_year, changes)})


def _in_period(rules: Year) -> Year:
    """The rules with the entries that hold on some day of the year."""
    period = rules.period
    charter = rules.programme.model_copy(update=_kept(rules.programme, period))
    return rules.model_copy(update={"programme": charter, **_kept(rules, period)})


def _kept(rules: Programme | Year, period: Period) -> dict[str, object]:
    return {
        name: tuple(e for e in value if not isinstance(e, Dated) or _touches(e, period))
        for name, value in rules
        if isinstance(value, tuple)
    }


def _touches(entry: Dated, period: Period) -> bool:
    first, last = entry.valid_from or date.min, entry.valid_until or date.max
    return first <= period.last and period.first <= last


def _refuse_gaps(rules: Year, in_year: Iterable[Body], root: Path) -> None:
    """Every body has a ministry and a granting authority on every day of the year."""
    report = Report()
    file = DataFile(f"{rules.programme.code}/organisations.toml", "")
    told = set()
    for role, body, day in competence.gaps(rules.organisations, in_year, rules.period):
        if (role, day) not in told:
            told.add((role, day))
            report.add_at(file, 1, "role", _NOBODY, role=role, body=body.name, day=day)
    report.refuse_if_any()


def _with_law(
    parameters: tuple[Parameter, ...], in_law: Iterable[Parameter], period: Period
) -> tuple[Parameter, ...]:
    """The parameters of the year and of the law in it; the programme's go before the law's."""
    codes = {parameter.code for parameter in parameters}
    holding = (parameter for parameter in in_law if _touches(parameter, period))
    return (*parameters, *(parameter for parameter in holding if parameter.code not in codes))


def _digest(rules: Year, in_year: Iterable[Body], changes: Iterable[Succession]) -> str:
    """Twelve hex digits over rules and bodies of a year; the same on every machine.

    Over what holds, not over the files: a comment, a line ending or a later year changes
    nothing, nor does the day after the year on which an entry ends. Over what differs from the
    schema's defaults, so that a field that is new in the software does not change what an older
    pack says.
    """
    data = [
        _clipped(entry.model_dump(mode="json", exclude_defaults=True), rules.period)
        for entry in (rules, *in_year, *changes)
    ]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:12]


def _clipped(data: object, period: Period) -> object:
    """Data with the ends of validity that lie outside the period left out."""
    if isinstance(data, list):
        return [_clipped(item, period) for item in data]
    if not isinstance(data, dict):
        return data
    first, last = period.first.isoformat(), period.last.isoformat()
    return {
        key: _clipped(value, period)
        for key, value in data.items()
        if not (key == "valid_from" and value and value <= first)
        and not (key == "valid_until" and value and value >= last)
    }


@cache
def demo_year(programme: str, year: int, root: Path = ROOT) -> DemoYear:
    """The data invented for the demo of that year; empty where the pack invents none."""
    rules = load(programme, year, root)
    path = root / programme / "demo" / f"{year}.toml"
    return read_demo(path, root, rules, bodies(programme, root)) if path.is_file() else DemoYear()


def demo_agreements(programme: str, year: int, root: Path = ROOT) -> tuple[DemoAgreement, ...]:
    """Agreements invented for the demo of that year, by AGS; none where the pack has none."""
    return demo_year(programme, year, root).agreements


def _name(code: str, root: Path) -> str:
    """What people call a programme."""
    return programme(code, root).name


def _refuse_unknown(programme: str, year: int | None, root: Path) -> None:
    packs = available(root)
    programmes = sorted({code for code, _ in packs})
    if programme not in programmes:
        raise Refused(
            Refusal(
                "packs.unknown_programme",
                msg("Das Programm „{programme}“ ist hier nicht bekannt. Vorhanden: {available}."),
                {"programme": programme, "available": ", ".join(programmes) or "–"},
            )
        )
    if year is not None and (programme, year) not in packs:
        years = ", ".join(str(declared) for code, declared in packs if code == programme)
        raise Refused(
            Refusal(
                "packs.unknown_year",
                msg(
                    "Für das Programmjahr {year} gibt es kein Regelwerk im Programm"
                    " „{programme}“. Vorhanden: {available}."
                ),
                {"year": year, "programme": _name(programme, root), "available": years},
            )
        )


@cache
def _basis(programme: str, root: Path) -> Basis:
    _refuse_unknown(programme, None, root)
    report = Report()
    basis = read_basis(programme, root, report)
    report.refuse_if_any()
    assert basis is not None
    return basis


_NOBODY = msg(
    "{file}, Zeile {line}, {field}: Am {day} ist für {body} niemand zuständig („{role}“)."
)
