"""``zielwerk agreement verify``: what is to be said of a signed PDF, without a database."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zielwerk.language import sentence
from zielwerk.packs.opening import named
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.signing.apart import verify
from zielwerk.signing.authorities import folder, load
from zielwerk.signing.kinds import MOST_BYTES
from zielwerk.signing.model import Result, Verdict

_NO_FOLDER = msg("Den Ordner {place} gibt es nicht.")


def verify_command(argv: list[str]) -> int:
    """Say whether a PDF is validly signed, by whom and when; 0 where it is, otherwise 1.

    Trusted are the authorities whose certificates lie in the folder: ``--authorities``, else
    ``ZIELWERK_AUTHORITIES``, else ``authorities`` in the data folder. Nothing is fetched from the
    network. With ``--json``::

        {"result": "valid|invalid|cannot be judged",
         "signatures": [{"name": "…", "office": "…", "organisation": "…", "field": "…",
           "label": "…", "time": "2026-06-12T10:32:00+02:00", "time_is_proven": false,
           "covers_whole_document": true, "later": "nothing", "is_intact": true, "trusted": true}],
         "hash": "…", "embedded": [{"name": "…", "hash": "…"}], "missing": ["…"],
         "sentences": ["…"]}

    ``hash`` is the SHA-256 of the file as it was before anybody signed, null where the file does
    not hold it. ``later`` says what was added after a signature: nothing, signatures or other.
    ``missing`` are the fields that are not signed yet.
    """
    options = _parser().parse_args(argv)
    place = Path(options.authorities) if options.authorities else folder()
    if options.authorities and not place.is_dir():
        raise Refused(Refusal("signing.no_folder", _NO_FOLDER, {"place": str(place)}))
    pdf = named(options.file, MOST_BYTES)
    verdict = verify(pdf, load(place), at=datetime.now(UTC))
    if options.json:
        print(json.dumps(as_json(verdict, options.lang), ensure_ascii=False, indent=2))
    else:
        print("\n".join(sentence(one, options.lang) for one in verdict.sentences))
    return 0 if verdict.result is Result.VALID else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zielwerk agreement verify",
        description="Say whether a PDF is validly signed, by whom and when.",
    )
    parser.add_argument("file", metavar="FILE.pdf")
    parser.add_argument("--authorities", metavar="DIR", help="certificates that are trusted")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    return parser


def as_json(verdict: Verdict, language: str) -> dict[str, Any]:
    """The verdict as data, its sentences in a language."""
    return {
        "result": verdict.result,
        "signatures": [
            {**vars(one), "time": one.time and one.time.isoformat()} for one in verdict.signatures
        ],
        "hash": verdict.hash or None,
        "embedded": [vars(one) for one in verdict.embedded],
        "missing": verdict.missing,
        "sentences": [sentence(one, language) for one in verdict.sentences],
    }
