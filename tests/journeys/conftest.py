"""Journeys run on every programme: the site serves the one whose example they take."""

from typing import Any

import pytest
from pytest_django import Settings

from tests.journeys.programmes import PROGRAMMES, Example


@pytest.fixture(params=PROGRAMMES, ids=str)
def example(request: pytest.FixtureRequest, settings: Settings) -> Example:
    """A programme that the site serves, and a text of it."""
    settings.PROGRAMME = request.param.programme
    found: Example = request.param
    return found


@pytest.fixture
def played(example: Example, cast: Any) -> Any:
    """The demo's people of that programme; the money is shared out where documents ask for it."""
    from zielwerk.config import world, world_money
    from zielwerk.packs import loading as packs

    year = world.demo_year()
    recording = packs.load(example.programme, year).procedure("recording")
    if any("recording_allocated" in stage.guards for stage in recording):
        agreed = {terms.ags: terms.amount_cents for terms in world.invented()}
        world_money.authorise(cast.officer, example.programme, year)
        world_money.share_out(cast, example.programme, year, agreed)
    return cast
