"""Reading the data invented for the demo of a programme year: ``demo/<year>.toml``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from zielwerk.packs.faults import MISSING, DataFile, Place, Report
from zielwerk.packs.files import entries, entry, read_toml
from zielwerk.packs.folders import has
from zielwerk.packs.model import Body, Entry, Year
from zielwerk.rulebook import membership
from zielwerk.rulebook.refusal import msg

LATEST_DUE = 4
"""A commitment authority is due in one of so many later years."""


class Head(Entry):
    """The fields of the file above its tables."""

    reference_date: date | None = None


_UNKNOWN_BODY = msg(
    "{file}, Zeile {line}, {field}: Eine Gebietskörperschaft {value} gibt es {year} nicht."
)
_UNKNOWN_TYPE = msg(
    "{file}, Zeile {line}, {field}: Die Maßnahmeart „{value}“ gibt es {year} nicht."
)
INVENTED_FILE = "# ERFUNDEN"
INVENTED = "(erfunden)"
_FILE_SAYS = msg("{file}, Zeile {line}: Die Datei muss mit „{mark}“ beginnen.")
_SAYS = msg("{file}, Zeile {line}, {field}: „{value}“ muss „{mark}“ enthalten.")
_NO_NEEDS = msg(
    "{file}, Zeile {line}, {field}: Erfundene Vereinbarungen brauchen erfundene Kennzahlen"
    " ([[indicators]]), nach denen das Geld verteilt wird."
)
_NEED_OF = msg("{file}, Zeile {line}, {field}: Es fehlen Kennzahlen ([[indicators]]) für: {names}.")
_LACKING = msg("{file}, Zeile {line}, {field}: Es fehlen Werte für: {names}.")
_NO_KEY = msg(
    "{file}, Zeile {line}, {field}: Verteilen lässt sich nur, wenn das Jahr einen Schlüssel für"
    " Mittel ohne Zweckbindung hat ([[allocation_key]])."
)
_NO_MONEY = msg(
    "{file}, Zeile {line}, {field}: Zu verteilen ist nichts: Es fehlt ein Ansatz ohne Zweckbindung"
    " ([[appropriation]])."
)
_NO_OFFICE = msg(
    "{file}, Zeile {line}, {field}: Für diese Gebietskörperschaft unterschreibt niemand: Ihre Art"
    " „{value}“ nennt kein Amt (offices)."
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


def check_form(path: Path, root: Path, report: Report) -> None:
    """The faults that a demo has in itself, whatever the rules of its year; none without one."""
    if has(path) and (content := read_toml(path, root, report)):
        _read(*content, report)


@dataclass(frozen=True)
class _Placed:
    """The tables of the file, each entry with its place."""

    head: tuple[Place, Head | None]
    agreements: Placed[DemoAgreement]
    appropriations: Placed[DemoAppropriation]
    authorities: Placed[DemoAuthority]
    indicators: Placed[DemoIndicators]
    parties: Placed[DemoParty]


def _read(file: DataFile, data: dict[str, Any], report: Report) -> _Placed:
    read = _Placed(
        agreements=entries(DemoAgreement, file, data, "agreement", report),
        appropriations=entries(DemoAppropriation, file, data, "appropriation", report),
        authorities=entries(DemoAuthority, file, data, "authority", report),
        indicators=entries(DemoIndicators, file, data, "indicators", report),
        parties=entries(DemoParty, file, data, "party", report),
        head=(Place(file), entry(Head, data, Place(file), report)),  # nothing else is there
    )
    _check_invented(file, read, report)
    return read


def _check_invented(file: DataFile, read: _Placed, report: Report) -> None:
    """What is invented says so, wherever it is shown."""
    if not file.text.startswith(INVENTED_FILE):
        report.add_at(file, 1, "", _FILE_SAYS, mark=INVENTED_FILE)
    lines = [(place, each.budget_line) for place, each in read.appropriations]
    lines += [(place, each.budget_line) for place, each in read.authorities]
    for place, line in lines:
        if INVENTED not in line:
            report.add(place, "budget_line", _SAYS, value=line, mark=INVENTED)
    for place, party in read.parties:
        if party.kind == "provider" and INVENTED not in party.name:
            report.add(place, "name", _SAYS, value=party.name, mark=INVENTED)


def _demo(
    file: DataFile, data: dict[str, Any], rules: Year, bodies: Iterable[Body], report: Report
) -> DemoYear:
    read = _read(file, data, report)
    agreements, appropriations, authorities = read.agreements, read.appropriations, read.authorities
    indicators, parties, head = read.indicators, read.parties, read.head[1]
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
    in_year = [body for body in bodies if body.ags in existing]
    _check_needs(read, rules, in_year, report)
    _check_offices(agreements, in_year, report)
    return DemoYear(
        agreements=_by_ags(agreements),
        appropriations=tuple(appropriation for _, appropriation in appropriations),
        authorities=tuple(authority for _, authority in authorities),
        indicators=_by_ags(indicators),
        reference_date=head.reference_date if head else None,
        parties=_by_ags(parties),
    )


def _check_needs(read: _Placed, rules: Year, bodies: Sequence[Body], report: Report) -> None:
    """Money of the demo is shared out by the need of every body."""
    place, head = read.head
    if not read.indicators:
        for agreement_place, _ in read.agreements[:1]:
            report.add(agreement_place, "ags", _NO_NEEDS)
        return
    known = {of_body.ags for _, of_body in read.indicators}
    if missing := [body.ags for body in bodies if body.ags not in known]:
        report.add(place, "indicators", _NEED_OF, names=", ".join(dict.fromkeys(missing)))
    codes = [indicator.code for indicator in rules.indicators]
    for of_place, of_body in read.indicators:
        if lacking := [code for code in codes if code not in of_body.values]:
            report.add(of_place, "values", _LACKING, names=", ".join(lacking))
    if head and head.reference_date is None:
        report.add(place, "reference_date", MISSING)
    if all(key.earmark for key in rules.allocation_keys):
        report.add(place, "indicators", _NO_KEY)
    if all(money.earmark for _, money in read.appropriations):
        report.add(place, "appropriation", _NO_MONEY)


def _check_offices(
    agreements: Placed[DemoAgreement], bodies: Sequence[Body], report: Report
) -> None:
    """Somebody signs for the body: its kind names an office."""
    kinds = {body.ags: body.kind for body in bodies}
    for place, agreement in agreements:
        kind = kinds.get(agreement.ags)
        if kind and not kind.offices:
            report.add(place, "ags", _NO_OFFICE, value=kind.code)


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
