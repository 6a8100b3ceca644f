"""A name made in one block of a template is known in that block alone: elsewhere it is empty."""

import re
from pathlib import Path

from tests.house.sources import faults

SOURCE = Path(__file__).parents[2] / "src"
TEMPLATES = [
    file
    for file in sorted(SOURCE.rglob("templates/**/*.html"))
    if "{% extends" in file.read_text(encoding="utf-8")
]
BLOCK = re.compile(r"{% block (\w+) %}")
MADE = re.compile(r"{% \w+[^%]* as (\w+) %}")


def empty_names(template: str) -> list[str]:
    """Names that a block uses and another block makes."""
    _, *parts = BLOCK.split(template)
    blocks = dict(zip(parts[::2], parts[1::2], strict=True))
    made = {block: set(MADE.findall(text)) for block, text in blocks.items()}
    every = set().union(*made.values())
    found: list[str] = []
    for block, text in blocks.items():
        named = set(re.findall(r"(?<![.\w])\w+", re.sub(r'"[^"]*"', "", text)))
        found += sorted((every - made[block]) & named)
    return found


def test_a_name_of_another_block_is_found() -> None:
    planted = "{% block a %}{% fact x as known %}{{ known }}{% block b %}{{ known }}"
    assert empty_names(planted) == ["known"]


def test_what_a_block_names_is_made_in_it() -> None:
    assert faults(TEMPLATES, empty_names) == {}
