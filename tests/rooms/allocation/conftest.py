"""The people of an installation, for the pages of this room."""

from typing import Any

import pytest

# Fixtures import the product only when they run: this file is read before Django is set up.


@pytest.fixture
def people(db: None, settings: Any, programme: str) -> Any:
    """The cast of an installation that serves this programme."""
    from tests import worlds
    from zielwerk.config import world

    settings.PROGRAMME = programme
    return worlds.put(world.enrol_cast)


@pytest.fixture
def hesse(db: None, settings: Any) -> Any:
    from tests import worlds
    from zielwerk.config import world

    settings.PROGRAMME = "aqb_hessen"
    return worlds.put(world.enrol_cast)
