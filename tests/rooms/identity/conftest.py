"""A real installation: no demo, and two people; of one of them more than a password is asked."""

from typing import Any

import pytest

# Fixtures import the product only when they run: this file is read before Django is set up.


@pytest.fixture
def real(settings: Any) -> None:
    settings.DEMO = False


@pytest.fixture
def anna(db: None, real: None) -> Any:
    """She decides for the ministry."""
    from tests.rooms.identity.entering import enrolled

    return enrolled("anna@example.org", "Anna Weiß", "ministry_steering")


@pytest.fixture
def paul(db: None, real: None) -> Any:
    """He examines, so a password is enough for him."""
    from tests.rooms.identity.entering import enrolled

    return enrolled("paul@example.org", "Paul Roth", "auditor")
