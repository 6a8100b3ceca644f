"""Large tables, written in the background."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from zielwerk.core.jobs import Progress
from zielwerk.identity import queries as identity
from zielwerk.imports import actions, queries
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.table_import import ImportState

READ = msg("Die Datei ist gelesen.")
CHECKING = msg("Die Zeilen werden geprüft.")
WRITTEN = msg("Die Tabelle {number} ist vollständig übernommen.")


def write_import(progress: Progress, table_import: int, actor: str) -> dict[str, Any]:
    """Check a table chunk by chunk, then write it in one transaction, or refuse it as a whole.

    A run after a lost worker finds the table written and does nothing more.
    """
    person = identity.person(actor, timezone.localdate())
    table = queries.table_import(person, settings.PROGRAMME, table_import)
    number = {"number": table.file_number}
    outcome = {
        "message": WRITTEN,
        "params": number,
        "url": reverse("imports:import", args=[table.pk]),
    }
    if table.state == ImportState.WRITTEN:
        return outcome
    parsed = queries.read_import(table)
    chunks = parsed.chunks()
    progress.of(len(chunks) + 2)
    progress.step(READ)
    for chunk in chunks:
        if queries.settle_rows(chunk, parsed.rules.settle)[1]:
            break  # the verb says so, with all of it
        progress.step(CHECKING)
    actions.write(person, table, at=timezone.now())
    progress.step()
    return outcome


KINDS = {actions.WRITE_IMPORT: write_import}
