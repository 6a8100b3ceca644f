"""The what-if page: server time of one recalculation, with 27 and with 400 bodies."""

import json
import os
import subprocess
import tempfile

from bench.timing import python


def run() -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "ZIELWERK_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
        }
        found = subprocess.run(
            python("-m", "bench.whatif_work"),
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
    figures = json.loads(found.stdout.splitlines()[-1])
    rows: list[tuple[str, ...]] = []
    for number, goal in ((27, 100), (400, 300)):
        measured = figures[str(number)]
        beside = (
            f"{measured['queries']} queries, {measured['kilobytes']:.0f} kB; the arithmetic alone "
            f"{measured['arithmetic']:.1f} ms"
        )
        name = f"what-if page changed by its address, {number} bodies"
        rows.append((name, f"{measured['page']:.0f} ms", beside, f"< {goal} ms"))
    return rows
