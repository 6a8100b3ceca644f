"""The demo's people of each programme that ships, in an empty database."""

from typing import Any

import pytest

# Fixtures import the product only when they run: this file is read before Django is set up.


@pytest.fixture(params=["aqb_hessen", "kreisbudget_suedland", "lotsenfonds_nordmark"])
def people(request: pytest.FixtureRequest, db: None, settings: Any) -> Any:
    """The people of each programme that ships."""
    from tests import worlds
    from zielwerk.config import world

    settings.PROGRAMME = request.param
    return worlds.put(world.enrol_cast)


@pytest.fixture
def hesse(db: None, settings: Any) -> Any:
    """The people of one programme."""
    from tests import worlds
    from zielwerk.config import world

    settings.PROGRAMME = "aqb_hessen"
    return worlds.put(world.enrol_cast)
