"""What the public takes away of 1,000 agreements, beside what the machine can do at best.

Own time of the process, which other work on the machine does not lengthen; on PostgreSQL without
the server's. The limit of a file, in the same run: the same rows fetched by one bare statement
and written by the library alone. The limit of a page: the same process answering with nothing but
"ok".
"""

import tempfile
from pathlib import Path

from bench.ledger_server import postgresql
from bench.pages import measured_by

Row = tuple[str, ...]
SIZES = (100, 1_000)
GOALS = {"list, CSV": "< 300 ms", "list, CSV for programs": "< 300 ms"}


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        rows = of_database("SQLite", folder / "sqlite", "")
        with postgresql(folder) as server:
            rows += of_database("PostgreSQL", folder / "pg", server.address)
    return rows


def of_database(database: str, folder: Path, address: str) -> list[Row]:
    few, many = measured_by("bench.publication_work", folder, address, *SIZES)
    rows = []
    for name, found in many["pages"].items():  # type: ignore[attr-defined]
        before = few["pages"][name]  # type: ignore[index]
        limit = many["limits"]["CSV" if "CSV" in name else "page"]  # type: ignore[index]
        what = "bare statement and writer" if "CSV" in name else "empty answer"
        queries = f"{found['queries']} queries ({before['queries']} at {SIZES[0]})"
        rows.append(
            (
                f"{database}, {SIZES[1]:,} agreements: {name}",
                f"{found['work']:.0f} ms own time, {found['bytes'] / 1000:.0f} kB, {queries}",
                f"{what} {limit:.1f} ms, ratio {found['work'] / limit:.0f}",
                GOALS.get(name, ""),
            )
        )
    return rows
