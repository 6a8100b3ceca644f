"""What import contracts do not show: doors, keys, guards, hidden imports."""

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connection, models
from django.urls import URLPattern, URLResolver, get_resolver

import zielwerk
from tests.house.sources import faults
from zielwerk.core import guards, permissions

PACKAGE = Path(zielwerk.__file__).parent
FILES = [file for file in PACKAGE.rglob("*.py") if "migrations" not in file.parts]
GROUND = {"core", "ui"}  # below every room with shelves, open to all of them
ENTRANCES = {"actions", "queries", "models", "letters", "panels"}
FLOORS = list(settings.ROOMS)  # bottom to top


@pytest.mark.parametrize("room", FLOORS)
def test_every_room_is_among_what_these_tests_look_at(room: str) -> None:
    """Where files or tables are not found, the tests below would pass for want of them."""
    assert any(file.is_relative_to(PACKAGE / room) for file in FILES)
    assert own_models(room) or not (PACKAGE / room / "migrations").exists()


def test_every_room_has_its_floor() -> None:
    rooms = {file.parent.name for file in PACKAGE.glob("*/models.py")}
    rooms |= {file.parents[1].name for file in PACKAGE.glob("*/models/__init__.py")}
    assert rooms <= set(FLOORS)
    assert set(FLOORS) == {app.label for app in apps.get_app_configs() if is_room(app)}


def test_the_shelves_of_every_room_are_under_contract() -> None:
    """All but the ground's and the kit's: they have none. A room not named there keeps no order."""
    contracts = ConfigParser()
    contracts.read(Path(__file__).parents[2] / ".importlinter")
    shelves = contracts["importlinter:contract:shelves"]["containers"].split()
    assert sorted(shelves) == sorted(f"zielwerk.{room}" for room in FLOORS if room not in GROUND)


def is_room(app: AppConfig) -> bool:
    return app.name.startswith("zielwerk.") and app.label != "config"


def routes(
    patterns: list[URLPattern | URLResolver], path: str = ""
) -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            yield here, pattern.callback


def test_every_route_names_a_permission_that_exists() -> None:
    permitted = {path: getattr(view, "permission", None) for path, view in all_routes()}
    assert permitted
    assert [path for path, name in permitted.items() if not name] == []
    assert all(permissions.permission(name) for name in {*permitted.values()})


def all_routes() -> Iterator[tuple[str, object]]:
    return routes(get_resolver().url_patterns)


def project_imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zielwerk"):
            for name in node.names:
                full = f"{node.module}.{name.name}"
                yield full if find_module(full) else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("zielwerk"))


@cache
def find_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def past_the_doors(room: str, source: str) -> list[str]:
    """Modules of other rooms that a room imports and that are none of their entrances."""
    parts = {module: module.split(".") for module in project_imports(source)}
    return [
        module
        for module, (_, *inside) in parts.items()
        if len(inside) > 1 and inside[0] in FLOORS and inside[0] not in {room, *GROUND}
        if inside[1] not in ENTRANCES
    ]


def test_a_way_past_the_doors_is_found() -> None:
    planted = "from zielwerk.ledger.views import page\nfrom zielwerk.ledger import queries\n"
    assert past_the_doors("budget", planted) == ["zielwerk.ledger.views"]
    assert past_the_doors("ledger", planted) == []


@pytest.mark.parametrize("room", FLOORS)
def test_another_room_is_entered_through_its_doors_only(room: str) -> None:
    own = [file for file in FILES if file.is_relative_to(PACKAGE / room)]
    assert faults(own, lambda source: past_the_doors(room, source)) == {}


def hidden_imports(source: str) -> Iterator[str]:
    """Imports of the project within a function, where no contract of imports sees them."""
    functions = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, functions)):
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom | ast.Import):
                said = ast.unparse(node)
                if re.match(r"(?:from|import) zielwerk\b", said):
                    yield said


def test_an_import_that_hides_is_found() -> None:
    planted = "import zielwerk\ndef read():\n    from zielwerk.core import cases\n"
    assert [*hidden_imports(planted)] == ["from zielwerk.core import cases"]


def test_no_project_import_hides_in_a_function() -> None:
    assert faults(FILES, hidden_imports) == {}


def test_only_the_ground_listens_to_signals() -> None:
    """The worker's library calls the operating system's signals so, in a longer word."""
    others = [file for file in FILES if file != PACKAGE / "core" / "apps.py"]
    assert faults(FILES, re.compile("@receiver").findall) == {}
    assert faults(others, re.compile(r"\bsignals\b").findall) == {}


def own_models(*rooms: str) -> list[type[models.Model]]:
    return [model for room in rooms for model in apps.get_app_config(room).get_models()]


def test_foreign_keys_point_down_and_leave_no_trace_on_lower_floors() -> None:
    keys = [
        (model, field)
        for model in own_models(*FLOORS)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    ]
    assert keys
    for model, field in keys:
        target = field.remote_field.model._meta.app_label
        home = model._meta.app_label
        assert FLOORS.index(target) <= FLOORS.index(home), f"{model}.{field.name} points up"
        if target != home:
            assert field.remote_field.related_name.endswith("+"), f"{model}.{field.name}"


@pytest.mark.django_db
def test_the_guards_that_were_declared_are_in_the_database() -> None:
    assert guards.required(connection)
    assert guards.installed(connection) == guards.required(connection)


def test_no_row_is_kept_from_anybody_by_hand() -> None:
    """What a person sees is her perimeter, asked in one place; a body's key alone is not it."""
    by_hand = r"filter\(\w*ags=.*user\.ags|ags\": user\.ags|user\.ags (?:in|==|!=)"
    assert faults(FILES, re.compile(by_hand).findall) == {}
