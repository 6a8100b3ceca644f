"""No test depends on how fast the machine is, or waits for time to pass.

A property test has no deadline (`tests/conftest.py` says so once); where speed is promised, a
test measures the processor's time, which other work on the machine does not change.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.house.sources import faults

TESTS = Path(__file__).parents[1]
PROFILE = TESTS / "conftest.py"
FILES = [file for file in TESTS.rglob("*.py") if file != PROFILE]
CLOCKS = {
    "sleep",
    "perf_counter",
    "perf_counter_ns",
    "monotonic",
    "monotonic_ns",
    "wait_for_timeout",
}


def limits(text: str) -> Iterator[str]:
    """What a test's text says of time, each with its line."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in CLOCKS:
                yield f"{node.lineno}: {name}"
        if isinstance(node, ast.alias) and node.name in CLOCKS:
            yield f"{node.lineno}: {node.name}"
        if isinstance(node, ast.keyword):
            said = ast.unparse(node.value)
            is_kept = node.arg == "suppress_health_check" and "too_slow" not in said
            if node.arg in ("deadline", "timeout") or (is_kept and "list(" not in said):
                yield f"{node.lineno}: {node.arg}={said}"


def test_no_test_sets_a_time_limit_or_waits() -> None:
    assert faults(FILES, limits) == {}


@pytest.mark.parametrize(
    "planted",
    [
        "time.sleep(1)",
        "from time import perf_counter",
        "settings(deadline=200)",
        "page.wait_for_timeout(500)",
        "page.click('x', timeout=9)",
        "settings(suppress_health_check=[HealthCheck.function_scoped_fixture])",
    ],
)
def test_a_time_limit_is_found(planted: str) -> None:
    assert len(list(limits(planted))) == 1


def test_property_tests_have_no_deadline() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
