"""The guide "Add a kind of case" of CONTRIBUTING, read as files and lines, and followed."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text()
BLOCK = r"\n\n```\w+\n(.*?)^```$"
FILE = re.compile(rf"^`([^`\n]+)`{BLOCK}", re.MULTILINE | re.DOTALL)
LINES = re.compile(rf"^In `([^`\n]+)`, (above|below) `([^`\n]+)`{BLOCK}", re.MULTILINE | re.DOTALL)
HOUSE = ("src", "tests", "pyproject.toml", ".importlinter")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "browser", "examples")


@dataclass(frozen=True)
class Lines:
    """Lines that go into a file, above or below a line that stands there once."""

    path: str
    side: str
    anchor: str
    text: str


def files() -> dict[str, str]:
    """The files that the guide has written, by path."""
    return dict(FILE.findall(TEXT))


def lines() -> list[Lines]:
    """The lines that the guide adds to files that are there."""
    return [Lines(*found) for found in LINES.findall(TEXT)]


def blocks() -> int:
    """How many blocks of code the guide has, the commands at its end apart."""
    return len(re.findall(r"^```\w+$", TEXT, re.MULTILINE))


def build(house: Path) -> None:
    """A copy of the house in which the guide was followed."""
    for name in HOUSE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, house / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, house / name)
    for path, text in files().items():
        (house / path).parent.mkdir(parents=True, exist_ok=True)
        assert not (house / path).exists(), path
        (house / path).write_text(text)
    for added in lines():
        insert(house / added.path, added)


def insert(file: Path, added: Lines) -> None:
    before = file.read_text().splitlines(keepends=True)
    places = [n for n, line in enumerate(before) if line.strip() == added.anchor]
    assert len(places) == 1, f"{added.path} has {added.anchor!r} {len(places)} times"
    place = places[0] + (added.side == "below")
    file.write_text("".join([*before[:place], added.text, *before[place:]]))
