"""Reading what a programme says once, in its files for charter, bodies and organisations."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from zielwerk.packs import checks, competence, strategies
from zielwerk.packs.faults import Place, Report
from zielwerk.packs.files import entries, entry, raw_entries, read_toml, typed
from zielwerk.packs.folders import SHIPPED, own
from zielwerk.packs.model import (
    Body,
    BodyFact,
    BodyKind,
    Entry,
    Organisation,
    Programme,
    Source,
    Succession,
)
from zielwerk.rulebook.refusal import msg

TAKEN = frozenset(
    {
        *("abmelden", "anmelden", "arbeit", "barrierefreiheit", "datenschutz", "einrichten"),
        *("gebaerdensprache", "gesund", "impressum", "kalender", "kontakt", "leichte-sprache"),
        "pruefen",
        *("sitzung", "sprache", "static", "zustimmung"),
    }
)
"""How the software's own addresses begin; no programme publishes its documents there."""


@dataclass(frozen=True)
class Basis:
    """What a programme says once: bodies by identifier and time, organisations as written."""

    programme: Programme
    bodies: tuple[Body, ...]
    successions: tuple[Succession, ...]
    organisations: tuple[Organisation, ...]


def read_basis(code: str, root: Path, programme: Programme | None, report: Report) -> Basis | None:
    """The basis of a programme; ``programme`` is None where its own file has faults.

    All faults of each file are told; a file is held against another only where that has none.
    """
    bodies, successions = _read_bodies(code, root, programme, report)
    known = None if report.refusals else programme
    organisations = _read_organisations(code, root, known, bodies, report)
    if programme is None:
        return None
    order = sorted(bodies, key=lambda body: (body.ags, body.valid_from or date.min))
    days = sorted(successions, key=lambda each: (each.day, each.code))
    return Basis(programme, tuple(order), tuple(days), organisations)


def read_programme(code: str, root: Path, report: Report) -> Programme | None:
    """The programme's own file, ``programme.toml``."""
    content = read_toml(root / code / "programme.toml", root, report)
    if content is None:
        return None
    file, data = content
    if isinstance(data.get("code"), str) and data["code"] != code:
        report.add(Place(file), "code", _OTHER_NAME, value=data["code"])
    kinds = entries(BodyKind, file, data, "body_kind", report)
    facts = entries(BodyFact, file, data, "body_fact", report)
    checks.not_at_once(kinds, "code", lambda kind: (kind.code,), report)
    checks.not_at_once(kinds, "label", lambda kind: (kind.label,), report)
    checks.not_at_once(facts, "code", lambda fact: (fact.code,), report)
    for dated in (kinds, facts):
        checks.in_order(dated, report)
    for place, fact in facts:
        checks.each_once(place, "choices", [choice.code for choice in fact.choices], report)
    data["procedures"] = data.pop("procedure", [])
    programme = entry(
        Programme,
        {
            **data,
            "body_kinds": [kind for _, kind in kinds],
            "body_facts": [fact for _, fact in facts],
        },
        Place(file),
        report,
    )
    if programme:
        _check_programme(programme, Place(file), report)
        _check_law(programme, Place(file), root, report)
    return programme


def _check_programme(programme: Programme, place: Place, report: Report) -> None:
    try:
        re.compile(programme.identifier.pattern)
    except re.error:
        report.add(
            Place(place.file, "identifier"),
            "pattern",
            _NO_PATTERN,
            value=programme.identifier.pattern,
        )
    codes = [procedure.code for procedure in programme.procedures]
    checks.each_once(place, "procedure", codes, report)
    for code in ("allocation", "recording", "adjustment", "publication"):
        if code not in codes:
            report.add(place, "procedure", _NO_PROCEDURE, value=code)
    _check_document(programme, Place(place.file, "document"), report)
    strategies.check_programme(programme, place, report)
    prefixes = [procedure.prefix for procedure in programme.procedures]
    checks.each_once(place, "prefix", [*prefixes, programme.document.prefix], report)


def _check_document(programme: Programme, place: Place, report: Report) -> None:
    """The document has an address of its own, and somebody who gives the money signs it."""
    document = programme.document
    if document.address in TAKEN:
        taken = ", ".join(sorted(TAKEN))
        report.add(place, "address", _TAKEN, value=document.address, taken=taken)
    checks.each_once(place, "sides", document.sides, report)
    if set(document.sides) == {"body"}:
        report.add(place, "sides", _NO_GIVER)


def _check_law(programme: Programme, place: Place, root: Path, report: Report) -> None:
    """Every jurisdiction has a file of its law, here or among those that ship."""
    folders = filter(None, (root, own(), SHIPPED))
    known = sorted({path.stem for folder in folders for path in folder.glob("law/*.toml")})
    named = [(place, programme)]
    checks.declared_only(named, "jurisdictions", lambda each: each.jurisdictions, known, report)


def _read_bodies(
    code: str, root: Path, programme: Programme | None, report: Report
) -> tuple[list[Body], list[Succession]]:
    content = read_toml(root / code / "bodies.toml", root, report)
    if content is None:
        return [], []
    file, data = content
    raws = raw_entries(file, data, "body", report)
    successions = entries(Succession, file, data, "succession", report)
    entry(Entry, data, Place(file), report)
    kinds = {kind.code: kind for kind in programme.body_kinds} if programme else {}
    of_kind = [(place, _of_kind(place, raw, kinds, report)) for place, raw in raws]
    placed = typed(Body, of_kind, report)
    if programme:
        checks.bodies(placed, programme, report)
    if len(placed) == len(raws):
        checks.successions(successions, [body for _, body in placed], report)
    return [body for _, body in placed], [each for _, each in successions]


def _of_kind(place: Place, raw: Any, kinds: Mapping[str, BodyKind], report: Report) -> Any:
    """A body as written, with its kind in place of the kind's code.

    Where the kind is not known, another stands in, so that other faults are told as well.
    """
    code = raw.get("kind") if isinstance(raw, dict) else None
    if not isinstance(code, str):
        return raw
    if not kinds:  # those of the programme have faults, which are told there
        return {**raw, "kind": _ANY_KIND}
    if code not in kinds:
        choices = ", ".join(kinds)
        report.add(place, "kind", checks.UNKNOWN, near=code, value=code, choices=choices)
        return {**raw, "kind": next(iter(kinds.values()))}
    return {**raw, "kind": kinds[code]}


def _read_organisations(
    code: str,
    root: Path,
    programme: Programme | None,
    bodies: Sequence[Body],
    report: Report,
) -> tuple[Organisation, ...]:
    content = read_toml(root / code / "organisations.toml", root, report)
    if content is None:
        return ()
    file, data = content
    placed = entries(Organisation, file, data, "organisation", report)
    entry(Entry, data, Place(file), report)
    checks.in_order(placed, report)
    checks.not_at_once(placed, "code", lambda each: (each.code,), report)
    if programme:
        keys = tuple(dict.fromkeys(body.ags for body in bodies))
        checks.declared_only(placed, "bodies", lambda each: each.bodies, keys, report)
        facts = {fact.code: fact for fact in programme.body_facts}
        checks.declared_only(placed, "facts", lambda each: each.facts, facts, report)
        competence.check(placed, bodies, report)
    return tuple(organisation for _, organisation in placed)


_ANY_KIND = BodyKind(code="any", label="–", plural="–", source=Source(text="–"))
_OTHER_NAME = msg("{file}, Zeile {line}, {field}: „{value}“ heißt anders als der Ordner.")
_NO_PATTERN = msg("{file}, Zeile {line}, {field}: „{value}“ ist kein regulärer Ausdruck.")
_TAKEN = msg(
    "{file}, Zeile {line}, {field}: „{value}“ ist eine Adresse der Software; vergeben sind:"
    " {taken}."
)
_NO_GIVER = msg(
    "{file}, Zeile {line}, {field}: Die Gebietskörperschaft kann das Dokument nicht allein"
    " unterschreiben; möglich sind außerdem: ministry, authority."
)
_NO_PROCEDURE = msg(
    "{file}, Zeile {line}, {field}: Das Verfahren „{value}“ fehlt ([[procedure]] mit"
    " code und prefix)."
)
