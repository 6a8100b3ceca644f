"""The acts that may be cited, by date: ``[[act]]`` in ``law/<jurisdiction>.toml``.

What a notice rests on must exist on its day. ``places`` are the norms that somebody looked up,
each with what lies below it; an act without any is known by its name alone.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from zielwerk.packs import checks
from zielwerk.packs.faults import DataFile, Place, Report
from zielwerk.packs.files import entries, read_law
from zielwerk.packs.folders import kept
from zielwerk.packs.land import check_days
from zielwerk.packs.model import Dated, Jurisdiction, LawSource, Text, Url, Words
from zielwerk.rulebook.grant.citation import Act, parse, why_not_known
from zielwerk.rulebook.refusal import Refusal, Refused, msg


class LawAct(Dated):
    """An act as it is cited, with the norms in it that are known and where it can be read."""

    name: Words  # LHO
    title: Text = ""  # Hessische Landeshaushaltsordnung
    places: tuple[
        Annotated[str, Field(pattern=r"^(§|Art\.|Nr\.|Anlage) [0-9][0-9a-z.]*$")], ...
    ] = ()
    url: Url | None = None
    source: LawSource


def take(file: DataFile, data: dict[str, Any], report: Report) -> list[Act]:
    """The acts of one file, taken out of ``data``; faults are noted."""
    placed = entries(LawAct, file, data, "act", report)
    checks.in_order(placed, report)
    checks.not_at_once(placed, "name", lambda act: (act.name,), report)
    check_days([(place, act.source) for place, act in placed], report)
    for place, act in placed:
        checks.each_once(place, "places", act.places, report)
    return [_act(each) for _, each in placed]


@kept
def acts(jurisdictions: tuple[Jurisdiction, ...], root: Path | None = None) -> tuple[Act, ...]:
    """All acts of these jurisdictions, at any time; raises PackFaults for bad data."""
    report = Report()
    known: list[Act] = []
    for jurisdiction in jurisdictions:
        if content := read_law(jurisdiction, root, report):
            known += take(*content, report)
    report.refuse_if_any()
    return tuple(known)


def check(place: Place, citation: str, known: Iterable[Act], day: date, report: Report) -> None:
    """A citation of an entry can be read, and what it names exists on the day."""
    for refusal in _why_not(citation, tuple(known), day):
        sentence = _SENTENCES[refusal.rule]
        report.add(place, "citation", sentence, near=citation, value=citation, **_said(refusal))


def _why_not(citation: str, known: tuple[Act, ...], day: date) -> tuple[Refusal, ...]:
    try:
        return why_not_known(parse(citation), known, day)
    except Refused as refused:
        return refused.refusals


def _said(refusal: Refusal) -> dict[str, object]:
    return {name: value for name, value in refusal.params.items() if name in ("act", "day")}


def _act(each: LawAct) -> Act:
    dates = (each.valid_from, each.valid_until)
    return Act(str(each.name), str(each.title), each.places, each.url or "", *dates)


_SENTENCES = {
    "grant.citation_unreadable": msg(
        "{file}, Zeile {line}, {field}: „{value}“ ist keine Fundstelle, die sich lesen lässt (etwa"
        " „§ 44 Abs. 1 LHO“ oder „Nr. 1.4 ANBest-GK“)."
    ),
    "grant.act_unknown": msg(
        "{file}, Zeile {line}, {field}: „{value}“: Die Vorschrift „{act}“ steht nicht im Recht des"
        " Programms ([[act]] in law)."
    ),
    "grant.act_not_on_day": msg(
        "{file}, Zeile {line}, {field}: „{value}“: „{act}“ gilt am {day} nicht."
    ),
    "grant.place_unknown": msg(
        "{file}, Zeile {line}, {field}: „{value}“: Diese Stelle von „{act}“ ist nicht bekannt"
        " (places in [[act]])."
    ),
}
