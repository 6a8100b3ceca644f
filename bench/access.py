"""The access test: every route, as every role, with every thing; beside starting the tests."""

import subprocess
import sys
import time

Rows = list[tuple[str, ...]]
FILE = "tests/journeys/test_access.py"
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", FILE]


def took(*more: str) -> tuple[float, str]:
    start = time.perf_counter()
    done = subprocess.run([*PYTEST, *more], check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stdout


def run() -> Rows:
    start, _ = took("--collect-only")
    rows = []
    for label, more in (("one thing of each route in turn", ()), ("all", ("--exhaustive",))):
        seconds, said = took("-n", "2", "--dist", "worksteal", *more)
        number = next(line for line in said.splitlines() if " passed" in line).split()[0]
        rows.append(
            (
                f"access of every role to every route, {label} ({number} tests, two processes)",
                f"{seconds:.0f} s",
                f"collecting the tests {start:.1f} s",
                "< 90 s",
            )
        )
    return rows
