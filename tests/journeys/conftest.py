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
    """The demo's people of that programme, in an empty database."""
    return cast
