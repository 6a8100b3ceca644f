"""An empty installation that is no demo, of each programme."""

from typing import Any

import pytest

from tests.journeys.programmes import PROGRAMMES, Example


@pytest.fixture(params=PROGRAMMES, ids=str)
def example(request: pytest.FixtureRequest) -> Example:
    found: Example = request.param
    return found


@pytest.fixture
def empty(db: None, settings: Any, example: Example) -> Example:
    """Nobody was ever here."""
    settings.DEMO, settings.PROGRAMME = False, example.programme
    settings.MAIL = "as Django's settings say"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return example
