"""How things are timed here."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable


def milliseconds(work: Callable[[], object], times: int = 15) -> float:
    """Median of several runs after one that does not count."""
    work()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def process(command: list[str], times: int = 7) -> float:
    """Median wall time in ms of a whole process."""

    def once() -> None:
        subprocess.run(command, check=True, capture_output=True)

    return milliseconds(once, times)


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def peak_memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
