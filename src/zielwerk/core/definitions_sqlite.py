"""What SQLite's catalogue says: the statements by which things were made, word for word."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from zielwerk.core.definition import (
    COLUMN,
    CONSTRAINT,
    TABLE,
    TRIGGER,
    UNIQUE,
    Definitions,
    Statements,
    Thing,
)

_CREATED = re.compile(r'CREATE (TABLE|UNIQUE INDEX) "([^"]+)"(?: ON "([^"]+)")?')
_NAMED = re.compile(r'(CONSTRAINT )?"([^"]+)"')


def declared(
    connection: BaseDatabaseWrapper, made: Iterable[type[models.Model]], statements: Statements
) -> Definitions:
    """What the models and guards ask for, as the schema editor would write it."""
    editor: Any = connection.SchemaEditorClass(connection, collect_sql=True, atomic=False)
    editor.deferred_sql = []
    for model in made:
        editor.create_model(model)
    found: Definitions = {}
    for statement in (*editor.collected_sql, *map(str, editor.deferred_sql)):
        if created := _CREATED.match(statement):
            kind, name, table = created.groups()
            found |= dict(_worded(kind, name, table or name, statement))
    for name, (table, statement) in statements.items():
        found[Thing(TRIGGER, table, name)] = _exact(statement)
    return found


def found(connection: BaseDatabaseWrapper, tables: set[str]) -> Definitions:
    """What the database has: of our tables everything, of others the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        rows = cursor.fetchall()
    definitions: Definitions = {}
    for kind, name, table, statement in rows:
        if kind == "trigger":
            definitions[Thing(TRIGGER, table, name)] = _exact(statement)
        elif table in tables:
            definitions |= dict(_worded(_kind(kind, statement), name, table, statement))
    return definitions


def _kind(kind: str, statement: str) -> str:
    is_unique = re.match(r"\s*CREATE\s+UNIQUE\s", statement, re.IGNORECASE)
    return "UNIQUE INDEX" if is_unique else kind.upper()


def _exact(statement: str) -> str:
    return statement.strip().rstrip(";")


def _worded(kind: str, name: str, table: str, statement: str) -> Iterator[tuple[Thing, str]]:
    """A table in its parts, since a rebuilt one has the same parts in another order."""
    if kind == "UNIQUE INDEX":
        yield Thing(UNIQUE, table, name), _exact(statement)
    if kind in ("TABLE", "VIEW"):
        head, _, rest = _exact(statement).partition("(")
        body, _, options = rest.rpartition(")")
        yield Thing(TABLE, table, table), f"{' '.join(head.split())} {options}".strip()
        for part in _parts(body):
            named = _NAMED.match(part)
            kind = CONSTRAINT if not named or named[1] else COLUMN
            yield Thing(kind, table, named[2] if named else part), part


def _parts(body: str) -> Iterator[str]:
    """What stands between the commas that are in no bracket and no quotes."""
    depth, quote, part = 0, "", ""
    for letter in body:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth and not quote:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()
