"""Reading the data invented for the demo of a programme year: ``demo/<year>.toml``."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from zielwerk.packs.checks import Placed, declared_only, unique
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
from zielwerk.rulebook import membership
from zielwerk.rulebook.refusal import msg

LATEST_DUE = 4
"""A commitment authority is due in one of so many later years."""


class _Head(Entry):
    """The fields of the file above its tables."""

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
    head = entry(_Head, data, Place(file), report)  # the file holds nothing else
    _check_agreements(agreements, rules, report)
    _check_money(appropriations, rules, report)
    _check_money(authorities, rules, report)
    _check_due_years(authorities, rules.year, report)
    unique(indicators, "ags", lambda body: (body.ags,), report)
    codes = [indicator.code for indicator in rules.indicators]
    declared_only(indicators, "values", lambda body: body.values, codes, report)
    unique(parties, "name", lambda party: (f"{party.name}, {party.ags}",), report)
    ways = [way.code for way in rules.passing_on]
    declared_only(
        parties, "passing_on", lambda party: filter(None, (party.passing_on,)), ways, report
    )
    existing = frozenset(body.ags for body in membership.members(bodies, rules.period))
    for of_bodies in (agreements, indicators, parties):
        _check_bodies(of_bodies, existing, rules.year, report)
    return DemoYear(
        agreements=_by_ags(agreements),
        appropriations=tuple(appropriation for _, appropriation in appropriations),
        authorities=tuple(authority for _, authority in authorities),
        indicators=_by_ags(indicators),
        reference_date=head.reference_date if head else None,
        parties=_by_ags(parties),
    )


OfBody = TypeVar("OfBody", DemoAgreement, DemoIndicators, DemoParty)


def _by_ags(placed: Placed[OfBody]) -> tuple[OfBody, ...]:
    return tuple(sorted((entry for _, entry in placed), key=lambda entry: entry.ags))


def _check_bodies(
    placed: Sequence[tuple[Place, DemoAgreement | DemoIndicators | DemoParty]],
    existing: frozenset[str],
    year: int,
    report: Report,
) -> None:
    for place, body_data in placed:
        if body_data.ags not in existing:
            report.add(place, "ags", _UNKNOWN_BODY, value=body_data.ags, year=year)


def _check_agreements(placed: Placed[DemoAgreement], rules: Year, report: Report) -> None:
    """One agreement a body, of measure types that the year knows."""
    unique(placed, "ags", lambda agreement: (agreement.ags,), report)
    types = frozenset(kind.code for kind in rules.measure_types)
    for place, agreement in placed:
        for code, title in agreement.measures:
            if code not in types:
                report.add(
                    place, "measures", _UNKNOWN_TYPE, near=title, value=code, year=rules.year
                )


def _check_money(
    placed: Sequence[tuple[Place, DemoAppropriation | DemoAuthority]], rules: Year, report: Report
) -> None:
    """Money comes from declared sources and for declared earmarks."""
    sources = [source.code for source in rules.money_sources]
    earmarks = [earmark.code for earmark in rules.earmarks]
    declared_only(placed, "money_source", lambda posting: (posting.money_source,), sources, report)
    declared_only(
        placed, "earmark", lambda posting: filter(None, (posting.earmark,)), earmarks, report
    )


def _check_due_years(placed: Placed[DemoAuthority], year: int, report: Report) -> None:
    first, last = year + 1, year + LATEST_DUE
    for place, authority in placed:
        if not first <= authority.due_year <= last:
            report.add(place, "due_year", _DUE, value=authority.due_year, first=first, last=last)
