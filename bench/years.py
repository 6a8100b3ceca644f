"""Years walked at full length, on both databases: how many acts, figures compared, differences."""

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
        command = python("-m", "pytest", "-q", "--exhaustive", "--database", database)
        subprocess.run([*command, f"--junitxml={told}", tests], check=True, capture_output=True)
        said = ElementTree.parse(told).iter("property")
        found = Counter[str]()
        for one in said:
            found[one.attrib["name"]] += int(one.attrib["value"])
        return found


def rows() -> Iterator[tuple[str, ...]]:
    for kind, tests in KINDS.items():
        for database in ("sqlite", "postgresql"):
            did = figures(tests, database)
            what = f"{did['years']} years, {did['acts']} acts"
            compared = f"{did['compared']} figures compared with the independent model"
            yield f"{kind}, {database}", what, compared, f"differences: {did['differences']}"


def run() -> list[tuple[str, ...]]:
    return list(rows())
