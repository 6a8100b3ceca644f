"""The kind of case of this room: a table that was sent in."""

from zielwerk.core.cases import Kind
from zielwerk.imports import actions, queries
from zielwerk.imports.models import TableImport
from zielwerk.rulebook.table_import import IMPORT, ImportState

IMPORTS = Kind(
    model=TableImport,
    tables=(IMPORT,),
    verbs=(actions.write, actions.discard),
    page="imports:import",
    list_page="imports:imports",
    look="imports.look",
    visible=queries.table_imports,
    facts=queries.check_table,
    looks={ImportState.PREVIEW: "info", ImportState.WRITTEN: "success"},
    doors={"write": actions.write_or_begin},
)
KINDS = (IMPORTS,)
