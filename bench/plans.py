"""The pages of a body that plans 1,000 measures of a year, beside one that plans ten."""

import json
import os
import subprocess
import tempfile
from typing import Any

from bench.timing import python


def measured(number: int) -> dict[str, Any]:
    """Figures of one size, in a process and a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "ZIELWERK_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
        }
        found = subprocess.run(
            python("-m", "bench.plans_work", str(number)),
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
    said: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return said


def run() -> list[tuple[str, ...]]:
    few, many = measured(10), measured(1000)
    rows: list[tuple[str, ...]] = []
    for name, goal in (
        ("the year of a body with its sums", "< 100 ms, at most 12 queries"),
        ("one planned measure", "as with ten"),
        ("its form", "as with ten"),
        ("what can be taken over from last year", ""),
        ("the list as CSV", ""),
    ):
        at_ten = f"with ten: {few[name]['ms']:.0f} ms, {few[name]['queries']} queries"
        what = f"{many[name]['ms']:.0f} ms, {many[name]['queries']} queries"
        rows.append((f"{name}, 1,000 planned measures", what, at_ten, goal))
    rows.append(("a table of 500 lines, previewed", f"{many['preview']:.1f} s", "", ""))
    rows.append(("the same, written in one transaction", f"{many['paste']:.1f} s", "", ""))
    rows.append(("1,000 measures taken over", f"{many['carry']:.1f} s", "", ""))
    return rows
