"""How the tests run: on SQLite or PostgreSQL, without network, with warnings as errors."""

import os
import socket
import tempfile
from collections.abc import Iterator
from importlib import reload
from pathlib import Path
from typing import Any

import django
import pytest
from django.core.signals import setting_changed
from django.urls import clear_url_caches, include, path
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import postgres

# A machine that has other work to do makes no test fail: no example has a time limit.
settings.register_profile("zielwerk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zielwerk")
DATA = tempfile.TemporaryDirectory(prefix="zielwerk-tests-")
SQLITE, POSTGRESQL = "sqlite", "postgresql"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    parser.addoption(
        "--exhaustive", action="store_true", help="every page and value by everybody; long"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Give the tests a data folder of their own and, where asked, a real PostgreSQL."""
    os.environ["ZIELWERK_DATA"] = DATA.name
    os.environ["ZIELWERK_SECRET_KEY"] = "only for tests " + "-" * 40
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    if config.getoption("--database") == POSTGRESQL and not hasattr(config, "workerinput"):
        os.environ["ZIELWERK_DATABASE_URL"] = postgres.start()
    django.setup()
    setting_changed.connect(_programme_changed)


def _programme_changed(*, setting: str, **others: object) -> None:
    """A programme names some addresses; a site has one of them, tests walk several."""
    if setting != "PROGRAMME":
        return
    from zielwerk.config import urls
    from zielwerk.publication import urls as public
    from zielwerk.ui import addresses, layout

    urls.urlpatterns[0] = path("", include(reload(public)))
    clear_url_caches()
    addresses.door.cache_clear()
    layout.address_of.cache_clear()


def pytest_unconfigure(config: pytest.Config) -> None:
    if config.getoption("--database") == POSTGRESQL and not hasattr(config, "workerinput"):
        postgres.stop()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", local_only)


@pytest.fixture(autouse=True)
def german_first() -> None:
    """Begin every test in the first language: a request in English leaves its own behind."""
    translation.deactivate()


@pytest.fixture
def guards_down(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the guards down while a test's tables are emptied; the next migrate sets them up."""
    from zielwerk.core import guards

    guards.install_all()
    yield
    guards.remove_all()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit for real empty the tables afterwards: their guards must be down then."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)):
            item.fixturenames.append("guards_down")


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The real agreement as text recognition returned it; lies beside the project."""
    found = list((Path(__file__).parents[2] / "shared" / "seed").glob("*main-kinzig*.txt"))
    if not found:
        pytest.skip("the real agreement is not at hand")
    return found[0].read_text()


# Fixtures import the product only when they run: this file is read before Django is set up.


@pytest.fixture
def cast(db: None) -> Any:
    """The demo's people, in an empty database."""
    from zielwerk.config import world

    return world.enrol_cast()


@pytest.fixture
def main_kinzig(cast: Any) -> Any:
    """The real agreement, recorded and published."""
    from tests.stage import AT
    from zielwerk.config import world

    intake = world.record_and_publish(cast, world.main_kinzig(), is_invented=False, at=AT)
    return intake.agreement
