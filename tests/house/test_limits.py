"""Every language of the house has its limits: lines, files, functions, rooms.

Each limit is a function over text, tried on planted text first, then on the package.
"""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.template import engines

import zielwerk
from tests.house.sources import faults, read

PACKAGE = Path(zielwerk.__file__).parent
ROOT = Path(__file__).parents[2]
LINE, STYLESHEET, PYTHON_FILE, FUNCTION = 120, 700, 450, 40
LONG_FUNCTIONS, ROOM = 0.01, 0.15
VENDORED = {"kern", "htmx"}

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
STYLESHEETS = [
    file for file in sorted(PACKAGE.rglob("static/**/*.css")) if not VENDORED & {*file.parts}
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CODE = [file for file in sorted(PACKAGE.rglob("*.py")) if "migrations" not in file.parts]


def place(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


def long_lines(text: str) -> list[int]:
    """The numbers of lines that do not fit beside another window."""
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > LINE]


def lengths(source: str) -> list[int]:
    """How many lines each function takes, those within others and methods too."""
    return [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def long_share(sources: list[str]) -> float:
    """The share of functions that do not fit on a screen."""
    found = [length for source in sources for length in lengths(source)]
    return sum(length > FUNCTION for length in found) / len(found)


def shares(sources: dict[str, str]) -> dict[str, float]:
    """Each room's share of the lines that say something, by the first folder of a path."""
    lines: Counter[str] = Counter()
    for path, source in sources.items():
        lines[path.split("/")[0]] += sum(1 for line in source.splitlines() if line.strip())
    return {room: count / lines.total() for room, count in lines.items()}


def test_a_line_too_long_is_found_where_it_stands() -> None:
    fits, spills = "<p>" + "ä" * (LINE - 3), "<p>" + "ä" * (LINE - 2)
    assert long_lines(f"{fits}\n{spills}\n{fits}\n") == [2]


def test_a_function_too_long_counts_also_within_another_and_as_a_method() -> None:
    body = "        pass\n" * (FUNCTION - 1)
    fits = f"class Kept:\n    def short(self):\n{body}"
    spills = f"def outer():\n    async def long():\n{body}        pass\n"
    assert lengths(fits) == [FUNCTION]
    assert sorted(lengths(spills)) == [FUNCTION + 1, FUNCTION + 2]
    assert long_share([fits] * 3 + [spills]) == pytest.approx(2 / 5)


def test_a_room_weighs_what_its_files_say_without_blank_lines() -> None:
    planted = {"ledger/models.py": "a\n\n\nb\n", "ledger/queries.py": "c\n", "core/a/b.py": "d\n"}
    assert shares(planted) == {"ledger": 0.75, "core": 0.25}


def test_no_line_of_a_template_is_too_long() -> None:
    assert faults(TEMPLATES, long_lines) == {}


def test_a_stylesheet_holds_one_subject() -> None:
    assert faults(STYLESHEETS, lambda text: text.splitlines()[STYLESHEET:]) == {}


def test_a_file_is_readable_in_one_sitting() -> None:
    assert faults([*CODE, *TESTS], lambda text: text.splitlines()[PYTHON_FILE:]) == {}


def test_functions_fit_on_a_screen() -> None:
    assert long_share([read(file) for file in CODE]) <= LONG_FUNCTIONS


def test_no_room_outgrows_the_house() -> None:
    found = shares({place(file): read(file) for file in CODE})
    assert {"core", "ledger", "programme"} <= set(found)
    assert {room: share for room, share in found.items() if share > ROOM} == {}


def test_every_page_links_every_stylesheet_once() -> None:
    html = engines["django"].get_template("ui/styles.html").render()
    for file in STYLESHEETS:
        assert html.count(file.name) == 1, file.name


def test_the_formatter_knows_every_tag_that_holds_something() -> None:
    """One it does not know would stand with what it holds on one level."""
    source = "\n".join(read(file) for file in CODE)
    holding = set(re.findall(r"@register\.simple_block_tag.*\ndef (\w+)", source))
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert {"facts", "table", "post"} <= holding
    assert set(settings["tool"]["djangofmt"]["custom-blocks"]) == holding
