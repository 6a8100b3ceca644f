"""The check of a signed file in a process of its own, which has limits of time and memory.

A file may be made to be read for ever, or to fill the memory; then the process ends, and the
verdict says so. The process that asks loads nothing of what reading signatures needs.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from importlib import import_module
from typing import Any

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
        "seconds": seconds,
        "memory": memory,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "zielwerk.signing.apart"],
            input=json.dumps(question).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Verdict(Result.UNCLEAR, (said(say.TOO_LONG, seconds=seconds),))
    if done.returncode < 0:  # ended from outside: more time, or more memory, than it may have
        return Verdict(Result.UNCLEAR, (said(say.DAMAGED),))
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return unpacked(json.loads(done.stdout))


def answer() -> None:
    """The other side: read the question and the file, write the verdict."""
    question = json.loads(sys.stdin.buffer.readline())
    for limit, most in (
        (resource.RLIMIT_CPU, question["seconds"]),
        (resource.RLIMIT_AS, question["memory"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    authorities = Authorities(
        tuple(map(bytes.fromhex, question["certificates"])),
        tuple(map(bytes.fromhex, question["revocations"])),
    )
    verdict = import_module("zielwerk.signing.checking").examine(
        sys.stdin.buffer.read(),
        authorities,
        at=datetime.fromisoformat(question["at"]),
        expected=question["expected"],
    )
    json.dump(packed(verdict), sys.stdout)


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
    answer()
