"""The examples in ``deploy/`` are of this program, and an installation after them is sound."""

import os
import re
from pathlib import Path

import pytest

from tests import programs
from tests.rooms.disclosures.operators import write
from zielwerk.config.cli import COMMANDS

SQLITE_ALONE = True  # the example names a database of its own
ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def settings() -> dict[str, str]:
    """The example's settings, as systemd reads them; those that stand there as a choice too."""
    found = re.findall(r"^#?(ZIELWERK_\w+)=(.*)$", (DEPLOY / "zielwerk.env").read_text(), re.M)
    return dict(found)


def test_each_setting_is_one_that_the_program_reads() -> None:
    sources = [file.read_text() for file in (ROOT / "src" / "zielwerk" / "config").rglob("*.py")]
    assert len(settings()) > 8
    for name in settings():
        assert any(f'"{name}"' in source for source in sources), name


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_each_unit_calls_commands_there_are(unit: Path) -> None:
    calls = re.findall(r"^Exec\w+=\S*/zielwerk (\w+)", unit.read_text(), re.M)
    assert calls
    assert set(calls) <= {command.words for command in COMMANDS}
    paths = re.findall(r"=(/opt/zielwerk\S*)", unit.read_text())
    assert all(path == "/opt/zielwerk" or path.endswith("/bin/zielwerk") for path in paths)


def test_the_timer_starts_the_unit_of_its_name() -> None:
    (timer,) = DEPLOY.glob("*.timer")
    assert timer.with_suffix(".service") in UNITS


def test_an_installation_after_the_example_passes_djangos_checks_for_deployment(
    tmp_path: Path,
) -> None:
    own = {"ZIELWERK_DATA": str(tmp_path / "data"), "ZIELWERK_OPERATOR": str(write(tmp_path))}
    chosen = {name: value for name, value in settings().items() if "…" not in value and value}
    others = {name: value for name, value in os.environ.items() if not name.startswith("ZIELWERK_")}
    surroundings = {**others, **chosen, **own, "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings"}
    for words in (["prepare"], ["django", "check", "--deploy", "--fail-level", "WARNING"]):
        done = programs.run(words, surroundings)
        assert done.returncode == 0, done.stderr
        assert "?:" not in done.stderr


def test_what_a_real_installation_must_not_lack_is_told_by_the_check(tmp_path: Path) -> None:
    """The settings of one that nobody finished: a demo without TLS, with a key of others."""
    own = {"ZIELWERK_DATA": str(tmp_path), "ZIELWERK_DEMO": "1", "ZIELWERK_SECRET_KEY": "x" * 40}
    others = {name: value for name, value in os.environ.items() if not name.startswith("ZIELWERK_")}
    surroundings = {**others, **own, "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings"}
    done = programs.run(["django", "check", "--deploy"], surroundings)
    said = done.stdout + done.stderr
    for number, name in enumerate(("demo", "ZIELWERK_OPERATOR", "ZIELWERK_SECRET_KEY", "https"), 1):
        assert f"zielwerk.W00{number}" in said
        assert name in said
