"""The list of the tables sent in."""

from zielwerk.identity import queries as identity
from zielwerk.imports import queries
from zielwerk.rulebook.refusal import msg
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
