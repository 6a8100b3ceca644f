"""Whoever does whatever in whatever order: what was granted is the same in every book."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as seasons
from hypothesis import strategies as st
from pytest_django import Settings

from tests.journeys.grants import applying, granting, passing, play, truth
from zielwerk.config import world
from zielwerk.core import audit

SHORT, LONG = (2, 80), (10, 120)
"""How many sequences, and how many verbs each has."""
ROOMS = (applying, granting, passing)
"""Whose verbs are tried; whoever reads these files declares them."""
ASSESSED = ("apply", "hand_in", "confirm", "settle", "assess")
"""How the first body comes to the draft of its first notice."""

step = st.tuples(st.integers(0, 10_000), st.integers(0, 1), st.integers(1, play.MOST))
Steps = list[tuple[int, int, int]]


@pytest.mark.django_db
def test_whatever_is_done_every_book_says_what_was_granted(
    pytestconfig: pytest.Config, settings: Settings, record_property: Callable[[str, int], None]
) -> None:
    is_long = bool(pytestconfig.getoption("--exhaustive"))
    sequences, verbs = LONG if is_long else SHORT
    settings.PROGRAMME = "aqb_hessen"
    began, done = play.begun(world.enrol_cast()), Counter[str]()
    for verb in ASSESSED:
        first = began.bodies[0]
        began.at += play.PACE
        began.take(verb, (first.applications or [first])[0], 0)

    @seasons(
        max_examples=sequences,
        derandomize=not is_long,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(step, min_size=verbs, max_size=verbs))
    def a_season(steps: Steps) -> None:
        playing = deepcopy(began)
        with transaction.atomic():
            for number, which, part in steps:
                playing.step(number, which, part)
                truth.look(playing, [playing.bodies[which]])
            truth.look(playing, playing.bodies)
            assert not list(audit.verify()), playing.told
            transaction.set_rollback(True)
        done.update(playing.done)

    a_season()
    assert {"issue", "issue_act", "conclude"} <= set(done), "hardly anything was done"
    for name, count in done.items():
        record_property(name, count)
