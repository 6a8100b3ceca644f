"""Tables that people send in: kept for the preview, then written as a whole or given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zielwerk.core import audit, jobs
from zielwerk.core.actions import action, seal
from zielwerk.core.file_numbers import next_number
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.imports import queries
from zielwerk.imports.models import ImportState, TableImport
from zielwerk.rulebook.lifecycle import Lifecycle, Step
from zielwerk.rulebook.refusal import Refusal, Refused, msg

WRITE_IMPORT = "imports.write"  # the kind of job
LARGE = queries.CHUNK
"""A table of more rows than this is written by a job."""
OPEN = {ImportState.PREVIEW}
IMPORT = Lifecycle(
    name="import",
    initial=OPEN,
    labels=dict(ImportState.choices),
    steps=(
        Step(
            "write",
            {ImportState.PREVIEW},
            ImportState.WRITTEN,
            "imports.bring_in",
            msg("Übernehmen"),
        ),
        Step(
            "discard",
            {ImportState.PREVIEW},
            ImportState.DISCARDED,
            "imports.bring_in",
            msg("Verwerfen"),
        ),
    ),
)


@dataclass(frozen=True)
class Incoming:
    """A table as it was sent in; ``options`` (JSON) are what the table itself does not say.

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
def receive(actor: Actor, nothing: None, sent: Incoming, *, at: datetime) -> TableImport:
    """Keep a table that can be read as one; nothing of it is written yet.

    Raises Refused where the file as a whole cannot be used; faults of rows are no reason.
    """
    queries.opened(sent.kind, sent.programme, sent.year, sent.name, sent.content)
    media_type = "application/octet-stream"
    file = documents.store(actor, None, sent.name, media_type, sent.content, at=at)
    one = TableImport.objects.create(
        file_number=next_number(f"EIN-{at.year}"),
        kind=sent.kind,
        programme=sent.programme,
        year=sent.year,
        file=file,
        options=dict(sent.options),
        sent_by=actor.audit_name,
        sent_at=at,
    )
    seal(one)
    return one


@action("imports.bring_in")
def write(actor: Actor, sent: TableImport, *, at: datetime) -> TableImport:
    """Write all rows in one transaction, or none: a single faulty row refuses the table."""
    one = _current(sent)
    one.state = IMPORT.after(one.state, "write")
    found = queries.checked(one)
    if found.faults:
        raise Refused(_faulty(len(found.faults)))
    queries.kind_of(one).write(actor, one, found.rows, at)
    return _ended(actor, one, at)


@action("imports.bring_in")
def begin_writing(actor: Actor, sent: TableImport, *, at: datetime) -> Job:
    """Have a large table written in the background, see :data:`LARGE`."""
    IMPORT.after(sent.state, "write")
    params = {"table_import": sent.pk, "actor": actor.audit_name}
    return jobs.start(actor, WRITE_IMPORT, params, at=at)


@action("imports.bring_in")
def discard(actor: Actor, sent: TableImport, *, at: datetime) -> TableImport:
    """Give a table up; what was sent stays on file, nothing of it is written."""
    one = _current(sent)
    one.state = IMPORT.after(one.state, "discard")
    return _ended(actor, one, at)


TAMPERED = Refusal(
    "imports.tampered",
    msg(
        "Diese Einlesung wurde am Protokoll vorbei verändert. "
        "Bitte benachrichtigen Sie die Prüfung."
    ),
)


def _current(sent: TableImport) -> TableImport:
    """The table as it stands now, held; refused where it was changed past the audit chain."""
    current = queries.locked_import(sent)
    if not audit.is_untouched(current):
        raise Refused(TAMPERED)
    return current


def _ended(actor: Actor, one: TableImport, at: datetime) -> TableImport:
    one.ended_by, one.ended_at = actor.audit_name, at
    one.save()
    seal(one)
    return one


def _faulty(count: int) -> Refusal:
    sentence = msg(
        "Die Tabelle hat {count} Fehler. Übernommen wird sie als Ganzes oder gar nicht; bitte "
        "berichtigen Sie die Datei und senden Sie sie noch einmal."
    )
    return Refusal("imports.table_faulty", sentence, {"count": count})
