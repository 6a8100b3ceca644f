"""Lists of 1,000 to 100,000 rows on both databases: pages, and files taken away."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.ledger_server import postgresql

SIZES = (1_000, 10_000, 100_000)
Rows = list[tuple[str, ...]]


def measured(folder: Path, number: int, database: str = "") -> dict[str, Any]:
    surroundings = {**os.environ, "ZIELWERK_DATA": str(folder)}
    surroundings["DJANGO_SETTINGS_MODULE"] = "zielwerk.config.settings"
    if database:
        surroundings["ZIELWERK_DATABASE_URL"] = database
    zielwerk = str(Path(sys.executable).parent / "zielwerk")
    if number == SIZES[0]:
        prepare = [zielwerk, "demo", "prepare"]
        subprocess.run(prepare, env=surroundings, check=True, capture_output=True)
    work = [sys.executable, "-m", "bench.lists_work", str(number)]
    out = subprocess.run(work, env=surroundings, check=True, capture_output=True).stdout
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def of_database(name: str, folder: Path, database: str = "") -> Rows:
    rows: Rows = []
    for number in SIZES:
        found = measured(folder, number, database)
        what = f"{name}, {number:,} agreements"
        rows.append(
            (
                f"{what}: a page of 50, signed in",
                f"first {found['first']:.0f} ms, middle {found['middle']:.0f} ms, "
                f"last {found['last']:.0f} ms",
                f"by amount {found['by amount']:.0f} ms, public {found['public']:.0f} ms",
                "< 60 ms, last as first",
            )
        )
        for kind in ("csv", "json", "xlsx"):
            file = found[kind]
            rows.append(
                (
                    f"{what}: as {kind.upper()}",
                    f"{file['seconds']:.1f} s, memory +{file['memory']:.0f} MB",
                    f"{file['size']:.1f} MB",
                    "memory does not grow",
                )
            )
    return rows


def run() -> Rows:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sqlite").mkdir()
        rows = of_database("SQLite", folder / "sqlite")
        (folder / "with-postgresql").mkdir()
        with postgresql(folder) as server:
            return rows + of_database("PostgreSQL", folder / "with-postgresql", server.address)
