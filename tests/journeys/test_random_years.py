"""Whatever an official does in whatever order: every figure is the model's, wherever it stands."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.journeys.programmes import Example
from tests.journeys.year.acts import allocation, budget
from tests.journeys.year.chance import MOST, VERBS, Chance
from tests.journeys.year.model import Fund, Line
from tests.journeys.year.places import Reading
from tests.journeys.year.walk import Walk, walking
from zielwerk.packs import loading as packs

YEAR = 2025
SHORT, LONG = (3, 8), (20, 20)
"""How many years, and how many acts at most before and after the turn of each."""

EVERYWHERE = 10
"""After so many acts of a long year every place is read; and at its end."""
WALKED_ON = {
    "sqlite": {"aqb_hessen", "lotsenfonds_nordmark"},
    "postgresql": {"kreisbudget_suedland"},
}

bodies = st.integers(0, 4)
act = st.tuples(st.sampled_from(sorted(VERBS)), bodies, st.integers(1, MOST))
Acts = list[tuple[str, int, int]]


def begun(walk: Walk) -> Chance:
    """The budget is in force, and its money is shared out in part."""
    rules = packs.load(walk.programme, YEAR)
    given = packs.demo_year(walk.programme, YEAR).appropriations[0]
    line = Line(YEAR, given.budget_line, given.money_source)
    budget.enact(walk, line, given.amount_cents)
    budget.authorise(walk, line, YEAR + 1, given.amount_cents // 10)
    allocation.bring_in_needs(walk, YEAR)
    unit = rules.allocation_keys[0].rounding_cents
    cents = given.amount_cents * 9 // 10 // unit * unit
    allocation.share_out(walk, Fund(YEAR), cents)
    return Chance(walk, line)


def play(chance: Chance, acts: Acts, reading: Reading, *, is_long: bool) -> None:
    """The acts in their order; after each every figure that it changes, after some all there is."""
    bodies_of_year = [one.ags for one in packs.bodies_in(chance.walk.programme, YEAR)]
    for number, (verb, body, part) in enumerate(acts, 1):
        chance.walk.on(chance.walk.now.date())
        VERBS[verb](chance, bodies_of_year[body], part)
        everywhere = is_long and number % EVERYWHERE == 0
        reading.after(f"{verb} {bodies_of_year[body]} {part}", everywhere=everywhere)


@pytest.mark.django_db
def test_whatever_is_done_every_figure_is_the_same_everywhere(
    example: Example, pytestconfig: pytest.Config, record_property: Callable[[str, int], None]
) -> None:
    is_long = bool(pytestconfig.getoption("--exhaustive"))
    years, acts = LONG if is_long else SHORT
    with walking(YEAR) as walk:
        walk.on(date(YEAR, 2, 3))
        reading, notes = Reading(walk), walk.notes
        chance, begins = begun(walk), walk.now

        @settings(
            max_examples=years,
            derandomize=not is_long,
            database=None,
            phases=[Phase.generate],  # a year that fails is told as it is: to walk it costs time
            suppress_health_check=list(HealthCheck),
        )
        @given(
            before=st.lists(act, max_size=acts),
            after=st.lists(act, max_size=acts // 2),
            part=st.integers(1, MOST),
        )
        def a_year(before: Acts, after: Acts, part: int) -> Any:
            walk.notes, walk.now = deepcopy(notes), begins
            reading.begin_anew()
            with transaction.atomic():
                play(chance, before, reading, is_long=is_long)
                if following := chance.turn(part):
                    play(following, after, reading, is_long=is_long)
                reading.after("the end", everywhere=is_long)
                transaction.set_rollback(True)
            assert not reading.differences, reading.report()

        a_year()
        for name, figure in reading.figures(years).items():
            record_property(name, figure)
