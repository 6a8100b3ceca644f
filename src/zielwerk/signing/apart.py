"""What is done with files that are signed, in a process of its own with limits of time and memory.

A file may be made to be read for ever, or to fill the memory; then the process ends, and the
verdict says so. The process that asks loads nothing of what reading signatures needs.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from importlib import import_module
from typing import Any

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
    said,
)

SECONDS = 60
MOST_MEMORY = 2_000_000_000


class _Ended(Exception):  # noqa: N818 - the other process was ended: why, as a sentence
    def __init__(self, why: Said) -> None:
        super().__init__(why.msgid)
        self.why = why


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
        answered, _ = _asked(question, pdf, seconds, memory)
    except _Ended as ended:
        return Verdict(Result.UNCLEAR, (ended.why,))
    return unpacked(answered["verdict"])


def prepare(pdf: bytes, places: Sequence[Place]) -> Prepared:
    """The file with its empty fields; see :func:`zielwerk.signing.fields.prepare`."""
    question = {"task": "prepare", "places": [asdict(each) for each in places]}
    _, made = _asked(question, pdf, SECONDS, MOST_MEMORY)
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
    return _asked(question, pdf, SECONDS, MOST_MEMORY)[1]


def _asked(
    question: Mapping[str, Any], pdf: bytes, seconds: int, memory: int
) -> tuple[dict[str, Any], bytes]:
    """What the other process answers: values, and a file where one was asked for."""
    limited = {**question, "seconds": seconds, "memory": memory}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "zielwerk.signing.apart"],
            input=json.dumps(limited).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise _Ended(said(say.TOO_LONG, seconds=seconds)) from late
    if done.returncode < 0:  # ended from outside: more time, or more memory, than it may have
        raise _Ended(said(say.DAMAGED))
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    line, _, made = done.stdout.partition(b"\n")
    answered: dict[str, Any] = json.loads(line)
    if reasons := answered.get("refused"):
        raise Refused(*(Refusal(rule, msgid, _all_restored(of)) for rule, msgid, of in reasons))
    return answered, made


def answer() -> None:
    """The other side: read the question and the file, write the answer."""
    question = json.loads(sys.stdin.buffer.readline())
    for limit, most in (
        (resource.RLIMIT_CPU, question["seconds"]),
        (resource.RLIMIT_AS, question["memory"]),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    pdf = sys.stdin.buffer.read()
    answered: dict[str, Any] = {}
    made = b""
    try:
        if question["task"] == "verify":
            answered = {"verdict": _verified(question, pdf)}
        else:
            made = (_prepared if question["task"] == "prepare" else _signed)(question, pdf)
    except Refused as refused:
        reasons = [[one.rule, one.msgid, _all_values(one.params)] for one in refused.refusals]
        answered = {"refused": reasons}
    sys.stdout.buffer.write(json.dumps(answered).encode() + b"\n" + made)


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
    data["sentences"] = [[one.msgid, _all_values(one.params)] for one in verdict.sentences]
    for row in data["signatures"]:
        row["time"] = row["time"] and row["time"].isoformat()
    return data


def unpacked(data: dict[str, Any]) -> Verdict:
    """The verdict that was packed."""
    return Verdict(
        Result(data["result"]),
        tuple(Said(msgid, _all_restored(params)) for msgid, params in data["sentences"]),
        tuple(_signature(row) for row in data["signatures"]),
        data["hash"],
        tuple(Embedded(**row) for row in data["embedded"]),
        tuple(data["missing"]),
    )


def _signature(row: dict[str, Any]) -> Signature:
    time = datetime.fromisoformat(row["time"]) if row["time"] else None
    return Signature(**{**row, "time": time, "later": Later(row["later"])})


def _all_values(params: Mapping[str, object]) -> dict[str, object]:
    return {name: _value(value) for name, value in params.items()}


def _all_restored(params: Mapping[str, Any]) -> dict[str, object]:
    return {name: _restored(value) for name, value in params.items()}


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
