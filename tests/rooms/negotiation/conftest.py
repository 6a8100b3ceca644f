"""The demo's people of each programme, with money decided and a measure planned."""

from typing import Any

import pytest

# Fixtures import the product only when they run: this file is read before Django is set up.
PROGRAMMES = ("aqb_hessen", "kreisbudget_suedland", "lotsenfonds_nordmark")


@pytest.fixture(params=PROGRAMMES)
def table(request: pytest.FixtureRequest, db: None, settings: Any) -> Any:
    """Both sides of a draft in each programme that ships."""
    from tests import worlds
    from tests.rooms.negotiation import made

    settings.PROGRAMME = request.param
    return worlds.put(made.table)


@pytest.fixture
def hessian(db: None, settings: Any) -> Any:
    """Both sides in the first programme."""
    from tests import worlds
    from tests.rooms.negotiation import made

    settings.PROGRAMME = "aqb_hessen"
    return worlds.put(made.table)
