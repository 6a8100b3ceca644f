"""A copy of the whole database as it is at one moment, while others go on working; and back.

SQLite copies itself; PostgreSQL's own programs ``pg_dump`` and ``pg_restore`` write and read its
copy, and must be there. What is counted is counted from the very state that is copied.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from django.db import connection, transaction

from zielwerk.config.backup import contents
from zielwerk.config.backup.contents import Table
from zielwerk.core import surroundings
from zielwerk.core.surroundings import Unusable
from zielwerk.rulebook.refusal import Refusal, msg

COPIES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
ROWS_AT_ONCE = 2_000
NO_PROGRAM = msg(
    "Das Programm {name} von PostgreSQL wird gebraucht und ist nicht zu finden. Installieren Sie "
    "es in der Version des Servers (unter Debian: postgresql-client)."
)
FAILED = msg("{name} ist gescheitert: {reason}")


Ask: TypeAlias = Callable[[str], Iterable[Sequence[Any]]]
"""Answers a query with its rows."""


@dataclass(frozen=True)
class State:
    """What a database holds at one moment, for comparing two."""

    tables: dict[str, Table]
    migrations: list[list[str]]
    seal: str

    @classmethod
    def asked(cls, ask: Ask, names: Iterable[str]) -> "State":
        """The state that the answers are of; a database of this program has all the tables."""
        ((entry, digest),) = ask("SELECT entry, hash FROM core_audithead WHERE id = 1")
        migrations = sorted([*row] for row in ask("SELECT app, name FROM django_migrations"))
        tables = {name: contents.table(ask(_all_of(name))) for name in sorted(names)}
        return cls(tables, migrations, f"{entry}:{digest}")


def copy(path: Path) -> State:
    """Copy the database into a new file; returns what is in it."""
    path.touch(mode=0o600, exist_ok=False)
    if connection.vendor == "postgresql":
        with _snapshot() as name:
            whole = ("--format=custom", "--no-owner", f"--snapshot={name}")
            _run("pg_dump", *whole, f"--file={path}")
            return _of_postgresql()
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)  # in one step, so of one moment
        target.execute("PRAGMA journal_mode=DELETE")
        return _of_sqlite(target)


def _of_sqlite(opened: sqlite3.Connection) -> State:
    """Raises Unusable where it is damaged."""
    found = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        damaged = {"place": surroundings.place(), "reason": found.splitlines()[0]}
        raise Unusable(Refusal("database.damaged", surroundings.DAMAGED, damaged))
    names = opened.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' "
        "ESCAPE '~'"
    ).fetchall()
    return State.asked(opened.execute, (name for (name,) in names))


def _of_postgresql() -> State:
    """As this transaction sees it."""
    return State.asked(_rows, connection.introspection.table_names())


@contextmanager
def _snapshot() -> Iterator[str]:
    """The state of this moment under a name, for as long as the block lasts."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _rows(query: str) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def _all_of(name: str) -> str:
    return f'SELECT * FROM "{name}"'  # noqa: S608 - a name from the catalogue itself


def is_there() -> bool:
    """Whether the installation has a database already, or what is left of one."""
    if connection.vendor == "postgresql":
        return bool(connection.introspection.table_names())
    path = Path(connection.settings_dict["NAME"])
    left = (path, path.with_name(f"{path.name}-wal"))  # which SQLite would play into another one
    return any(file.exists() and file.stat().st_size for file in left)


def bring_back(path: Path) -> State:
    """Put a copy into the empty database; returns what is in it then."""
    if connection.vendor == "postgresql":
        _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", str(path))
        with transaction.atomic():
            return _of_postgresql()
    with closing(sqlite3.connect(path)) as opened:
        state = _of_sqlite(opened)
    connection.close()
    os.replace(path, connection.settings_dict["NAME"])
    return state


def _run(name: str, *options: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise Unusable(Refusal("backup.no_program", NO_PROGRAM, {"name": name}))
    connection.ensure_connection()
    info = connection.connection.info
    address = " ".join(f"{key}={_quoted(value)}" for key, value in info.get_parameters().items())
    done = subprocess.run(  # noqa: S603 - found by name, with our own options
        [program, f"--dbname={address}", *options],
        env={**os.environ, "PGPASSWORD": info.password, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        reason = re.sub(r"^\w+: (?:error: )?", "", said[0]) if said else str(done.returncode)
        raise Unusable(Refusal("backup.failed", FAILED, {"name": name, "reason": reason}))


def _quoted(value: object) -> str:
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
