"""A name made in one block of a template is known in that block alone: elsewhere it is empty."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
TEMPLATES = [
    file
    for file in sorted(SOURCE.rglob("templates/**/*.html"))
    if "{% extends" in file.read_text(encoding="utf-8")
]
BLOCK = re.compile(r"{% block (\w+) %}")
MADE = re.compile(r"{% \w+[^%]* as (\w+) %}")


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_what_a_block_names_is_made_in_it(file: Path) -> None:
    _, *parts = BLOCK.split(file.read_text(encoding="utf-8"))
    blocks = dict(zip(parts[::2], parts[1::2], strict=True))
    made = {name: set(MADE.findall(text)) for name, text in blocks.items()}
    every = set().union(*made.values())
    for name, text in blocks.items():
        named = set(re.findall(r"(?<![.\w])\w+", re.sub(r'"[^"]*"', "", text)))
        assert not (every - made[name]) & named, name
