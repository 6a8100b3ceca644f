"""The list of the tables sent in, and what one adds to its file."""

from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents import queries as documents
from zielwerk.documents.panels import paper
from zielwerk.identity import queries as identity
from zielwerk.imports import queries
from zielwerk.imports.models import TableImport
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui.lists import FILE_NUMBER, STATE, Column


def columns() -> tuple[Column, ...]:
    return (
        FILE_NUMBER,
        Column(
            "kind", msg("Art"), labels={kind.code: kind.label for kind in queries.KINDS.values()}
        ),
        Column("file_name", msg("Datei")),
        STATE,
        Column("sent_at", msg("Gesendet")),
        Column("sent_by", msg("Von"), names=identity.labels, sort=()),
        Column("ended_at", msg("Beendet"), is_file_only=True),
    )


def filed(user: Actor, table: TableImport) -> Filed:
    """The table as it was sent in."""
    file = documents.named(table.file_id)
    assert file
    said = Said(msg("Tabelle, wie sie eingegangen ist: {name}"), {"name": table.file_name})
    kept = paper(file, msg("eingegangene Tabelle"), table.file_name)
    at = table.sent_at
    return Filed((Entry(at, msg("eingegangen"), Sort.PAPER, said, table.sent_by, paper=kept),))
