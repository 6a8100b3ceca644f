"""How the tests run: on SQLite or PostgreSQL, without network, with warnings as errors."""

import gc
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib import reload
from pathlib import Path
from types import ModuleType
from typing import Any

import django
import pytest
from _pytest import runner
from django.core.signals import setting_changed
from django.template import Context, RequestContext, Template
from django.urls import include, path, set_urlconf
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests import postgres, programs

# A machine that has other work to do makes no test fail: no example has a time limit.
settings.register_profile("zielwerk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zielwerk")
DATA = tempfile.TemporaryDirectory(prefix="zielwerk-tests-")
# What Python compiled it keeps, even where the surroundings forbid it: the tests' own files take
# longer to compile than to collect, and some hundred programs that the tests start read all of
# the product.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
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
    if not hasattr(config, "workerinput"):
        os.environ["ZIELWERK_TESTS"] = DATA.name  # what all processes of these tests share
    if config.getoption("--database") == POSTGRESQL and not hasattr(config, "workerinput"):
        os.environ["ZIELWERK_DATABASE_URL"] = postgres.start()
    django.setup()
    setting_changed.connect(_programme_changed)


def _programme_changed(*, setting: str, **others: object) -> None:
    """A programme names some addresses; a site has one of them, tests walk several.

    What Django knows of a list of addresses it keeps, so each name has a list of its own.
    """
    if setting != "PROGRAMME":
        return
    from django.conf import settings

    from zielwerk.packs import loading as packs
    from zielwerk.ui import addresses, layout

    settings.ROOT_URLCONF = _addresses(packs.programme(settings.PROGRAMME).document.address)
    set_urlconf(None)
    addresses.door.cache_clear()
    layout.address_of.cache_clear()


@cache
def _addresses(of_documents: str) -> ModuleType:
    """All addresses of a site as it is set now; its programme says where documents stand."""
    from zielwerk.config import urls
    from zielwerk.publication import urls as public

    public = reload(public)
    found = ModuleType(urls.__name__)
    vars(found).update(vars(urls))
    documents = path("", include((public.urlpatterns, public.app_name)))
    found.urlpatterns = [documents, *urls.urlpatterns[1:]]
    return found


def pytest_collection_finish() -> None:
    """What is there when tests begin stays: nobody looks for garbage in it, which takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def deep(run: Callable[[], Any]) -> Any:
    """Run with room for the frames of all that is called; see where ``co_stacksize`` is set."""
    return run()


# Python keeps frames in pieces of 16 KB and gives the last one back to the system as soon as a
# call returns from it. Pages are rendered so deep that this happens some thousand times a second
# and takes a sixth of the time of all tests. One frame that asks for a megabyte gets a piece of
# two, in which whatever it calls has its place.
deep.__code__ = deep.__code__.replace(co_stacksize=140_000)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    return deep(lambda: runner.pytest_runtest_protocol(item, nextitem))


def pytest_unconfigure(config: pytest.Config) -> None:
    programs.end()
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


@pytest.fixture(scope="session", autouse=True)
def pages_alone(django_test_environment: None) -> None:
    """Django's test client keeps what every template was given, also each field of a form, which
    takes long; tests ask for what whole pages were given."""
    tell = Template._render

    def render(self: Template, context: Context) -> str:
        if isinstance(context, RequestContext) and context.template is self:
            return str(tell(self, context))
        return str(self.nodelist.render(context))

    Template._render = render


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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that commit for real empty the tables afterwards: their guards must be down then."""
    from tests.chosen import asks_database, is_walked

    if not config.getoption("--exhaustive"):
        database = config.getoption("--database")
        left_out = [item for item in items if not is_walked(item, database)]
        items[:] = [item for item in items if is_walked(item, database)]
        config.hook.pytest_deselected(items=left_out)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and (marker.kwargs.get("transaction") or marker.args[:1] == (True,)):
            item.fixturenames.append("guards_down")
    # Journeys that start whole programs take longest: one worker alone would end with them.
    items.sort(key=lambda item: "journeys" not in item.path.parts or asks_database(item))


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
    from tests import worlds
    from zielwerk.config import world

    return worlds.put(world.enrol_cast)


@pytest.fixture
def main_kinzig(cast: Any) -> Any:
    """The real agreement, recorded and published."""
    from tests import worlds
    from tests.stage import AT
    from zielwerk.config import world

    intake = worlds.put(
        world.record_and_publish, cast, world.main_kinzig(), is_invented=False, at=AT
    )
    return intake.agreement
