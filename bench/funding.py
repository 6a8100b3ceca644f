"""Writing an application of 40 measures, and the list of applications, small and large."""

import tempfile
from pathlib import Path

from bench.pages import measured_by

Row = tuple[str, ...]
SIZES = (100, 10_000)
GOALS = {"one field kept": "< 30 ms", "the list": "< 100 ms", "the list, filtered": "< 100 ms"}


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        few, many = measured_by("bench.funding_work", Path(name) / "data", "", *SIZES)
    rows = []
    for way, found in many["ways"].items():  # type: ignore[attr-defined]
        before = few["ways"][way]  # type: ignore[index]
        asked = f"{found['queries']} queries"
        rows.append(
            (
                f"SQLite, {SIZES[1]} applications: {way}",
                f"{ms(found['median'])}, longest {ms(found['longest'])}, {asked}",
                f"{SIZES[0]}: {ms(before['median'])}, {before['queries']} queries",
                GOALS.get(way, ""),
            )
        )
    return rows


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
