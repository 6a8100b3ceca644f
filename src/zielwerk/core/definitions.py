"""What the database must refuse and do by itself, compared by definition and not by name.

The expectation is made from the declarations: the models' tables and constraints, the rooms'
guards. A guard that was replaced by one that does nothing, a check that was dropped or voided, a
trigger, rule or row security that nobody declared: each is a fault. SQLite keeps the statements
themselves; on PostgreSQL the declared tables are made once as temporary ones, read as the
server words them and rolled back. Nobody waits for that, and the owner's rights are enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from zielwerk.core import definitions_postgresql, definitions_sqlite, guards
from zielwerk.core.definition import TRIGGER, Definitions, Thing
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class Difference:
    """A thing of the database that is not what was declared: missing, other, or foreign."""

    thing: Thing
    declared: str
    found: str

    @property
    def fault(self) -> Refusal:
        params = {"name": self.thing.name, "table": self.thing.table}
        if self.thing.kind == TRIGGER and self.declared:
            return Refusal("audit.guard", MISSING_GUARD if not self.found else OTHER_GUARD, params)
        if self.thing.kind == TRIGGER:
            return Refusal("audit.foreign", FOREIGN_TRIGGER, params)
        if not self.declared:
            return Refusal("audit.foreign", FOREIGN, params)
        return Refusal("audit.definition", MISSING if not self.found else OTHER, params)


MISSING_GUARD = msg("Der Wächter {name} der Datenbank fehlt.")
OTHER_GUARD = msg("Der Wächter {name} der Datenbank ist abgeschaltet oder tut etwas anderes.")
FOREIGN_TRIGGER = msg("An der Tabelle {table} hängt ein fremder Auslöser: {name}.")
MISSING = msg("Der Tabelle {table} fehlt in der Datenbank: {name}.")
OTHER = msg("An der Tabelle {table} lautet in der Datenbank anders als vorgesehen: {name}.")
FOREIGN = msg("An der Tabelle {table} gibt es in der Datenbank Unvorgesehenes: {name}.")


_declared: dict[tuple[object, ...], Definitions] = {}  # of a process: declarations stay the same


def faults(connection: BaseDatabaseWrapper) -> Iterator[Refusal]:
    """Every difference between the database's catalogue and the declarations."""
    for difference in differences(connection):
        yield difference.fault


def number(connection: BaseDatabaseWrapper) -> int:
    """How many tables, columns, constraints and guards are declared."""
    return len(_declarations(connection)[0])


def differences(connection: BaseDatabaseWrapper) -> list[Difference]:
    declared, tables = _declarations(connection)
    found: Definitions = _engine(connection).found(connection, tables)
    return [
        Difference(thing, declared.get(thing, ""), found.get(thing, ""))
        for thing in sorted(declared.keys() | found.keys())
        if declared.get(thing) != found.get(thing)
    ]


def _engine(connection: BaseDatabaseWrapper) -> Any:
    return definitions_sqlite if connection.vendor == "sqlite" else definitions_postgresql


def _declarations(connection: BaseDatabaseWrapper) -> tuple[Definitions, set[str]]:
    """What is declared, as this engine words it, and the names of our tables."""
    models = [
        model
        for room in settings.ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
    ]
    statements = {
        guard.name: (guard.table, statement)
        for guard in guards.DECLARED.values()
        if (statement := guard.statement(connection))
    }
    key = (connection.vendor, tuple(statements.items()))
    if key not in _declared:
        _declared[key] = _engine(connection).declared(connection, models, statements)
    return _declared[key], {model._meta.db_table for model in models}
