"""The kind of case of this room: a table that was sent in."""

from zielwerk.core.cases import Kind, Twins
from zielwerk.imports import actions, panels, queries
from zielwerk.imports.models import TableImport
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.table_import import IMPORT, ImportState

IMPORTS = Kind(
    model=TableImport,
    tables=(IMPORT,),
    verbs=(actions.write, actions.discard, actions.restore),
    page="imports:import",
    list_page="imports:imports",
    look="imports.look",
    visible=queries.table_imports,
    filed=panels.filed,
    facts=lambda table, on: queries.check_table(table),
    looks={ImportState.PREVIEW: "info", ImportState.WRITTEN: "success"},
    slots={
        "kind": lambda table: Label(queries.kind_of(table).label),
        "name": lambda table: table.file_name,
    },
    twins=Twins(("kind", "year", "file_name"), "sent_at", frozenset({ImportState.DISCARDED})),
    doors={"write": actions.write_or_begin},
)
KINDS = (IMPORTS,)
