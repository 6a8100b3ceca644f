"""The command line of reading: ``zielwerk agreement read`` and ``agreement schema``."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from zielwerk.language import sentence, translate
from zielwerk.packs import loading
from zielwerk.packs.model import Programme
from zielwerk.packs.opening import named
from zielwerk.reading.agreement import NO_LESSONS, decode, read, schema
from zielwerk.reading.model import Finding, Reading
from zielwerk.recognition.lessons import lessons, parsed
from zielwerk.recognition.source import MOST_BYTES, too_large
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.refusal import Refused, msg

UNCERTAIN_MARK = " (?)"


def read_command(argv: list[str]) -> int:
    """Read an agreement's text and print what it says; 0 done, 1 refused, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="zielwerk agreement read",
        description="Read the text of a signed agreement; show what it says and what is doubtful.",
    )
    parser.add_argument("file", metavar="FILE", help="text of the agreement, - for standard input")
    parser.add_argument(
        "--programme",
        default=os.environ.get("ZIELWERK_PROGRAMME") or loading.DEFAULT,
        help="code of the programme; default: ZIELWERK_PROGRAMME or %(default)s",
    )
    parser.add_argument(
        "--lessons",
        metavar="TABLE",
        help='confusions of recognition and names, a line each: "Logisfik -> Logistik", "Jobfux"',
    )
    parser.add_argument("--json", action="store_true", help="print JSON (see: agreement schema)")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    options = parser.parse_args(argv)
    try:
        reading = _read(options.file, options.programme, options.lessons)
    except Refused as refused:
        for refusal in refused.refusals:
            print(sentence(refusal, options.lang), file=sys.stderr)
        return 1
    if options.json:
        found = reading.as_json(lambda finding: sentence(finding, options.lang))
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_summary(reading, options.lang)))
    return 0


def schema_command(argv: list[str]) -> int:
    """Print the JSON Schema of what is read."""
    argparse.ArgumentParser(
        prog="zielwerk agreement schema", description="Print the JSON Schema of agreement read."
    ).parse_args(argv)
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0


def _read(file: str, code: str, table: str | None = None) -> Reading:
    programme: Programme = loading.programme(code)
    known = lessons(parsed(decode(_bytes(table)))) if table else NO_LESSONS
    return read(
        decode(_bytes(file)),
        programme=programme,
        bodies=loading.bodies(code),
        organisations=loading.organisations(code),
        years=[year for known, year in loading.available() if known == code],
        load=lambda year: loading.load(code, year),
        others=loading.programmes(),
        lessons=known,
    )


def _bytes(file: str) -> bytes:
    """Read no more than decides that a file is too large."""
    if file == "-":
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    data = named(file, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise Refused(too_large(max(len(data), Path(file).stat().st_size), MOST_BYTES))
    return data


# --- the summary for people -----------------------------------------------------------

_LABELS = {
    "programme": msg("Programm"),
    "year": msg("Programmjahr"),
    "kind": msg("Schriftstück"),
    "state": msg("Stand"),
    "ministry": msg("Ministerium"),
    "region": msg("Gebietskörperschaft"),
    "budget": msg("Budget"),
    "own_share": msg("Eigenanteil"),
    "authority": msg("Bewilligungsbehörde"),
    "areas": msg("Rechtskreise"),
    "frameworks": msg("Bezugsrahmen"),
    "earmarks": msg("Zweckbindungen"),
    "meeting": msg("Besprechung"),
    "resolution": msg("Beschluss"),
    "measures": msg("Maßnahmen"),
    "signatures": msg("Unterschriften"),
    "clauses": msg("Abschnitte"),
    "findings": msg("Fragen"),
    "none": msg("nicht lesbar"),
    "doubts": msg("Unsichere Werte, mit (?) markiert: {count}."),
}

KINDS = {
    "agreement": msg("Vereinbarung"),
    "notice": msg("Bescheid"),
    "amendment": msg("Änderung"),
}
STATES = {
    "signed": msg("unterschrieben"),
    "draft": msg("Entwurf"),
    "copy": msg("Abschrift"),
    "template": msg("Muster"),
}


def _summary(reading: Reading, language: str) -> Iterator[str]:
    def words(label: str) -> str:
        return translate(_LABELS[label], language)

    def row(label: str, value: object, *paths: str) -> str:
        sure = all(reading.evidence[path].certain for path in paths)
        shown = words("none") if value in (None, "", ()) else value
        return f"{words(label):<24}{shown}{'' if sure else UNCERTAIN_MARK}"

    def money(cents: int) -> str:
        return format_euro(cents, "en" if language == "en" else "de")

    giver, region = reading.parties
    key = loading.programme(reading.programme).identifier.label
    yield row("programme", reading.programme, "programme")
    yield row("year", reading.year, "year")
    yield row(giver.role, giver.name, "parties[0].name")
    region_words = f"{region.name} ({region.kind}, {key} {region.ags})"
    yield row("region", region_words, "parties[1].name", "parties[1].ags")
    budget = reading.budget_cents
    yield row("kind", translate(KINDS[reading.kind], language), "kind")
    yield row("state", translate(STATES[reading.state], language), "state")
    yield row("budget", budget and money(budget), "budget_cents")
    if reading.own_share_cents is not None or not reading.evidence["own_share_cents"].certain:
        share = reading.own_share_cents
        yield row("own_share", share and money(share), "own_share_cents")
    if giver.role != "authority":
        yield row("authority", reading.granting_authority, "granting_authority")
    yield row("areas", ", ".join(reading.legal_areas), "legal_areas")
    yield row("frameworks", "; ".join(reading.frameworks), "frameworks")
    yield row("earmarks", ", ".join(one.code for one in reading.earmarks), "earmarks")
    yield row("meeting", reading.meeting and reading.meeting.label, "meeting")
    if reading.resolution:
        yield row("resolution", reading.resolution.label, "resolution")
    yield from _lists(reading, words, money)
    yield ""
    yield words("findings")
    yield from (_finding(one, language) for one in reading.findings)
    doubts = sum(not one.certain for one in reading.evidence.values())
    yield ""
    yield words("doubts").format(count=doubts)


def _lists(
    reading: Reading, words: Callable[[str], str], money: Callable[[int], str]
) -> Iterator[str]:
    def mark(path: str) -> str:
        return "" if reading.evidence[path].certain else UNCERTAIN_MARK

    yield ""
    yield f"{words('measures')} ({len(reading.measures)}){mark('measures')}"
    for i, measure in enumerate(reading.measures):
        amount = f", {money(measure.amount_cents)}" if measure.amount_cents is not None else ""
        title = f"{measure.title}{mark(f'measures[{i}].title')}"
        yield f"  {measure.type or '?':<24}{title}{amount}"
    yield ""
    yield words("signatures")
    for i, one in enumerate(reading.signatures):
        values = (
            ("name", one.name),
            ("office", one.office),
            ("place", one.place),
            ("date", one.date),
        )
        shown = (f"{value or '–'}{mark(f'signatures[{i}].{name}')}" for name, value in values)
        yield f"  {one.party:<10}{', '.join(shown)}"
    yield ""
    yield f"{words('clauses')}{mark('clauses')}"
    yield from (f"  {one.number:<10}{one.title}" for one in reading.clauses)


def _finding(finding: Finding, language: str) -> str:
    return f"  {finding.place:<22}{sentence(finding, language)}"
