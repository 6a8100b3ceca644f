"""`python -m bench [NAME …]`: measure and write bench/RESULTS.md."""

import os
import platform
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

Rows = list[tuple[str, ...]]
SUBJECTS = {
    "packs": "Programme packs",
    "reading": "Reading an agreement",
    "papers": "A thousand papers of our own making",
    "redline": "Redline",
    "pdf": "Accessible PDF",
    "signing": "Electronic signatures",
    "scans": "Scans of signed paper",
    "start": "Start and memory",
    "pages": "Pages",
    "lists": "Lists",
    "publication": "What is public",
    "plans": "Planned measures",
    "application": "What stands against an application",
    "funding": "Writing applications",
    "granting": "Notices",
    "negotiation": "Drafts and their negotiation",
    "amendment": "Changing what was agreed",
    "casefile": "The file of a case",
    "desk": "The desk",
    "day": "A working day",
    "access": "The access test",
    "allocation": "Allocation",
    "whatif": "What-if page",
    "year": "The walked year's pages at 27 and 270 bodies",
    "ledger": "Ledger",
    "ledger10": "Ledger at ten million transfers",
    "years": "Walked years",
    "audit": "Proof of the audit chain",
}
RESULTS = Path(__file__).parent / "RESULTS.md"


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB memory, Python {platform.python_version()}"


def section(name: str) -> str:
    run: Callable[[], Rows] = import_module(f"bench.{name}").run
    rows = run()
    width = max(len(row) for row in rows)
    head = ["Figure", "Measured", "Beside", "Goal"][:width]
    lines = [f"## {SUBJECTS[name]}", "", f"_{date.today():%Y-%m-%d}, {machine()}_", ""]  # noqa: DTZ011
    lines += ["| " + " | ".join(head) + " |", "|---" * width + "|"]
    lines += ["| " + " | ".join(row + ("",) * (width - len(row))) + " |" for row in rows]
    return "\n".join(lines)


def main(names: list[str]) -> None:
    kept = {}
    if RESULTS.exists():
        parts = RESULTS.read_text().split("\n## ")
        kept = {part.splitlines()[0]: "## " + part.strip() for part in parts[1:]}
    for name in names or SUBJECTS:
        text = section(name)
        print(text, end="\n\n", flush=True)
        kept[SUBJECTS[name]] = text
    ordered = [kept[title] for title in SUBJECTS.values() if title in kept]
    intro = (
        "# Measured figures\n\nMade by `make bench`. Absolute figures drift with the machine; "
        "quote the ratios, which come from the same run."
    )
    RESULTS.write_text("\n\n".join([intro, *ordered]) + "\n")


main(sys.argv[1:])
