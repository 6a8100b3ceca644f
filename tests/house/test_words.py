"""Names are ordered by their keys, bodies are named by one tag, texts are found by one search.

Each rule is a function over text, tried on planted text first, then on the package.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import CharField

import zielwerk
from tests.house.sources import faults
from zielwerk.core.words import Kept, SortKey

PACKAGE = Path(zielwerk.__file__).parent
CODE = [
    file
    for file in sorted(PACKAGE.rglob("*.py"))
    if not {"migrations", "reading", "recognition"} & {*file.parts}
]
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
ATTRIBUTE = re.compile(
    r"""=\s*"(?:\{%.*?%\}|\{\{.*?\}\}|[^"])*\"""", re.DOTALL
)  # addresses need keys
NAMES = r"-?(?:\w+__)?(?:body_name|name|title)"
ORDERING = {"order_by", "ordering", "order", "sort", "SORTS"}
# Where the facts of a body or the words of an agreement stand, a page says the official name.
OFFICIAL = {
    "programme/body.html",
    "programme/bodies.html",
    "agreements/terms.html",
    "desk/year_details.html",
    "publication/edition_easy.html",
}


def order_by_names(source: str) -> list[str]:
    """Names, in place of their keys, by which rows are put in order."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        parts: list[ast.AST] = []
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "order_by":
            parts = [*node.args]
        elif isinstance(node, ast.keyword) and node.arg in ORDERING:
            parts = [node.value]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ORDERING:
            is_table = isinstance(node.value, ast.Dict)
            parts = [*node.value.values] if is_table else [node.value]  # type: ignore[attr-defined]
        found += [
            text.value
            for part in parts
            for text in ast.walk(part)
            if isinstance(text, ast.Constant)
            and isinstance(text.value, str)
            and re.fullmatch(NAMES, text.value)
        ]
    return found


def past_the_keys(source: str, names: set[str]) -> list[str]:
    """Updates that set one of these columns and leave its key behind."""
    return [
        str(keyword.arg)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("update", "bulk_update")
        for keyword in node.keywords
        if keyword.arg in names
    ]


def own_searches(source: str) -> list[str]:
    return re.findall(r"__(?:i?contains|i?regex|istartswith)\b", source)


def own_spellings(template: str) -> list[str]:
    """A body written by hand in place of ``{% body %}``."""
    name = r"(?<!operator\.)\bbody(?:_year)?\.(?:body\.)?name"
    written = rf"\{{\{{[^}}]*(?:{name}|\.body_name|\.ags)\b[^}}]*\}}\}}"
    return re.findall(written, ATTRIBUTE.sub("", template))


def made_of() -> Iterator[str]:
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, Kept):
                yield from column.of


def test_planted_faults_are_found() -> None:
    assert order_by_names('rows.order_by("-year", "party__name")') == ["party__name"]
    assert order_by_names('ordering = ["-title"]') == ["-title"]
    assert order_by_names('SORTS = {"name": ("body_name", "-year")}') == ["body_name"]
    assert order_by_names('Column("title", sort=("title",))') == ["title"]
    assert not order_by_names('rows.order_by("name_key", "body_key")')
    assert past_the_keys('rows.update(name="x", year=1)', {"name"}) == ["name"]
    assert own_searches("filter(name__icontains=word)") == ["__icontains"]
    for fault in ("{{ body.name }}", "{{ row.body.ags }}", "{{ agreement.body_name|upper }}"):
        assert own_spellings(f"<p>{fault}</p>") == [fault]
    assert not own_spellings('<a href="/x?ags={{ body.ags }}">{% body body %}</a>')


def test_rows_are_ordered_by_keys_and_never_by_names() -> None:
    assert faults(CODE, order_by_names) == {}


def test_no_update_leaves_a_key_behind() -> None:
    names = {*made_of()} - {"programme", "year", "ags"}
    assert names
    assert faults(CODE, lambda source: past_the_keys(source, names)) == {}


def test_texts_are_found_by_one_search() -> None:
    """What is public is searched in its own text; the search itself stands in ``words.py``."""
    code = [file for file in CODE if file.name != "words.py" and "publication" not in file.parts]
    assert faults(code, own_searches) == {}


def test_a_template_names_a_body_by_the_tag() -> None:
    own = [file for file in TEMPLATES if "/".join(file.parts[-2:]) not in OFFICIAL]
    assert faults(own, own_spellings) == {}


def test_every_key_has_the_name_it_is_made_of() -> None:
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if isinstance(column, SortKey):
                assert isinstance(model._meta.get_field(column.of[0]), CharField)
