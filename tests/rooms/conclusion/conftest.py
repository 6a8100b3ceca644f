"""A text that stands between both sides, in each programme that ships and in the first one."""

from typing import Any

import pytest

# Fixtures import the product only when they run: this file is read before Django is set up.
PROGRAMMES = ("aqb_hessen", "kreisbudget_suedland", "lotsenfonds_nordmark")


def _at(settings: Any, programme: str) -> Any:
    from tests import worlds
    from tests.rooms.conclusion import made

    settings.PROGRAMME = programme
    return worlds.put(made.desk)


@pytest.fixture(params=PROGRAMMES)
def desk(request: pytest.FixtureRequest, db: None, settings: Any) -> Any:
    """In each programme that ships."""
    return _at(settings, request.param)


@pytest.fixture
def hessian(db: None, settings: Any) -> Any:
    """In the first programme."""
    return _at(settings, "aqb_hessen")
