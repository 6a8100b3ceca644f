"""The check of a signed file in a process of its own, which has limits of time and memory.

Where the process ends before it is done, the verdict says so.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from importlib import import_module
from typing import Any

from zielwerk import apart
from zielwerk.rulebook.refusal import Said
from zielwerk.signing import sentences as say
from zielwerk.signing.authorities import Authorities
from zielwerk.signing.kinds import unreadable
from zielwerk.signing.model import Embedded, Later, Result, Signature, Verdict, said

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
        "certificates": [one.hex() for one in authorities.certificates],
        "revocations": [one.hex() for one in authorities.revocations],
        "at": at.isoformat(),
        "expected": dict(expected or {}),
    }
    try:
        answer = apart.ask(__name__, question, pdf, seconds=seconds, memory=memory)
    except apart.TooLong:
        return Verdict(Result.UNCLEAR, (said(say.TOO_LONG, seconds=seconds),))
    except apart.Ended:
        return Verdict(Result.UNCLEAR, (said(say.DAMAGED),))
    return unpacked(answer)


def answered(question: dict[str, Any], pdf: bytes) -> dict[str, Any]:
    """The verdict about a file, in the process apart."""
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


def packed(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON, its sentences not yet in any language."""
    data = asdict(verdict)
    data["sentences"] = [
        [one.msgid, {name: _value(value) for name, value in one.params.items()}]
        for one in verdict.sentences
    ]
    for row in data["signatures"]:
        row["time"] = row["time"] and row["time"].isoformat()
    return data


def unpacked(data: dict[str, Any]) -> Verdict:
    """The verdict that was packed."""
    return Verdict(
        Result(data["result"]),
        tuple(
            Said(msgid, {name: _restored(value) for name, value in params.items()})
            for msgid, params in data["sentences"]
        ),
        tuple(_signature(row) for row in data["signatures"]),
        data["hash"],
        tuple(Embedded(**row) for row in data["embedded"]),
        tuple(data["missing"]),
    )


def _signature(row: dict[str, Any]) -> Signature:
    time = datetime.fromisoformat(row["time"]) if row["time"] else None
    return Signature(**{**row, "time": time, "later": Later(row["later"])})


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _restored(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    return (
        datetime.fromisoformat(value["time"])
        if "time" in value
        else date.fromisoformat(value["day"])
    )


if __name__ == "__main__":
    apart.serve(answered)
