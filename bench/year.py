"""The pages of a year's money at 27 and 270 bodies: as many queries, and how long each takes.

Own time is this process's: what other work on the machine takes is not counted. On SQLite it is
all there is to do.
"""

import tempfile
from pathlib import Path

from bench.pages import Row, measured_by

SIZES = (27, 270)
MOST = 150  # ms of server time at the larger size


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        few, many = (
            measured_by("bench.year_work", Path(name) / str(size), "", size) for size in SIZES
        )
    return [
        (
            f"SQLite, {' / '.join(map(str, SIZES))} bodies: {one['page']}",
            f"{one['work']:.0f} / {other['work']:.0f} ms own time",
            f"{one['queries']} / {other['queries']} queries; {other['bytes'] / 1024:.1f} kB",
            f"< {MOST} ms" + ("" if other["work"] < MOST else ", **over**"),
        )
        for one, other in zip(few, many, strict=True)
    ]
