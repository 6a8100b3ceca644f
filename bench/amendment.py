"""Changing an agreement of 40 measures: the copy, what differs, the merge; beside bare writes.

The limit beside it is what the database takes to write and read the same rows without any rule.
"""

import json
import os
import subprocess
import tempfile
from typing import Any

from bench.timing import python


def run() -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "ZIELWERK_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
        }
        found = subprocess.run(
            python("-m", "bench.amendment_work"),
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
    said: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return [
        (
            f"40 measures: {name}",
            f"{one['ms']:.1f} ms, {one['queries']} queries",
            f"the same rows alone: {one['alone']:.1f} ms",
            "< 50 ms, 20 queries",
        )
        for name, one in said.items()
    ]
