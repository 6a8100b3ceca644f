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
EVERY = sorted(SOURCE.rglob("templates/**/*.html"))
GROUP = re.compile(r"<fieldset\b.*?</fieldset>", re.DOTALL)
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


def loose_groups(template: str) -> list[str]:
    """Groups of controls without the kit's body: they stand beside their legend, not under it."""
    groups = (found[0] for found in GROUP.finditer(template) if "kern-fieldset" in found[0])
    inside = ("kern-fieldset__body", "ui/choices.html")
    return [group.split(">")[0] for group in groups if not any(part in group for part in inside)]


def test_a_group_without_a_body_is_found() -> None:
    planted = '<fieldset class="kern-fieldset"><legend>Weg</legend><input></fieldset>'
    assert loose_groups(planted) == ['<fieldset class="kern-fieldset"']


def test_controls_of_a_group_stand_under_its_legend() -> None:
    assert faults(EVERY, loose_groups) == {}
