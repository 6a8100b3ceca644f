"""The file of a case with 500 notes beside what the demo has of it: page, PDF, ZIP."""

import tempfile
from pathlib import Path

from bench.pages import measured_by

Row = tuple[str, ...]
SIZES = (50, 500)
GOALS = {"PDF": "< 2 s", "ZIP": "< 2 s"}


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        few, many = measured_by("bench.casefile_work", Path(name) / "data", "", *SIZES)
    rows = []
    for way, found in many["ways"].items():  # type: ignore[attr-defined]
        before = few["ways"][way]  # type: ignore[index]
        size = f"{found['bytes'] / 1000:.0f} kB, {found['queries']} queries"
        rows.append(
            (
                f"SQLite, {SIZES[1]} notes: {way}",
                f"{ms(found['median'])}, longest {ms(found['longest'])}, {size}",
                f"{SIZES[0]} notes: {ms(before['median'])}, {before['queries']} queries",
                GOALS.get(way, ""),
            )
        )
    return rows


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
