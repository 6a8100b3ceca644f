"""Reading programme packs: data in, typed values out, every fault a sentence.

A pack lies in ``<root>/<programme>/``: ``programme.toml``, ``bodies.toml`` and for each year
a folder with ``year.toml``, ``clauses/`` and ``letters/``; ``demo/<year>.toml`` holds
agreements invented for the demo. A pack with a fault is not loaded at all. What was loaded
is kept, so a changed pack is seen after a restart.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from zielwerk.packs import checks
from zielwerk.packs.faults import MISSING, Place, Report
from zielwerk.packs.files import entries, entry, read_toml
from zielwerk.packs.model import (
    Body,
    Deadline,
    DemoAgreement,
    Earmark,
    Entry,
    Framework,
    LegalArea,
    MeasureType,
    Parameter,
    Programme,
    Year,
)
from zielwerk.packs.wording import read_clauses, read_letters
from zielwerk.rulebook.refusal import Refusal, Refused, msg

ROOT = Path(__file__).parent
"""The folder of the packs that ship with the software."""


def available(root: Path = ROOT) -> tuple[tuple[str, int], ...]:
    """All (programme, year) there is a pack for, in order."""
    found = ((path.parent.parent.name, path.parent.name) for path in root.glob("*/*/year.toml"))
    return tuple(sorted((code, int(year)) for code, year in found if re.fullmatch(r"\d{4}", year)))


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


@cache
def load(programme: str, year: int, root: Path = ROOT) -> Year:
    """The rule-set of a programme year.

    Raises Refused where there is none, PackFaults with every fault where it cannot be used.
    """
    _refuse_unknown(programme, year, root)
    report = Report()
    basis = _read_basis(programme, root, report)
    read = _read_year(programme, year, root, report)
    report.refuse_if_any()
    assert basis is not None
    assert read is not None
    return Year.model_validate(
        {**read, "programme": basis[0], "rule_version": rule_version(programme, year, root)}
    )


@cache
def demo_agreements(programme: str, year: int, root: Path = ROOT) -> tuple[DemoAgreement, ...]:
    """Agreements invented for the demo of that year, by AGS; none where the pack has none."""
    rules = load(programme, year, root)
    path = root / programme / "demo" / f"{year}.toml"
    if not path.is_file():
        return ()
    report = Report()
    placed: list[tuple[Place, DemoAgreement]] = []
    if read := read_toml(path, root, report):
        file, data = read
        placed = entries(DemoAgreement, file, data, "agreement", report)
        entry(Entry, data, Place(file), report)  # nothing else may stand in the file
        types = (one.code for one in rules.measure_types)
        checks.demo_agreements(placed, bodies(programme, root), types, year, report)
    report.refuse_if_any()
    return tuple(sorted((one for _, one in placed), key=lambda one: one.ags))


def rule_version(programme: str, year: int, root: Path = ROOT) -> str:
    """Twelve hex digits over the data of programme and year; the same on every machine.

    The demo's agreements are no rules and do not count; neither do line endings.
    """
    folder = root / programme
    rules = (
        *folder.glob("*.toml"),
        *folder.glob(f"{year}/**/*.toml"),
        *folder.glob(f"{year}/**/*.md"),
    )
    digest = hashlib.sha256()
    for path in sorted(rules, key=lambda path: path.relative_to(folder).as_posix()):
        text = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(folder).as_posix()}\n{len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()[:12]


class _Head(Entry):
    """What ``year.toml`` says above its tables."""

    label: str
    budget_name: str


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
        years = ", ".join(str(known) for code, known in packs if code == programme)
        raise Refused(
            Refusal(
                "packs.unknown_year",
                msg(
                    "Für das Programmjahr {year} gibt es kein Regelwerk im Programm"
                    " „{programme}“. Vorhanden: {available}."
                ),
                {"year": year, "programme": programme, "available": years},
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
    named = read_toml(root / code / "programme.toml", root, report)
    charter = entry(Programme, named[1], Place(named[0]), report) if named else None
    if named and charter and charter.code != code:
        sentence = msg("{file}, Zeile {line}, {field}: „{value}“ heißt anders als der Ordner.")
        report.add(Place(named[0]), "code", sentence, value=charter.code)
    placed: list[tuple[Place, Body]] = []
    if read := read_toml(root / code / "bodies.toml", root, report):
        file, data = read
        placed = entries(Body, file, data, "body", report)
        entry(Entry, data, Place(file), report)
        checks.bodies(placed, report)
    order = sorted((body for _, body in placed), key=lambda body: (body.ags, str(body.valid_from)))
    return (charter, tuple(order)) if charter else None


def _read_year(programme: str, year: int, root: Path, report: Report) -> dict[str, object] | None:
    """The fields of :class:`Year` from the year's folder; None where a fault was noted."""
    folder = root / programme / str(year)
    letters = read_letters(folder / "letters", root, report)
    clauses = read_clauses(folder / "clauses", root, report)
    checks.clauses(clauses, report)
    read = read_toml(folder / "year.toml", root, report)
    if read is None:
        return None
    file, data = read
    if "measure_type" not in data:
        report.add(Place(file), "measure_type", MISSING)
    measure_types = entries(MeasureType, file, data, "measure_type", report)
    legal_areas = entries(LegalArea, file, data, "legal_area", report)
    frameworks = entries(Framework, file, data, "framework", report)
    earmarks = entries(Earmark, file, data, "earmark", report)
    deadlines = entries(Deadline, file, data, "deadline", report)
    parameters = entries(Parameter, file, data, "parameter", report)
    head = entry(_Head, data, Place(file), report)
    checks.measure_types(measure_types, report)
    checks.unique(legal_areas, "code", lambda one: (one.code,), report)
    checks.unique(frameworks, "code", lambda one: (one.code,), report)
    checks.unique(earmarks, "code", lambda one: (one.code,), report)
    checks.deadlines(deadlines, year, report)
    checks.in_order(frameworks, report)
    checks.in_order(parameters, report)
    checks.not_at_once(parameters, "code", lambda one: (one.code,), report)
    if head is None:
        return None
    return {
        "year": year,
        "label": head.label,
        "budget_name": head.budget_name,
        "measure_types": _values(measure_types),
        "legal_areas": _values(legal_areas),
        "frameworks": _values(frameworks),
        "earmarks": _values(earmarks),
        "deadlines": _values(deadlines),
        "parameters": _values(parameters),
        "clauses": _values(clauses),
        "letters": tuple(letters),
    }


def _values(placed: Iterable[tuple[Place, Entry]]) -> tuple[Entry, ...]:
    return tuple(one for _, one in placed)
