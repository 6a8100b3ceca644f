"""The desk with 100 and 10,000 open tasks in the house, beside a bare page with as many queries."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.ledger_server import postgresql

SIZES = (100, 10_000)
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
    work = [sys.executable, "-m", "bench.desk_work", str(number)]
    out = subprocess.run(work, env=surroundings, check=True, capture_output=True).stdout
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def of_database(name: str, folder: Path, database: str = "") -> Rows:
    rows: Rows = []
    for number in SIZES:
        found = measured(folder, number, database)
        for who in ("head", "officer", "body"):
            one = found[who]
            rows.append(
                (
                    f"{name}, {number:,} open tasks: the desk of the {who}",
                    f"{one['ms']:.0f} ms (p95 {one['p95']:.0f}, worked {one['worked']:.0f}), "
                    f"{one['queries']} queries",
                    f"bare page with {one['queries']} queries of one row {one['bare']:.1f} ms",
                    "< 50 ms, 12 queries",
                )
            )
        one = found["head"]
        rows.append(
            (
                f"{name}, {number:,} open tasks: the first look after somebody's act",
                f"{one['first']:.0f} ms, {one['first queries']} queries",
                "",
                "",
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
