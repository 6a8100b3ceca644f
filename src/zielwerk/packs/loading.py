"""Reading programme packs: data in, typed values out, every fault a sentence.

A pack lies in ``<root>/<programme>/``: ``programme.toml``, ``bodies.toml`` and for each year
a folder with ``year.toml``, ``clauses/`` and ``letters/``, which states what it changes from
the year before; ``demo/<year>.toml`` holds what is invented for the demo. A pack with a fault
is not loaded at all. What was loaded is kept, so a changed pack is seen after a restart.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from zielwerk.packs import checks, files, law
from zielwerk.packs.demo import DemoAgreement, DemoYear
from zielwerk.packs.demo_file import read_demo
from zielwerk.packs.faults import Place, Report
from zielwerk.packs.files import entries, entry, read_toml
from zielwerk.packs.model import Body, Break, Entry, Parameter, Programme, Year
from zielwerk.packs.year_folder import read_year
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
    return _basis(code, root)[0]


@cache
def bodies(programme: str, root: Path = ROOT) -> tuple[Body, ...]:
    """All regional bodies of the programme at any time, by AGS; raises like ``programme``."""
    return _basis(programme, root)[1]


def bodies_on(programme: str, day: date, root: Path = ROOT) -> tuple[Body, ...]:
    """The regional bodies that exist on ``day``, by AGS."""
    return tuple(body for body in bodies(programme, root) if checks.holds_on(body, day))


def breaks_within(
    programme: str, series: Iterable[tuple[str, int]], root: Path = ROOT
) -> tuple[tuple[Body, Break], ...]:
    """The breaks that a series crosses, given as the (AGS, programme year) it has figures for.

    A break lies within where a body has figures both for a year that began before it and
    for one that began on its day or later; who began with the break has figures only after.
    """
    years: dict[str, list[int]] = {}
    for ags, year in series:
        years.setdefault(ags, []).append(year)
    return tuple(
        (body, series_break)
        for body in bodies(programme, root)
        for series_break in body.breaks
        if body.ags in years
        and date(min(years[body.ags]), 1, 1) < series_break.day <= date(max(years[body.ags]), 1, 1)
    )


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
    basis = _read_basis(programme, root, report)
    in_law = law.read(basis[0].jurisdictions, root, report) if basis else ()
    report.refuse_if_any()
    assert basis is not None
    assert read is not None
    rules = Year.model_validate({**read, "programme": basis[0], "rule_version": ""})
    parameters = _with_law(rules.parameters, in_law, year)
    rules = rules.model_copy(update={"parameters": parameters})
    in_year = [body for body in basis[1] if checks.holds_during(body, year)]
    return rules.model_copy(update={"rule_version": _digest(rules, in_year)})


def _with_law(
    parameters: tuple[Parameter, ...], in_law: Iterable[Parameter], year: int
) -> tuple[Parameter, ...]:
    """The parameters of the year and of the law in it; the programme's go before the law's."""
    codes = {parameter.code for parameter in parameters}
    holding = (parameter for parameter in in_law if checks.holds_during(parameter, year))
    return (*parameters, *(parameter for parameter in holding if parameter.code not in codes))


def _digest(rules: Year, in_year: Iterable[Body]) -> str:
    """Twelve hex digits over rules and bodies of a year; the same on every machine.

    Over what holds, not over the files: a comment, a line ending or a later year changes
    nothing. Over what differs from the schema's defaults, so that a field that is new in the
    software does not change what an older pack says.
    """
    data = [entry.model_dump(mode="json", exclude_defaults=True) for entry in (rules, *in_year)]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:12]


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


def _basis(programme: str, root: Path) -> tuple[Programme, tuple[Body, ...]]:
    _refuse_unknown(programme, None, root)
    report = Report()
    basis = _read_basis(programme, root, report)
    report.refuse_if_any()
    assert basis is not None
    return basis


def _read_basis(code: str, root: Path, report: Report) -> tuple[Programme, tuple[Body, ...]] | None:
    """Programme and bodies; None where a fault was noted."""
    content = read_toml(root / code / "programme.toml", root, report)
    charter = entry(Programme, content[1], Place(content[0]), report) if content else None
    if content and charter and charter.code != code:
        sentence = msg("{file}, Zeile {line}, {field}: „{value}“ heißt anders als der Ordner.")
        report.add(Place(content[0]), "code", sentence, value=charter.code)
    placed: list[tuple[Place, Body]] = []
    if read := read_toml(root / code / "bodies.toml", root, report):
        file, data = read
        placed = entries(Body, file, data, "body", report)
        entry(Entry, data, Place(file), report)
        checks.bodies(placed, report)
    order = sorted((body for _, body in placed), key=lambda body: (body.ags, str(body.valid_from)))
    return (charter, tuple(order)) if charter else None
