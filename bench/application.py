"""Everything that is said of an application while it is typed: 40 measures, 1,000 elsewhere.

Times are the processor's, so that a busy machine spoils none.
"""

from dataclasses import replace
from datetime import date
from random import Random

from bench.redline import spent
from bench.titles import TITLES
from zielwerk.packs import loading
from zielwerk.packs.applying import application_rules
from zielwerk.rulebook.application import (
    Application,
    ApplicationRules,
    AppliedMeasure,
    Cost,
    Elsewhere,
    Form,
    Income,
    check,
)
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.checking import Funded

RANDOM = Random(7)
RUNS_ON = Period(date(2025, 2, 1), date(2026, 3, 31))  # of the year before, into this one


def run() -> list[tuple[str, ...]]:
    rows = []
    for number in (4, 40, 400):
        application, rules = case(number)
        found = check(application, rules)
        taken = spent(lambda: check(application, rules), 7)  # noqa: B023 - called at once
        goal = "< 50 ms" if number == 40 else ""
        name = f"all rules, {number} measures, 1,000 measures of other applications"
        rows.append((name, f"{taken:.1f} ms", f"{len(found)} findings", goal))
    return rows


def case(number: int) -> tuple[Application, ApplicationRules]:
    """An application with so many measures, and the rules of its year."""
    year = loading.load("aqb_hessen", 2026)
    elsewhere = [
        Elsewhere(
            Funded(f"AN-{at}", title(), "06435"),
            f"Träger {at % 20}",
            own=at % 10 == 0,
            days=RUNS_ON if at % 4 == 0 else None,
        )
        for at in range(1000)
    ]
    rules = replace(
        application_rules(year, date(2026, 3, 1)),
        allocated={"": 10**9, "language": 10**7},
        decided_from=date(2026, 6, 1),
        elsewhere=elsewhere,
    )
    measures = tuple(measure(at) for at in range(number))
    return Application(2026, form=Form.DEFICIT, measures=measures), rules


def measure(at: int) -> AppliedMeasure:
    costs = tuple(
        Cost(category, year, 10_000_00)
        for category in ("staff", "fees", "material", "participants", "overheads")
        for year in range(2026, 2029)
    )
    incomes = tuple(
        Income(source, year, 25_000_00) for source in ("state", "county") for year in (2026, 2027)
    )
    return AppliedMeasure(
        str(at),
        title=f"{title()} {at}",
        type="qualification",
        first_day=date(2026, 2, 1),
        last_day=date(2026, 12, 31),
        seats=12,
        language="yes",
        passing_on="contract",
        carrier=f"Träger {at % 20}",
        costs=costs,
        incomes=incomes,
    )


def title() -> str:
    """What two bodies might call a measure: some words are shared, most are not."""
    return " und ".join(RANDOM.sample(TITLES, 2))
