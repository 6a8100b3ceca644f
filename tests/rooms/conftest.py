"""The programmes on which everything runs alike; a database that many may write to at once."""

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

PROGRAMMES = ("aqb_hessen", "lotsenfonds_nordmark")
Together = Callable[[Sequence[Callable[[], Any]]], list[Any]]


@pytest.fixture(params=PROGRAMMES)
def programme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Together:
    """Run functions at the same moment, each in a thread with a connection of its own.

    The tests' SQLite lives in memory, where nobody waits for anybody; a copy in a file is
    what the product uses.
    """
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        file = tmp_path / "together.sqlite3"
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        monkeypatch.setitem(connection.settings_dict, "NAME", str(file))

    def run(works: Sequence[Callable[[], Any]]) -> list[Any]:
        start = Barrier(len(works))

        def one(work: Callable[[], Any]) -> Any:
            start.wait()
            try:
                return work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(works)) as pool:
            return [done.result() for done in [pool.submit(one, work) for work in works]]

    return run
