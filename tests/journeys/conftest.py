"""Journeys run on every programme: the site serves the one whose example they take."""

from typing import Any

import pytest
from pytest_django import Settings

from tests.journeys.programmes import PROGRAMMES, Example


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long walks cost minutes: a file may say in WALKED_ON which programmes on which database.

    Each is walked on one of them, on both by ``--exhaustive``. A file with SQLITE_ALONE is about
    what no database changes.
    """
    if config.getoption("--exhaustive"):
        return
    database = config.getoption("--database")
    left_out = [item for item in items if not _is_walked(item, database)]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _is_walked(item: pytest.Item, database: str) -> bool:
    module = getattr(item, "module", None)
    if getattr(module, "SQLITE_ALONE", False) and database != "sqlite":
        return False
    walked_on: dict[str, set[str]] | None = getattr(module, "WALKED_ON", None)
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    programmes = {one.programme for one in given if isinstance(one, Example)}
    return walked_on is None or programmes <= walked_on[database]


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
