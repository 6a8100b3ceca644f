"""Guards that live in the database: tables that only grow, and booking triggers.

A guard is declared once by its room and (re)installed after every migrate, because SQLite
drops triggers silently when a later migration rebuilds a table. A house test and every proof
compare the database's catalogue with this declaration (``core/definitions.py``).
"""

from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """A named trigger on a table, with its SQL for both engines; empty where it needs none."""

    name: str
    table: str
    sqlite: str
    postgresql: str

    def install(self, connection: BaseDatabaseWrapper) -> None:
        self.remove(connection)
        if statement := self.statement(connection):
            with connection.cursor() as cursor:
                cursor.execute(statement)

    def statement(self, connection: BaseDatabaseWrapper) -> str:
        return self.sqlite if connection.vendor == "sqlite" else self.postgresql

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            table = "" if connection.vendor == "sqlite" else f" ON {self.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {self.name}{table}")


DECLARED: dict[str, Guard] = {}


def declare(*guards: Guard) -> None:
    for guard in guards:
        DECLARED[guard.name] = guard


def refuse(table: str, verb: str) -> Guard:
    """Refuse UPDATE or DELETE on ``table``, whoever asks; DELETE includes TRUNCATE."""
    name = f"{table}_no_{verb.lower()}"
    # PostgreSQL knows TRUNCATE, and asks about it once a statement, not once a row.
    on_postgresql = (
        f"DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
        if verb == "DELETE"
        else f"{verb} ON {table} FOR EACH ROW"
    )
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only' USING ERRCODE = '23514'; END $$;"
        f"CREATE TRIGGER {name} BEFORE {on_postgresql} EXECUTE FUNCTION {name}()",
    )


def append_only(table: str) -> tuple[Guard, ...]:
    """Guards that refuse to change or remove rows of ``table``."""
    return refuse(table, "UPDATE"), refuse(table, "DELETE"), no_replacing(table)


def no_replacing(table: str) -> Guard:
    """SQLite's INSERT OR REPLACE removes a row without asking the guard of DELETE."""
    name = f"{table}_no_replace"
    return Guard(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} "  # noqa: S608 - our own table
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        "",
    )


def required(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the guards that this database must have."""
    return {guard.name for guard in DECLARED.values() if guard.statement(connection)}


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that the database's own catalogue knows and has switched on."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def install_all(using: str = "default") -> None:
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for guard in DECLARED.values():
        if guard.table in tables:
            guard.install(connection)


def remove_all(using: str = "default") -> None:
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for guard in DECLARED.values():
        if guard.table in tables:
            guard.remove(connection)
