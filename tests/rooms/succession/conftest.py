"""Südland, where notices grant, with one succession more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def south(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """An installation of that programme."""
    from tests.rooms.succession.south import SOUTH, copy_of_south
    from zielwerk.packs import folders

    settings.PROGRAMME = SOUTH
    folders.use(copy_of_south(tmp_path))
    yield
    folders.use(None)
