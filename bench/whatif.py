"""The what-if page: server time of one change, with 27 and with 400 bodies."""

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
    for number, goal in ((27, 100), (400, 200)):
        work = measured(number)
        beside = (
            f"{work['queries']:.0f} queries, {work['kilobytes']:.0f} kB; the arithmetic alone "
            f"{work['arithmetic']:.1f} ms"
        )
        name = f"one change on the what-if page, {number} bodies"
        rows.append((name, f"{work['change']:.0f} ms", beside, f"< {goal} ms"))
        whole = f"{work['page_kilobytes']:.0f} kB"
        rows.append((f"the same page as a whole, {number} bodies", f"{work['page']:.0f} ms", whole))
    return rows
