"""Pages and files while the surroundings fail: 503 with a plain page, and `/gesund` says so.

Every database here is a real one that really fails: in the place of the sound one.
"""

import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.test import Client

from tests.stage import AT, signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config.serve import Background
from zielwerk.core import health, wake
from zielwerk.core.models import AuditHead, SentForm

PAGES = ("/", "/zielvereinbarungen?zeilen=50", "/zielvereinbarungen/2024/06435", "/arbeit/")
FILES = (
    "/zielvereinbarungen.csv",
    "/zielvereinbarungen/2024/06435.pdf",
    "/arbeit/vermerke?export=csv",
    "/arbeit/vermerke?export=xlsx",
)
DATA = ("/zielvereinbarungen.json", "/zielvereinbarungen/2024/06435.json")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """What a process knows of its health is another test's."""
    health.forget()
    yield
    health.forget()


@contextmanager
def in_its_place(other: Any) -> Iterator[None]:
    """From now on the installation has another database."""
    sound = connections["default"]
    connections["default"] = other
    try:
        yield
    finally:
        other.close()
        connections["default"] = sound


def database(**changes: Any) -> dict[str, Any]:
    return {**connections.settings["default"], "TIME_ZONE": None, **changes}


def sqlite(file: Path) -> AbstractContextManager[None]:
    options = {"timeout": 0.05, "transaction_mode": "IMMEDIATE"}
    return in_its_place(SQLite(database(NAME=str(file), OPTIONS=options), "default"))


@contextmanager
def damaged(folder: Path) -> Iterator[None]:
    file = folder / "zielwerk.sqlite3"
    file.write_bytes(b"no database" * 1000)
    with sqlite(file):
        yield


@contextmanager
def empty(folder: Path) -> Iterator[None]:
    with sqlite(folder / "zielwerk.sqlite3"):
        yield


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    file = folder / "zielwerk.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as holder, sqlite(file):
        holder.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def away(folder: Path) -> Iterator[None]:
    with sqlite(folder / "gone" / "zielwerk.sqlite3"):
        yield


@contextmanager
def down(folder: Path) -> Iterator[None]:
    """A PostgreSQL that does not run."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))  # taken, and nobody listens
        port = str(probe.getsockname()[1])
        given = database(NAME="x", USER="x", PASSWORD="x", HOST="127.0.0.1", PORT=port, OPTIONS={})
        with in_its_place(PostgreSQL(given, "default")):
            yield


FAILING: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    "damaged": damaged,
    "not_prepared": empty,
    "locked": locked,
    "not_open": away,
    "no_answer": down,
}


@pytest.mark.parametrize("reason", FAILING)
def test_every_door_says_that_it_is_closed_for_now(
    reason: str, main_kinzig: Agreement, cast: Any, tmp_path: Path
) -> None:
    people = (Client(), signed_in(cast.officer))
    with FAILING[reason](tmp_path):
        for client in people:
            for path in (*PAGES, *FILES, *DATA):
                if client is people[0] and path.startswith("/arbeit"):
                    continue  # led to sign in, which asks nothing of the database
                answer = client.get(path)
                assert answer.status_code == 503, path
                assert int(answer["Retry-After"]) > 0
                assert answer["Cache-Control"] == "no-store"
            health.forget()
            answer = client.get("/gesund")
            assert (answer.status_code, answer.json()["reason"]) == (503, f"database.{reason}")
            assert int(answer["Retry-After"]) > 0
    assert Client().get("/gesund").json() == {"status": "ok"}
    assert Client().get(PAGES[1]).status_code == 200


def test_the_page_is_plain_and_in_the_person_s_language(
    main_kinzig: Agreement, tmp_path: Path
) -> None:
    with damaged(tmp_path):
        for language, said in (("de", "zurzeit nicht erreichbar"), ("en", "not available")):
            page = Client().get("/", headers={"Accept-Language": language}).content.decode()
            assert f'lang="{language}"' in page
            assert page.count("<h1>") == 1
            assert said in page
            assert "<form" not in page


def test_a_program_gets_a_problem_and_a_file_no_page(
    main_kinzig: Agreement, tmp_path: Path
) -> None:
    with damaged(tmp_path):
        for answer in (
            Client().get(DATA[0]),
            Client().get(PAGES[1], headers={"Accept": "application/json"}),
        ):
            assert answer["Content-Type"] == "application/problem+json"
            assert answer.json()["status"] == 503
        assert Client().get(FILES[0])["Content-Type"].startswith("text/plain")


def test_who_sent_something_is_told_that_it_may_be_sent_again(cast: Any, tmp_path: Path) -> None:
    client = signed_in(cast.officer)
    with locked(tmp_path):
        answer = client.post("/arbeit/vermerke/neu", {"text": "x"})
    assert answer.status_code == 503
    assert "nichts zweimal getan" in answer.content.decode()


@contextmanager
def nothing_fits() -> Iterator[None]:
    """The database may not grow, or not be written, any more."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
            yield
            cursor.execute("PRAGMA max_page_count = 1073741823")
        else:
            with transaction.atomic():
                cursor.execute("SET TRANSACTION READ ONLY")
                yield
                transaction.set_rollback(True)


@pytest.mark.django_db
def test_monitoring_learns_of_a_database_that_cannot_be_written(client: Client) -> None:
    """It reads as ever; only a write shows it."""
    with nothing_fits():
        if connection.vendor == "sqlite":
            with pytest.raises(OperationalError, match="full"):
                fill(count())
        assert AuditHead.objects.exists()
        answer = client.get("/gesund")
    assert answer.status_code == 503
    assert answer.json()["reason"] in ("database.disk_full", "database.read_only")


def fill(numbers: Iterator[int]) -> None:
    """Take the free places in the pages that are there."""
    for number in numbers:
        with transaction.atomic():
            SentForm.objects.create(number=f"{number:015}", address="", sent_at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["damaged", "no_answer"])
def test_the_background_work_waits_and_goes_on(
    reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    background = Background(0.0)
    rests = []

    def rest(bed: wake.Bed, seconds: float) -> None:
        rests.append(seconds)
        background.running = len(rests) < 3

    monkeypatch.setattr(wake.Bed, "rest", rest)
    with FAILING[reason](tmp_path):
        background.run()
    assert len(rests) == 3
    assert "The database" in caplog.text
