"""The what-if page: server time of one recalculation, with 27 and with 400 bodies."""

import json
import os
import subprocess
import tempfile

from bench.timing import python


def measured(number: int) -> dict[str, float]:
    """Figures of one page, in a process and a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "ZIELWERK_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
        }
        found = subprocess.run(
            python("-m", "bench.whatif_work", str(number)),
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
    said: dict[str, float] = json.loads(found.stdout.splitlines()[-1])
    return said


def run() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number, goal in ((27, 100), (400, 300)):
        page = measured(number)
        beside = (
            f"{page['queries']} queries, {page['kilobytes']:.0f} kB; the arithmetic alone "
            f"{page['arithmetic']:.1f} ms"
        )
        name = f"what-if page changed by its address, {number} bodies"
        rows.append((name, f"{page['page']:.0f} ms", beside, f"< {goal} ms"))
    return rows
