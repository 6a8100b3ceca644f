"""What PostgreSQL's catalogue says, in the server's own words."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from zielwerk.core.definition import (
    COLUMN,
    CONSTRAINT,
    OTHER,
    TABLE,
    TRIGGER,
    UNIQUE,
    Definitions,
    Statements,
    Thing,
)

# Each query tells kind, table, name and wording of the things of tables in one schema.
_COLUMNS = """SELECT c.relname, a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 'NOT NULL' END, nullif(a.attidentity::text, ''),
    nullif(a.attgenerated::text, ''), pg_get_expr(d.adbin, d.adrelid))
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE c.relnamespace = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND a.attnum > 0 AND NOT a.attisdropped"""
# NOT NULL has a place of its own above; newer servers list it as a constraint too.
_CONSTRAINTS = """SELECT c.relname, o.conname, pg_get_constraintdef(o.oid)
    || CASE WHEN o.convalidated THEN '' ELSE ' (not validated)' END
  FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
  WHERE c.relnamespace = %s AND o.contype NOT IN ('n', 't')"""
_UNIQUE = """SELECT c.relname, i.relname, pg_get_indexdef(x.indexrelid)
    || CASE WHEN x.indisvalid AND x.indisready AND x.indislive AND x.indimmediate
       THEN '' ELSE ' (not in force)' END
  FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
  WHERE c.relnamespace = %s AND x.indisunique"""
_TRIGGERS = """SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) || ' '
    || pg_get_functiondef(t.tgfoid)
    || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' (' || t.tgenabled::text || ')' END
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = %s AND NOT t.tgisinternal"""
_FOREIGN_KEYS_OFF = """SELECT c.relname, 'foreign keys switched off', 'off'
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  WHERE c.relnamespace = %s AND t.tgisinternal AND t.tgenabled <> 'O'"""
_TABLES = """SELECT c.relname, c.relname, c.relkind::text || CASE c.relpersistence
    WHEN 't' THEN 'p' ELSE c.relpersistence::text END
  FROM pg_class c WHERE c.relnamespace = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"""
_RULES = """SELECT c.relname, 'RULE ' || r.rulename, pg_get_ruledef(r.oid)
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
  WHERE c.relnamespace = %s AND c.relkind = 'r'"""
_ROW_SECURITY = """SELECT c.relname, 'ROW LEVEL SECURITY', 'on' FROM pg_class c
  WHERE c.relnamespace = %s AND (c.relrowsecurity OR c.relforcerowsecurity
    OR EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))"""
_HEIRS = """SELECT c.relname, 'INHERITS ' || h.inhrelid::regclass, 'heir'
  FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhparent
  WHERE c.relnamespace = %s AND c.relkind = 'r'"""
_OF_TABLES = (
    (TABLE, _TABLES),
    (COLUMN, _COLUMNS),
    (CONSTRAINT, _CONSTRAINTS),
    (UNIQUE, _UNIQUE),
    (TRIGGER, _TRIGGERS),
    (OTHER, _FOREIGN_KEYS_OFF),
    (OTHER, _RULES),
    (OTHER, _ROW_SECURITY),
    (OTHER, _HEIRS),
)
# Names that nobody chose keep the name of a column that was renamed since: known by wording.
_GIVEN = re.compile(r"(_check\d*|_fk(_.*)?|_uniq|_key\d*|_pkey)$")
# A list of texts is worded otherwise once a dump was played back; it means the same.
_TEXT = r"'[^']*'::character varying"
_TEXTS = re.compile(rf"\(ARRAY\[({_TEXT}(?:, {_TEXT})*)\]\)::text\[\]")
# A role or database for which triggers stay silent, or other tables come first.
_SETTINGS = """SELECT coalesce(d.datname, '*'), s.setting FROM pg_db_role_setting r
  LEFT JOIN pg_database d ON d.oid = r.setdatabase, unnest(r.setconfig) s(setting)
  WHERE r.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND s.setting ~* '^(session_replication_role|search_path)='"""


def declared(
    connection: BaseDatabaseWrapper, made: Iterable[type[models.Model]], statements: Statements
) -> Definitions:
    """What the models and guards ask for, as this server would word it."""
    editor: Any = connection.SchemaEditorClass(connection, collect_sql=True, atomic=False)
    editor.deferred_sql = []
    for model in made:
        editor.create_model(model)
    tables = (*editor.collected_sql, *(f"{statement};" for statement in editor.deferred_sql))
    on_tables = tuple(
        re.sub(r"\bFUNCTION (\w+)\(", r"FUNCTION pg_temp.\1(", statement)
        for _, statement in statements.values()
    )
    return _worded(connection, (*tables, *on_tables))


def _worded(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> Definitions:
    """Make all as temporary tables, read how the server words them, and roll back."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO pg_temp")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SELECT pg_my_temp_schema()")
        worded = _read(cursor, cursor.fetchone()[0], None)
        transaction.set_rollback(True, using=connection.alias)
    return worded


def found(connection: BaseDatabaseWrapper, tables: set[str]) -> Definitions:
    """What the database has: of our tables everything, of others in their schema the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()::regnamespace::oid")
        definitions = _read(cursor, cursor.fetchone()[0], tables)
        cursor.execute(_SETTINGS)
        for database, setting in cursor.fetchall():
            definitions[Thing(OTHER, database, setting)] = "set"
        cursor.execute("SELECT current_setting('session_replication_role')")
        if (role := cursor.fetchone()[0]) != "origin":
            definitions[Thing(OTHER, "*", f"session_replication_role={role}")] = "set"
    return definitions


def _read(cursor: Any, schema: int, tables: set[str] | None) -> Definitions:
    cursor.execute("SELECT nspname FROM pg_namespace WHERE oid = %s", [schema])
    own = re.compile(rf"\b(pg_temp|{re.escape(cursor.fetchone()[0])})\.")
    definitions: Definitions = {}
    for kind, query in _OF_TABLES:
        cursor.execute(query, [schema])
        for table, name, worded in cursor.fetchall():
            if tables is None or table in tables or kind == TRIGGER:
                worded = _TEXTS.sub(_each_as_text, own.sub("", worded))
                if kind in (CONSTRAINT, UNIQUE) and _GIVEN.search(name):
                    name = worded = worded.replace(name, "…")
                definitions[Thing(kind, table, name)] = worded
    return definitions


def _each_as_text(texts: re.Match[str]) -> str:
    """A list of texts as it is worded after a dump: each of them turned into text by itself."""
    each = re.findall(_TEXT, texts[1])
    return f"ARRAY[{', '.join(f'({one})::text' for one in each)}]"
