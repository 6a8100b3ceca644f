"""What a database says that it is for, read before there is Django: a setting hangs on it."""

import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

QUERY = "SELECT kind FROM core_installation WHERE id = 1"


def marked(database: Path, url: str) -> str:
    """``demo``, ``real`` or empty; also empty where the database cannot be asked.

    What is wrong with it is told where it is used: nothing hangs on a demo that is not open.
    """
    return _on_postgresql(url) if url else _on_sqlite(database)


def _on_sqlite(database: Path) -> str:
    if not database.is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as found:
            row = found.execute(QUERY).fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def _on_postgresql(url: str) -> str:
    psycopg = import_module("psycopg")  # takes a tenth of a second, and SQLite needs none of it
    try:
        with psycopg.connect(url, connect_timeout=5) as found:
            row = found.execute(QUERY).fetchone()
    except psycopg.Error:
        return ""
    return str(row[0]) if row else ""
