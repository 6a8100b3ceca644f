"""Work in a process of its own, which has limits of time and memory. Needs no Django.

A file of somebody else may be made to be read for ever, or to fill the memory; then the process
ends, and who asked is told. The process that asks loads nothing of what the work needs.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from zielwerk.rulebook.refusal import Refusal, Refused, Said


class TooLong(Exception):  # noqa: N818 - it says what happened
    """The work was not done in its time."""


class Ended(Exception):  # noqa: N818 - it says what happened
    """The work ended before it was done: it asked for more memory than it may have, or crashed."""


def ask(module: str, question: Any, data: bytes, *, seconds: int, memory: int) -> tuple[Any, bytes]:
    """What a module that calls :func:`serve` answers, and the file that it made, if any.

    Question and answer are JSON. Raises what the work was refused for, TooLong and Ended; any other
    failure is a fault of ours (RuntimeError).
    """
    head = json.dumps({"question": question, "seconds": seconds, "memory": memory})
    try:
        done = subprocess.run(  # noqa: S603 - modules of ours alone
            [sys.executable, "-P", "-m", module],
            input=head.encode() + b"\n" + data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TooLong from late
    if done.returncode == -signal.SIGXCPU:
        raise TooLong
    if done.returncode < 0:
        raise Ended
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    line, _, made = done.stdout.partition(b"\n")
    answered = json.loads(line)
    if reasons := answered.get("refused"):
        raise Refused(*(Refusal(rule, *_restored(said)) for rule, said in reasons))
    return answered["answer"], made


def serve(work: Callable[[Any, bytes], tuple[Any, bytes]]) -> None:
    """The other side: read question and data, keep the limits, write the answer and the file."""
    head = json.loads(sys.stdin.buffer.readline())
    seconds, memory = head["seconds"], head["memory"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # told first, then killed
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    made = b""
    try:
        answer, made = work(head["question"], sys.stdin.buffer.read())
        answered = {"answer": answer}
    except Refused as refused:
        reasons = refused.refusals
        answered = {"refused": [[one.rule, _kept(one.msgid, one.params)] for one in reasons]}
    except MemoryError:  # as if the system had ended it
        os.kill(os.getpid(), signal.SIGKILL)
    sys.stdout.buffer.write(json.dumps(answered).encode() + b"\n" + made)


def packed(said: Said) -> list[Any]:
    """A sentence as JSON, not yet in any language."""
    return _kept(said.msgid, said.params)


def unpacked(data: Any) -> Said:
    """The sentence that was packed."""
    return Said(*_restored(data))


def _kept(msgid: str, params: Mapping[str, object]) -> list[Any]:
    return [msgid, {name: _value(value) for name, value in params.items()}]


def _restored(data: Any) -> tuple[str, dict[str, object]]:
    msgid, params = data
    return msgid, {name: _back(value) for name, value in params.items()}


def _value(value: object) -> object:
    match value:
        case datetime():
            return {"time": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Said():
            return {"said": packed(value)}
    return value


def _back(value: Any) -> object:
    match value:
        case {"time": time}:
            return datetime.fromisoformat(time)
        case {"day": day}:
            return date.fromisoformat(day)
        case {"said": said}:
            return unpacked(said)
    return value
