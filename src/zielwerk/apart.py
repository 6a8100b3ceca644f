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
from collections.abc import Callable
from typing import Any


class TooLong(Exception):  # noqa: N818 - it says what happened
    """The work was not done in its time."""


class Ended(Exception):  # noqa: N818 - it says what happened
    """The work ended before it was done: it asked for more memory than it may have, or crashed."""


def ask(module: str, question: Any, data: bytes, *, seconds: int, memory: int) -> Any:
    """What a module that calls :func:`serve` answers; question and answer are JSON.

    Raises TooLong and Ended; any other failure is a fault of ours (RuntimeError).
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
    return json.loads(done.stdout)


def serve(work: Callable[[Any, bytes], Any]) -> None:
    """The other side: read question and data, keep the limits, write the answer."""
    head = json.loads(sys.stdin.buffer.readline())
    seconds, memory = head["seconds"], head["memory"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # told first, then killed
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = work(head["question"], sys.stdin.buffer.read())
    except MemoryError:  # as if the system had ended it
        os.kill(os.getpid(), signal.SIGKILL)
    json.dump(answer, sys.stdout)
