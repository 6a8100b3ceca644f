"""Reading what is invented for the demo of a programme year: ``demo/<year>.toml``."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from zielwerk.packs.checks import Placed, holds_during, known, unique
from zielwerk.packs.demo import (
    DemoAgreement,
    DemoAppropriation,
    DemoAuthority,
    DemoIndicators,
    DemoParty,
    DemoYear,
)
from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.files import entries, entry, read_toml
from zielwerk.packs.model import Body, Entry, Year
from zielwerk.rulebook.refusal import msg

LATEST_DUE = 4
"""A commitment authority is due in one of so many later years."""


class _Head(Entry):
    """What the file says above its tables."""

    reference_date: date | None = None


_UNKNOWN_BODY = msg(
    "{file}, Zeile {line}, {field}: Eine Gebietskörperschaft {value} gibt es {year} nicht."
)
_UNKNOWN_TYPE = msg(
    "{file}, Zeile {line}, {field}: Die Maßnahmeart „{value}“ gibt es {year} nicht."
)
_DUE = msg(
    "{file}, Zeile {line}, {field}: {value} ist keines der Jahre {first} bis {last}, in denen"
    " eine Verpflichtungsermächtigung fällig werden kann."
)


def read_demo(path: Path, root: Path, rules: Year, bodies: Iterable[Body]) -> DemoYear:
    """The demo of a year, by AGS; raises PackFaults where it does not fit its rules."""
    report = Report()
    read = read_toml(path, root, report)
    demo = _demo(*read, rules, bodies, report) if read else None
    report.refuse_if_any()
    assert demo is not None
    return demo


def _demo(
    file: DataFile, data: dict[str, Any], rules: Year, bodies: Iterable[Body], report: Report
) -> DemoYear:
    agreements = entries(DemoAgreement, file, data, "agreement", report)
    appropriations = entries(DemoAppropriation, file, data, "appropriation", report)
    authorities = entries(DemoAuthority, file, data, "authority", report)
    indicators = entries(DemoIndicators, file, data, "indicators", report)
    parties = entries(DemoParty, file, data, "party", report)
    head = entry(_Head, data, Place(file), report)  # nothing else may stand in the file
    _check_agreements(agreements, rules, report)
    _check_money(appropriations, rules, report)
    _check_money(authorities, rules, report)
    _check_due_years(authorities, rules.year, report)
    unique(indicators, "ags", lambda one: (one.ags,), report)
    codes = [one.code for one in rules.indicators]
    known(indicators, "values", lambda one: one.values, codes, report)
    unique(parties, "name", lambda one: (f"{one.name}, {one.ags}",), report)
    ways = [one.code for one in rules.passing_on]
    known(parties, "passing_on", lambda one: filter(None, (one.passing_on,)), ways, report)
    existing = frozenset(body.ags for body in bodies if holds_during(body, rules.year))
    for of_bodies in (agreements, indicators, parties):
        _check_bodies(of_bodies, existing, rules.year, report)
    return DemoYear(
        agreements=_by_ags(agreements),
        appropriations=tuple(one for _, one in appropriations),
        authorities=tuple(one for _, one in authorities),
        indicators=_by_ags(indicators),
        reference_date=head.reference_date if head else None,
        parties=_by_ags(parties),
    )


OfBody = TypeVar("OfBody", DemoAgreement, DemoIndicators, DemoParty)


def _by_ags(placed: Placed[OfBody]) -> tuple[OfBody, ...]:
    return tuple(sorted((one for _, one in placed), key=lambda one: one.ags))


def _check_bodies(
    placed: Sequence[tuple[Place, DemoAgreement | DemoIndicators | DemoParty]],
    existing: frozenset[str],
    year: int,
    report: Report,
) -> None:
    for place, one in placed:
        if one.ags not in existing:
            report.add(place, "ags", _UNKNOWN_BODY, value=one.ags, year=year)


def _check_agreements(placed: Placed[DemoAgreement], rules: Year, report: Report) -> None:
    """One agreement a body, of measure types that the year knows."""
    unique(placed, "ags", lambda one: (one.ags,), report)
    types = frozenset(one.code for one in rules.measure_types)
    for place, one in placed:
        for code, title in one.measures:
            if code not in types:
                report.add(
                    place, "measures", _UNKNOWN_TYPE, near=title, value=code, year=rules.year
                )


def _check_money(
    placed: Sequence[tuple[Place, DemoAppropriation | DemoAuthority]], rules: Year, report: Report
) -> None:
    """Money comes from declared sources and for declared earmarks."""
    sources = [one.code for one in rules.money_sources]
    earmarks = [one.code for one in rules.earmarks]
    known(placed, "money_source", lambda one: (one.money_source,), sources, report)
    known(placed, "earmark", lambda one: filter(None, (one.earmark,)), earmarks, report)


def _check_due_years(placed: Placed[DemoAuthority], year: int, report: Report) -> None:
    first, last = year + 1, year + LATEST_DUE
    for place, one in placed:
        if not first <= one.due_year <= last:
            report.add(place, "due_year", _DUE, value=one.due_year, first=first, last=last)
