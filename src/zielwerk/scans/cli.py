"""``zielwerk scan check``: what a scanned file holds, without a database."""

import argparse
import json
from collections import Counter
from typing import Any

from zielwerk.language import sentence
from zielwerk.packs.opening import named
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.scans.apart import read
from zielwerk.scans.codes import Code, check_code
from zielwerk.scans.comparison import Expected, approved, compare
from zielwerk.scans.findings import Findings
from zielwerk.scans.model import Scan
from zielwerk.scans.refusals import MOST_BYTES

_NO_PRINT = msg("{file} ist kein Dokument, dessen Seiten der Reihe nach ihre Codes tragen.")
_NOTHING = msg("Auf keiner Seite der Datei ist ein Code zu lesen.")


def check_command(argv: list[str]) -> int:
    """Say of which document and version the pages of a scan are; 0 where nothing is wrong, else 1.

    Compared is with the version that most pages are of; with ``--approved FILE.pdf``, the PDF that
    was printed, also its text. With ``--json``::

        {"reference": "…", "version": 3, "check_code": "…", "pages": 12, "found": 12,
         "stops": false, "findings": [{"kind": "…", "severity": "stops|to look at", "place": 4,
           "sentence": "…"}], "sentences": ["…"]}

    ``place`` is the page of the file. Where no page has a code, ``reference`` is null.
    """
    options = _parser().parse_args(argv)
    scan = read(named(options.file, MOST_BYTES))
    likely = most_likely(scan)
    if likely is None:
        told = sentence(Said(_NOTHING), options.lang)
        print(_json({"reference": None, "sentences": [told]}) if options.json else told)
        return 1
    expected = Expected(likely.reference, likely.version, likely.hash, likely.pages)
    if options.approved:
        expected = _printed(options.approved)
    findings = compare(expected, scan)
    if options.json:
        print(_json(as_json(expected, findings, options.lang)))
    else:
        print("\n".join(sentence(one, options.lang) for one in findings.sentences))
    return 1 if findings.findings else 0


def _printed(file: str) -> Expected:
    try:
        return approved(read(named(file, MOST_BYTES)))
    except ValueError as error:
        raise Refused(Refusal("scans.no_print", _NO_PRINT, {"file": file})) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zielwerk scan check",
        description="Say of which document and version the pages of a scan are.",
    )
    parser.add_argument("file", metavar="FILE.pdf", help="or PNG, JPEG, TIFF")
    parser.add_argument("--approved", metavar="FILE.pdf", help="what was printed, to compare text")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    return parser


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_json(expected: Expected, findings: Findings, language: str) -> dict[str, Any]:
    """What was found as data, its sentences in a language."""
    return {
        "reference": expected.reference,
        "version": expected.version,
        "check_code": check_code(expected.hash),
        "pages": findings.pages,
        "found": findings.found,
        "stops": findings.stops,
        "findings": [
            {
                "kind": one.kind,
                "severity": one.severity,
                "place": one.place,
                "sentence": sentence(one.said, language),
            }
            for one in findings.findings
        ],
        "sentences": [sentence(one, language) for one in findings.sentences],
    }


def most_likely(scan: Scan) -> Code | None:
    """The code of a version that most pages carry."""
    versions = Counter(
        Code(code.reference, code.version, code.hash, 1, code.pages)
        for page in scan.pages
        for code in (one.code for one in page.codes)
    )
    return versions.most_common(1)[0][0] if versions else None
