"""Walked years on both databases: acts, figures compared with the model, seconds a year.

As `make test` walks them; `make soak` walks them at full length.
"""

import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from bench.timing import python

WALKED, RANDOM = "tests/journeys/test_walked_year.py", "tests/journeys/test_random_years.py"
KINDS = {"each act of a year, in order": WALKED, "acts by chance": RANDOM}


def figures(tests: str, database: str) -> Counter[str]:
    """What the tests say that they did; raises where one of them found a difference."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        command = python("-m", "pytest", "-q", "--database", database)
        # Only this form of the file may hold what tests say besides their outcome.
        form = ("-o", "junit_family=xunit1", f"--junitxml={told}")
        subprocess.run([*command, *form, tests], check=True, capture_output=True)
        found = Counter[str]()
        for one in ElementTree.parse(told).iter("property"):
            found[one.attrib["name"]] += int(one.attrib["value"])
        return found


def rows() -> Iterator[tuple[str, ...]]:
    for kind, tests in KINDS.items():
        for database in ("sqlite", "postgresql"):
            did = figures(tests, database)
            what = f"{did['years']} years, {did['acts']} acts"
            seconds = did["milliseconds"] / did["years"] / 1000
            compared = (
                f"{did['compared']:,} figures compared with the independent model, "
                f"differences: {did['differences']}"
            )
            goal = "≤ 20 s a year" if tests == RANDOM else ""
            yield f"{kind}, {database}", f"{what}; {seconds:.1f} s a year", compared, goal


def run() -> list[tuple[str, ...]]:
    return list(rows())
