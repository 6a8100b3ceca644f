"""Allocation over 10,000 bodies; the peer is splitting the same total in proportion only."""

import tempfile
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random

from bench.timing import milliseconds, process, python
from zielwerk.rulebook.allocation import METHODS, Key, Need, allocate, explain

INDICATORS = ("sgb2", "langzeit", "u25", "schulabgang", "gefluechtete")
KEY = Key(
    rounding_cents=100_00,
    base_cents=50_000_00,
    floor_cents=60_000_00,
    cap_cents=2_500_000_00,
    max_change_percent=Fraction(25, 2),
    weights={
        name: Fraction(weight, 10) for name, weight in zip(INDICATORS, (4, 3, 2, 1, 1), strict=True)
    },
)
KEY_FILE = """[key]
rounding_cents = 10000
base_cents = 5000000
floor_cents = 6000000
cap_cents = 250000000
max_change_percent = 12.5
[weights]
sgb2 = 0.4
langzeit = 0.3
u25 = 0.2
schulabgang = 0.1
gefluechtete = 0.1
"""


def bodies(count: int) -> list[Need]:
    """Invented bodies whose amounts of last year lie near what their need would bring."""
    chance = Random(2026)
    needs = []
    for number in range(count):
        size = chance.paretovariate(1.2)
        values = {
            name: Fraction(round(size * chance.uniform(500, 1500) * 100), 100)
            for name in INDICATORS
        }
        last_year = round(size * chance.uniform(150_000_00, 350_000_00))
        needs.append(Need(f"{number:05d}", f"Kreis {number}", values, min(last_year, 2_500_000_00)))
    return needs


def total_of(needs: list[Need]) -> int:
    """Three per cent more than last year, in cents."""
    return sum(max(need.last_year_cents or 0, 60_000_00) for need in needs) * 103 // 100


def run() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for count, goal in ((27, ""), (400, ""), (10_000, "< 1000 ms")):
        needs = bodies(count)
        total = total_of(needs)
        plain = milliseconds(partial(proportional, needs, total), 7)
        for method, name in METHODS.items():
            key = replace(KEY, method=method)
            spent = milliseconds(partial(allocate, key, needs, total), 7)
            limited = sum(bool(share.limited_by) for share in allocate(key, needs, total).amounts)
            rows.append(
                (
                    f"{count:,} bodies, 5 indicators, all limits ({limited:,} limited), {name}",
                    f"{spent:.1f} ms",
                    f"proportional in floats: {plain:.1f} ms",
                    goal,
                )
            )
    allocation = allocate(KEY, bodies(27), total_of(bodies(27)))
    spent = milliseconds(partial(explain, allocation, "00007"))
    rows.append(("arithmetic of one of 27 bodies", f"{spent:.2f} ms", "", ""))
    rows.append(command())
    return rows


def proportional(needs: list[Need], total_cents: int) -> list[float]:
    """The same need as a spreadsheet shares it: floating numbers, no base, limits or units."""
    values = {name: [float(need.values[name]) for need in needs] for name in INDICATORS}
    weights = {
        name: float(weight) / sum(map(float, KEY.weights.values())) / sum(values[name])
        for name, weight in KEY.weights.items()
    }
    return [
        total_cents
        * sum(weights[name] * value for name, value in zip(INDICATORS, row, strict=True))
        for row in zip(*values.values(), strict=True)
    ]


def command() -> tuple[str, ...]:
    """The whole command on files of 10,000 rows, beside only reading its result again."""
    needs = bodies(10_000)
    with tempfile.TemporaryDirectory() as folder:
        key, table = Path(folder, "key.toml"), Path(folder, "bodies.csv")
        key.write_text(KEY_FILE)
        head = ";".join(("ags", "name", *INDICATORS, "last_year_cents"))
        rows = (
            ";".join(
                (
                    need.ags,
                    need.name,
                    *(f"{float(need.values[name]):.2f}" for name in INDICATORS),
                    str(need.last_year_cents),
                )
            )
            for need in needs
        )
        table.write_text("\n".join((head, *rows)))
        words = (str(key), str(table), "--total-cents", str(total_of(needs)), "--json")
        door = (
            "import sys; from zielwerk.allocation.cli import compute; "
            "sys.exit(compute(sys.argv[1:]))"
        )
        spent = process(python("-c", door, *words), 5)
    bare = process(python("-c", "import json, csv, tomllib"))
    return (
        "allocation compute, whole process, 10,000 rows",
        f"{spent:.0f} ms",
        f"python -c 'import json, csv, tomllib': {bare:.0f} ms",
        "",
    )
