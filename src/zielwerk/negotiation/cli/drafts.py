"""Commands about the draft of a body and year: what it says, and what is to be said about it."""

import argparse
import json
import sys
from collections.abc import Mapping

from django.conf import settings
from django.utils import timezone

from zielwerk.drafting.views import nodes, plain
from zielwerk.language import sentence, translate
from zielwerk.negotiation import queries
from zielwerk.rulebook.checking import Finding, Severity, unanswered
from zielwerk.rulebook.refusal import Refusal, Refused, msg

LABELS = {
    Severity.ERROR: msg("Fehler"),
    Severity.QUESTION: msg("Frage"),
    Severity.HINT: msg("Hinweis"),
}
ANSWERED = msg("Antwort:")
_NOTHING = msg("Nichts fällt auf.")
_NO_YEAR = msg("Für {year} hat das Programm keine Regeln.")


def draft_command(arguments: list[str]) -> int:
    """`zielwerk agreement draft YEAR AGS [--json]`: the draft as it would be today.

    As text, or as ``{"nodes": [{"id", "kind", "label", "text"}], "document": {…}, "hash"}``, which
    `zielwerk agreement redline` compares by ids.
    """
    options = _options("draft", arguments)
    document = queries.draft_of(*_about(options), timezone.localdate())
    if not options.json:
        print(plain(document), end="")
        return 0
    data = {
        "nodes": [vars(node) for node in nodes(document)],
        "document": document.to_json(),
        "hash": document.hash,
    }
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def check_command(arguments: list[str]) -> int:
    """`zielwerk agreement check YEAR AGS [--json]`: what is to be said about the draft.

    The one that is negotiated, in its newest version and with what was answered; where there is
    none yet, as it would be made today. Exit 1 where something keeps it from being signed: an
    error, or a question that nobody answered.
    """
    options = _options("check", arguments)
    about, today = _about(options), timezone.localdate()
    draft = queries.of_body(*about)
    findings = queries.findings(draft, today) if draft else queries.findings_of(*about, today)
    given = queries.answers(queries.all_answers(draft), findings) if draft else {}
    said = {key: row.answer for key, row in given.items()}
    if options.json:
        data = [_as_json(finding, options.lang, said) for finding in findings]
        json.dump({"findings": data}, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        lines = [_line(finding, options.lang, said) for finding in findings]
        print("\n".join(lines or [translate(_NOTHING, options.lang)]))
    return 1 if unanswered(findings, said) else 0


def _options(command: str, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(f"zielwerk agreement {command}")
    parser.add_argument("year", type=int)
    parser.add_argument("ags")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    return parser.parse_args(arguments)


def _about(options: argparse.Namespace) -> tuple[str, int, str]:
    programme: str = settings.PROGRAMME
    if options.year not in queries.years(programme):
        refusal = Refusal("agreements.no_such_year", _NO_YEAR, {"year": str(options.year)})
        raise Refused(refusal)
    return programme, options.year, options.ags


def _line(finding: Finding, language: str, said: Mapping[str, str]) -> str:
    label = translate(LABELS[finding.severity], language)
    place = f" {finding.place}" if finding.place else ""
    basis = translate(finding.basis, language)
    answer = f" {translate(ANSWERED, language)} {said[finding.key]}" if finding.key in said else ""
    return f"{label}{place}: {_said(finding, language)} ({basis}){answer}"


def _said(finding: Finding, language: str) -> str:
    """Its sentence; whoever runs the commands sees what every body plans."""
    said = (finding.said, *(each.named for each in finding.funded))
    return " ".join(sentence(each, language) for each in said)


def _as_json(finding: Finding, language: str, said: Mapping[str, str]) -> dict[str, object]:
    return {
        "key": finding.key,
        "severity": finding.severity,
        "place": finding.place,
        "sentence": _said(finding, language),
        "basis": translate(finding.basis, language),
        "answer": said.get(finding.key),
    }
