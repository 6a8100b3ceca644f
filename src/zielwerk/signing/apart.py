"""What is done with files that are signed, in a process of its own with limits of time and memory.

A file may be made to be read for ever, or to fill the memory; then the process ends, and the
verdict says so. The process that asks loads nothing of what reading signatures needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from typing import Any

from zielwerk import apart
from zielwerk.rulebook.refusal import Refusal, Refused, Said
from zielwerk.signing import sentences as say
from zielwerk.signing.authorities import Authorities
from zielwerk.signing.kinds import unreadable
from zielwerk.signing.model import (
    Embedded,
    Later,
    Place,
    Prepared,
    Result,
    Signature,
    Verdict,
    hash_of,
)

SECONDS = 60
MOST_MEMORY = 2_000_000_000


def verify(
    pdf: bytes,
    authorities: Authorities,
    *,
    at: datetime,
    expected: Mapping[str, str] | None = None,
    seconds: int = SECONDS,
    memory: int = MOST_MEMORY,
) -> Verdict:
    """The verdict about a file, whatever it is; see :func:`zielwerk.signing.checking.examine`.

    ``at`` is the moment for which it is judged: now, or when the file is known to have been there.
    ``expected`` says for fields (by id) who was to sign there.
    """
    if unread := unreadable(pdf):
        return Verdict(Result.UNCLEAR, (unread,))
    question = {
        "task": "verify",
        "certificates": [one.hex() for one in authorities.certificates],
        "revocations": [one.hex() for one in authorities.revocations],
        "at": at.isoformat(),
        "expected": dict(expected or {}),
    }
    try:
        return unpacked(_asked(question, pdf, seconds, memory)[0])
    except Refused as ended:
        return Verdict(Result.UNCLEAR, tuple(Said(no.msgid, no.params) for no in ended.refusals))


def prepare(pdf: bytes, places: Sequence[Place]) -> Prepared:
    """The file with its empty fields; see :func:`zielwerk.signing.fields.prepare`."""
    question = {"task": "prepare", "places": [asdict(each) for each in places]}
    _, made = _asked(question, pdf)
    return Prepared(made, hash_of(made))


def sign(
    pdf: bytes, field: str, store: bytes, *, password: str = "", prepared: str, moment: datetime
) -> bytes:
    """The file with one more signature; see :func:`zielwerk.signing.signing.sign`.

    ``store`` is a PKCS #12 file with the key. Raises Refused.
    """
    question = {
        "task": "sign",
        "field": field,
        "store": store.hex(),
        "password": password,
        "prepared": prepared,
        "moment": moment.isoformat(),
    }
    return _asked(question, pdf)[1]


def _asked(
    question: Mapping[str, Any],
    pdf: bytes,
    seconds: int = SECONDS,
    memory: int = MOST_MEMORY,
) -> tuple[Any, bytes]:
    """What the other process answers: a verdict, or a file; Refused also where it was ended."""
    try:
        return apart.ask(__name__, question, pdf, seconds=seconds, memory=memory)
    except apart.TooLong as late:
        raise _ended(say.TOO_LONG, seconds=seconds) from late
    except apart.Ended as ended:
        raise _ended(say.DAMAGED) from ended


def _ended(sentence: str, **params: object) -> Refused:
    return Refused(Refusal("signing.ended", sentence, params))


def answered(question: Mapping[str, Any], pdf: bytes) -> tuple[Any, bytes]:
    """The other side: the verdict, or the file that was made."""
    if question["task"] == "verify":
        return _verified(question, pdf), b""
    make = _prepared if question["task"] == "prepare" else _signed
    return None, make(question, pdf)


def _verified(question: Mapping[str, Any], pdf: bytes) -> dict[str, Any]:
    authorities = Authorities(
        tuple(map(bytes.fromhex, question["certificates"])),
        tuple(map(bytes.fromhex, question["revocations"])),
    )
    verdict = import_module("zielwerk.signing.checking").examine(
        pdf,
        authorities,
        at=datetime.fromisoformat(question["at"]),
        expected=question["expected"],
    )
    return packed(verdict)


def _prepared(question: Mapping[str, Any], pdf: bytes) -> bytes:
    places = [
        Place(**{**each, "rectangle": tuple(each["rectangle"])}) for each in question["places"]
    ]
    made: Prepared = import_module("zielwerk.signing.fields").prepare(pdf, places)
    return made.pdf


def _signed(question: Mapping[str, Any], pdf: bytes) -> bytes:
    key = import_module("zielwerk.signing.keys").key_of(
        bytes.fromhex(question["store"]), question["password"]
    )
    made: bytes = import_module("zielwerk.signing.signing").sign(
        pdf,
        question["field"],
        key,
        prepared=question["prepared"],
        moment=datetime.fromisoformat(question["moment"]),
    )
    return made


def packed(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON, its sentences not yet in any language."""
    data = asdict(verdict)
    data["sentences"] = [apart.packed(one) for one in verdict.sentences]
    for row in data["signatures"]:
        row["time"] = row["time"] and row["time"].isoformat()
    return data


def unpacked(data: dict[str, Any]) -> Verdict:
    """The verdict that was packed."""
    return Verdict(
        Result(data["result"]),
        tuple(apart.unpacked(one) for one in data["sentences"]),
        tuple(_signature(row) for row in data["signatures"]),
        data["hash"],
        tuple(Embedded(**row) for row in data["embedded"]),
        tuple(data["missing"]),
    )


def _signature(row: dict[str, Any]) -> Signature:
    time = datetime.fromisoformat(row["time"]) if row["time"] else None
    return Signature(**{**row, "time": time, "later": Later(row["later"])})


if __name__ == "__main__":
    apart.serve(answered)
