"""Drafts of a year with their documents, and the pages of a draft that much was said about."""

import json
import os
import subprocess
import tempfile
from typing import Any

from bench.timing import python


def measured(*what: str) -> dict[str, Any]:
    """Figures of one size, in a process and a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "ZIELWERK_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
        }
        found = subprocess.run(
            python("-m", "bench.negotiation_work", *what),
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
    said: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return said


def run() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for bodies, goal in ((27, "< 3 s"), (400, "< 40 s")):
        found = measured("drafts", str(bodies))
        alone = f"without the documents {found['drafted']:.1f} s"
        rows.append((f"{bodies} drafts with their PDF", f"{found['whole']:.1f} s", alone, goal))
    few, many = measured("talk", "20"), measured("talk", "2000")
    for name, one in many.items():
        beside = few[name]
        rows.append(
            (
                f"2,000 comments: {name}",
                f"{one['ms']:.0f} ms, {one['queries']} queries",
                f"20 comments: {beside['ms']:.0f} ms, {beside['queries']} queries",
                "< 100 ms",
            )
        )
    return rows
