"""Texts and days that people type follow one rule; no form goes past it."""

import ast
from pathlib import Path

import zielwerk

PACKAGE = Path(zielwerk.__file__).parent
BASE = "ui/forms.py"
# The whole text of a paper or of a table, which is read as it came.
AS_IT_CAME = {
    "agreements/forms/upload.py",
    "conclusion/forms/added.py",
    "measures/forms/pasting.py",
    "passing/forms/pasting.py",
}
PLAIN = {"CharField", "DateField", "SlugField", "EmailField", "URLField", "RegexField"}


def plain_fields(source: str) -> list[int]:
    """The lines that use a field of Django's for texts or days."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in PLAIN
        and isinstance(node.value, ast.Name)
        and node.value.id == "forms"
        and not _is_annotation(source, node)
    ]


def _is_annotation(source: str, node: ast.Attribute) -> bool:
    return source.splitlines()[node.lineno - 1].lstrip().startswith("def ")


def test_texts_and_days_of_forms_follow_the_rule_of_tables() -> None:
    found = {
        str(file.relative_to(PACKAGE)): lines
        for file in PACKAGE.rglob("*.py")
        if "migrations" not in file.parts and (lines := plain_fields(file.read_text()))
    }
    assert set(found) == {BASE, *AS_IT_CAME}, found


def test_a_plain_field_is_found() -> None:
    assert plain_fields("class F(forms.Form):\n    a = forms.CharField()\n") == [2]
    assert plain_fields("from django.db import models\na = models.CharField()\n") == []


def test_no_verb_takes_blanks_alone_for_a_reason() -> None:
    """`not reason.strip()` lets pass what nobody sees; the rulebook's question does not."""
    found = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in PACKAGE.rglob("*.py")
        if "actions" in str(file.relative_to(PACKAGE))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.Not)
        and isinstance(node.operand, ast.Call)
        and isinstance(node.operand.func, ast.Attribute)
        and node.operand.func.attr == "strip"
    ]
    assert found == []
