"""A programme with a release, and agreements that nobody has published yet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def recorded(cast: Any) -> Any:
    """The real agreement, recorded and not published."""
    from tests.stage import AT
    from zielwerk.config import world

    entered = world.agreements.HandEntry(world.main_kinzig(), world.PUBLIC_FACTS)
    intake = world.agreements.begin_by_hand(cast.officer, entered, at=AT)
    intake = world.agreements.accept(cast.officer, intake, at=AT)
    return world.agreements.confirm(cast.head, intake, at=AT).agreement


@pytest.fixture
def with_release(tmp_path: Path) -> Iterator[None]:
    """The authority proposes, the ministry releases."""
    from tests.released import released

    with released(tmp_path):
        yield


@pytest.fixture
def with_hearing(tmp_path: Path) -> Iterator[None]:
    """The authority proposes and hears the body, the ministry releases."""
    from tests.released import released

    with released(tmp_path, is_heard=True):
        yield


@pytest.fixture
def at_once(tmp_path: Path) -> Iterator[None]:
    """One person of the ministry publishes, by rules of before."""
    from tests.released import at_once

    with at_once(tmp_path):
        yield
