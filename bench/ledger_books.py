"""The books that are measured: each is written to by processes of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.hordak import environment

ROOT = Path(__file__).parent.parent
SECONDS = 1.5
Row = tuple[str, ...]


@dataclass(frozen=True, order=True)
class Written:
    """Transfers a second, and how many attempts at an overdraft were refused meanwhile."""

    rate: float
    refused: int

    def __str__(self) -> str:
        return f"{self.rate:,.0f} a second ({self.refused} overdrafts refused)"


@dataclass(frozen=True, eq=False)
class Books:
    """One kind of books in one database: a command and what stands in its environment."""

    name: str
    command: tuple[str, ...]
    surroundings: dict[str, str]

    def told(self, *words: str) -> dict[str, float]:
        out, _ = self._start(*words).communicate()
        said: dict[str, float] = json.loads(out)
        return said

    def written(self, work: str, writers: int) -> Written:
        """Write for some seconds, from two processes where there are several writers."""
        shares = [writers] if writers == 1 else [writers // 2, writers - writers // 2]
        running = [self._start(work, str(share), str(SECONDS)) for share in shares]
        for one in running:
            assert one.stdout
            assert one.stdout.readline() == "ready\n"
        for one in running:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        said = [json.loads(one.communicate()[0]) for one in running]
        spent = max(one["seconds"] for one in said)
        refused = sum(one["refused"] for one in said)
        return Written(sum(one["done"] for one in said) / spent, refused)

    def _start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self.command, *words],
            env={**os.environ, **self.surroundings},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def product(name: str, folder: Path, address: str = "") -> Books:
    """Our own books on this PostgreSQL, or in a SQLite file in the folder."""
    return Books(
        name,
        (sys.executable, "-m", "bench.ledger_work"),
        {
            "ZIELWERK_DATA": str(folder),
            "ZIELWERK_DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
        },
    )


def peer(address: str) -> Books:
    """django-hordak's books on the same server, run by its own Python."""
    return Books(
        "django-hordak",
        (str(environment.python()), "-m", "bench.hordak.work"),
        {"ZIELWERK_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "bench.hordak.settings"},
    )


def show(rows: Iterable[Row]) -> None:
    """Print the rows of one measurement as they come; what was written down before stays."""
    began = time.perf_counter()
    print("| Figure | Measured | Beside | Goal |\n|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print(f"\n{time.perf_counter() - began:.0f} s")
