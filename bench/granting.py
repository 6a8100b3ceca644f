"""Twenty-seven notices issued at once, with their documents, and the season of applications."""

import tempfile
from pathlib import Path

from bench.pages import measured_by

Row = tuple[str, ...]
NOTICES = 27


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        [found] = measured_by("bench.granting_work", Path(name) / "data", "", NOTICES)
    set_ms, issue_ms = found["documents"], found["issuing"]  # type: ignore[misc]
    return [
        (
            f"SQLite, {NOTICES} notices issued at once, documents set before included",
            f"{(set_ms + issue_ms) / 1000:.2f} s",  # type: ignore[operator]
            f"the {NOTICES} documents alone {set_ms / 1000:.2f} s",  # type: ignore[operator]
            "< 3 s",
        ),
        (
            f"SQLite, {NOTICES} notices: the page that lists them before",
            f"{found['page']:.0f} ms",
            f"{found['queries']} queries",
            "",
        ),
    ]
