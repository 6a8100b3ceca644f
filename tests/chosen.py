"""What a run in short leaves out: the same thing on a second database.

A file may say in WALKED_ON which programmes are walked on which database, and with SQLITE_ALONE
that it is about what no database changes. A room's test that asks no database is run once.
``--exhaustive`` runs everything everywhere.
"""

import pytest

from tests.journeys.programmes import Example

SQLITE = "sqlite"


def is_walked(item: pytest.Item, database: str) -> bool:
    module = getattr(item, "module", None)
    if database != SQLITE:
        if getattr(module, "SQLITE_ALONE", False):
            return False
        if "rooms" in item.path.parts and not asks_database(item):
            return False
    walked_on: dict[str, set[str]] | None = getattr(module, "WALKED_ON", None)
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    programmes = {one.programme for one in given if isinstance(one, Example)}
    return walked_on is None or programmes <= walked_on[database]


def asks_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool({"db", "django_db_setup"} & {*item.fixturenames})
