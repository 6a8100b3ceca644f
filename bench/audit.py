"""The proof of the audit chain at ten thousand to a million entries, each of one transfer.

Seconds are the processor's, beside those of the bare digests over the same bytes.
"""

import json
import os
import subprocess
import sys
import tempfile
from typing import Any

SIZES = (10_000, 100_000, 1_000_000)
Rows = list[tuple[str, ...]]


def measured(folder: str, number: int) -> dict[str, Any]:
    surroundings = {**os.environ, "ZIELWERK_DATA": folder}
    surroundings["DJANGO_SETTINGS_MODULE"] = "zielwerk.config.settings"
    work = [sys.executable, "-m", "bench.audit_work", str(number)]
    out = subprocess.run(work, env=surroundings, check=True, capture_output=True).stdout
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found


def run() -> Rows:
    rows: Rows = []
    least = 0.0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for number in SIZES:
            found = measured(folder, number)
            each = found["seconds"] / found["entries"] * 1e6
            least = least or each
            hashed = found["hashed"] / found["entries"] * 1e6
            rows.append(
                (
                    f"SQLite, {number:,} entries: `audit verify`",
                    f"{found['seconds']:.1f} s, {each:.0f} µs an entry, "
                    f"{each / least:.2f} times that at {SIZES[0]:,}",
                    f"digests alone: {hashed:.1f} µs an entry, ratio {each / hashed:.0f}",
                    "at most twice as slow an entry",
                )
            )
            rows.append(
                (
                    f"SQLite, {number:,} entries: from the seal of the last tenth on",
                    f"{found['since']:.1f} s, memory +{found['memory']:.0f} MB, "
                    f"faults {found['faults']}",
                    "",
                    "memory does not grow, 0",
                )
            )
    return rows


if __name__ == "__main__":
    for row in run():
        print(" | ".join(row))
