"""Tables that people send in: kept for the preview, then written as a whole or given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zielwerk.core import jobs
from zielwerk.core.actions import action
from zielwerk.core.cases import locked, new_case, save_case, step
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.imports import queries
from zielwerk.imports.models import TableImport
from zielwerk.imports.queries import CheckedTable
from zielwerk.rulebook.table_import import IMPORT, ImportState

WRITE_IMPORT = "imports.write"  # the kind of job
LARGE = queries.CHUNK
"""A table of more rows than this is written by a job."""


@dataclass(frozen=True)
class Incoming:
    """A table as it was sent in; ``options`` (JSON) are the facts that its rows do not hold.

    Indicators: ``source``, ``reference_date``; budget: ``basis``, ``value_date``; indicators
    and parties: ``is_invented``.
    """

    kind: str
    programme: str
    year: int
    name: str
    content: bytes
    options: Mapping[str, Any]


@action("imports.bring_in")
def receive(actor: Actor, incoming: Incoming, *, at: datetime) -> TableImport:
    """Keep a table that can be read as one; nothing of it is written yet.

    Raises Refused where the file as a whole cannot be used; faults of rows are no reason.
    """
    queries.read_table(
        incoming.kind, incoming.programme, incoming.year, incoming.name, incoming.content
    )
    media_type = "application/octet-stream"
    file = documents.store(actor, incoming.name, media_type, incoming.content, at=at)
    return new_case(
        TableImport,
        f"EIN-{at.year}",
        at=at,
        kind=incoming.kind,
        programme=incoming.programme,
        year=incoming.year,
        file=file,
        file_name=incoming.name[:200],
        options=dict(incoming.options),
        sent_by=actor.audit_name,
        sent_at=at,
    )


@step(IMPORT)
def write(actor: Actor, table_import: TableImport, facts: CheckedTable, *, at: datetime) -> None:
    """Write all rows in one transaction, or none: a single faulty row refuses the table."""
    queries.kind_of(table_import).write(actor, table_import, facts.rows, at)
    table_import.ended_by, table_import.ended_at = actor.audit_name, at


@action("imports.begin_writing")
def begin_writing(actor: Actor, table_import: TableImport, *, at: datetime) -> Job:
    """Have a large table written in the background, see :data:`LARGE`."""
    table_import = save_case(locked(table_import, {ImportState.PREVIEW}))  # pressed once
    params = {"table_import": table_import.pk, "actor": actor.audit_name}
    return jobs.start(actor, WRITE_IMPORT, params, at=at)


def write_or_begin(actor: Actor, table_import: TableImport, *, at: datetime) -> TableImport | Job:
    """Write a table, a large one in the background."""
    if table_import.state == ImportState.PREVIEW and queries.is_large(table_import):
        return begin_writing(actor, table_import, at=at)
    return write(actor, table_import, at=at)


@step(IMPORT)
def discard(actor: Actor, table_import: TableImport, facts: None, *, at: datetime) -> None:
    """Give a table up; what was sent stays on file, nothing of it is written."""
    table_import.ended_by, table_import.ended_at = actor.audit_name, at


@step(IMPORT)
def restore(actor: Actor, table_import: TableImport, facts: None, *, at: datetime) -> None:
    """Take a table up again that was given up; its rows are checked anew."""
    table_import.ended_by, table_import.ended_at = "", None
