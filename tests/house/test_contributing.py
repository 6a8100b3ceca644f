"""CONTRIBUTING is true: every command is there, and its guide makes a kind of case that works."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import guide
from zielwerk.config import cli

ROOM = "src/zielwerk/reminders/"
OWN_TEST = "tests/rooms/reminders/test_reminders.py"
SPOKEN = re.findall(
    r"`((?:\.venv/bin/|make )[^`\n]+)`|^((?:\.venv/bin/|make ).+)$", guide.TEXT, re.M
)
COMMANDS = sorted({one or other for one, other in SPOKEN})
TARGETS = set(re.findall(r"^([a-z-]+):", (guide.ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_there(command: str) -> None:
    tool, *words = command.removeprefix(".venv/bin/").split()
    if tool == "make":
        assert set(words) <= TARGETS
    elif tool == "zielwerk":
        assert cli.find(words)[0]
    else:
        assert tool == "pytest"
        paths = [word for word in words if word.startswith("tests/")]
        assert paths
        assert all((guide.ROOT / path).exists() for path in paths)
        if "-k" in words:
            chosen = words[words.index("-k") + 1]
            assert re.search(rf"def test_\w*{chosen}", (guide.ROOT / paths[0]).read_text())


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md"])
def test_every_link_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (guide.ROOT / page).read_text())
    assert links
    assert [link for link in links if not (guide.ROOT / link).exists()] == []


def test_no_block_of_the_guide_is_passed_over() -> None:
    assert len(guide.files()) + len(guide.lines()) == guide.blocks()


def test_the_guide_says_what_a_kind_costs() -> None:
    def lines(texts: list[str]) -> int:
        return sum(text.count("\n") for text in texts)

    package = [text for path, text in guide.files().items() if path.startswith("src/")]
    tests = [text for path, text in guide.files().items() if path.startswith("tests/")]
    added = guide.lines()
    assert (
        f"{len(package)} files of {lines(package)} lines, {len(tests)} of its tests with "
        f"{lines(tests)}, and {lines([each.text for each in added])} lines in "
        f"{len({each.path for each in added})} files that are there"
    ) in guide.TEXT


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house in which the guide was followed, with the migration that it has made."""
    folder = tmp_path_factory.mktemp("guide")
    guide.build(folder)
    (folder / "var").mkdir()
    run(folder, "zielwerk", "django", "makemigrations", "reminders")
    assert (folder / ROOM / "migrations" / "0001_initial.py").exists()
    return folder


def run(house: Path, tool: str, *words: str) -> str:
    """What a tool of the environment prints in that house; fails with it where the tool does."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(house / "src"), str(house)]),
        "ZIELWERK_DATA": str(house / "var"),
        "ZIELWERK_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    done = subprocess.run(
        [Path(sys.executable).parent / tool, *words],
        cwd=house,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{tool} {' '.join(words)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def test_the_new_kind_is_used_from_its_first_number_to_the_proof(house: Path) -> None:
    run(house, "python", "-m", "tests.house.reminded")


def test_the_new_room_passes_its_own_tests_and_those_of_the_house(house: Path) -> None:
    """Of the house's tests those that look at all rooms at once, or at this one."""
    tests = [f"tests/house/test_{name}.py" for name in ("names", "house", "actions")]
    chosen = (
        "reminder or wiedervorlage or names or floor or keys or contract or guards or every_write"
    )
    run(house, "pytest", "-q", OWN_TEST, *tests, "-k", chosen)


def test_the_new_room_keeps_contracts_and_style(house: Path) -> None:
    assert "0 broken" in run(house, "lint-imports")
    touched = [*guide.files(), *(each.path for each in guide.lines())]
    paths = sorted({path for path in touched if path.endswith(".py")})
    run(house, "ruff", "check", *paths)
    run(house, "ruff", "format", "--check", *paths)
    run(house, "djangofmt", "--check", *(path for path in guide.files() if path.endswith(".html")))


def test_the_sentences_of_the_guide_are_collected(house: Path) -> None:
    printed = run(house, "zielwerk", "language", "collect")
    number = int(re.search(r"(\d+) to translate, 0 to look at", printed)[1])
    assert f"{number} sentences to translate" in guide.TEXT
