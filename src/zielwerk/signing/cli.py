"""``zielwerk agreement verify`` and ``sign``: a PDF with signatures, without a database."""

import argparse
import json
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import Any

from zielwerk.language import sentence
from zielwerk.packs.opening import named
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.signing.apart import sign, verify
from zielwerk.signing.authorities import Authorities, folder, load
from zielwerk.signing.keys import key_of
from zielwerk.signing.kinds import MOST_BYTES
from zielwerk.signing.model import Result, Verdict, said

MOST_KEY_BYTES = 1_000_000
_PASSWORD = msg("Kennwort des Schlüssels:")
_THERE = msg("{file} gibt es schon und wird nicht überschrieben. Nennen Sie mit --out eine andere.")
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


def sign_command(argv: list[str]) -> int:
    """Sign a prepared PDF into one of its fields with the key of a PKCS #12 file.

    The password of the key is asked for without being shown, or read from the first line of
    ``--password-file``; it never stands on the command line. The signed file is a new one:
    ``--out``, else beside the first as NAME-unterschrieben.pdf. None that is there is replaced.
    """
    options = _sign_parser().parse_args(argv)
    pdf, store = named(options.file, MOST_BYTES), named(options.key, MOST_KEY_BYTES)
    verdict = verify(pdf, Authorities(), at=datetime.now(UTC))
    if not verdict.hash:
        reasons = (
            Refusal("signing.cannot_sign", one.msgid, one.params) for one in verdict.sentences
        )
        raise Refused(*reasons)
    made = sign(
        pdf,
        options.field,
        store,
        password=_password(store, options.password_file),
        prepared=verdict.hash,
        moment=datetime.now(UTC),
    )
    file = Path(options.file)
    out = Path(options.out) if options.out else file.with_name(f"{file.stem}-unterschrieben.pdf")
    try:
        with out.open("xb") as written:
            written.write(made)
    except FileExistsError as error:
        raise Refused(Refusal("signing.there_already", _THERE, {"file": str(out)})) from error
    print(f"{out}")
    return 0


def _password(store: bytes, file: str) -> str:
    """The password of a key; none is asked for where the key needs none."""
    if file:
        return named(file, MOST_KEY_BYTES).decode().partition("\n")[0].rstrip("\r")
    try:
        key_of(store, "")
    except Refused:
        return getpass(f"{sentence(said(_PASSWORD), 'de')} ")
    return ""


def _sign_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zielwerk agreement sign", description="Sign a prepared PDF into one of its fields."
    )
    parser.add_argument("file", metavar="FILE.pdf")
    parser.add_argument("--key", required=True, metavar="KEY.p12", help="a PKCS #12 file")
    parser.add_argument("--field", required=True, help="id of the field, such as body/1")
    parser.add_argument("--out", metavar="FILE", help="where the signed file goes")
    parser.add_argument("--password-file", default="", metavar="FILE", help="its first line")
    return parser


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
