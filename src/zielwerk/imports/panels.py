"""What pages of tables sent in show: the columns of the list."""

from django.urls import reverse

from zielwerk.core.ui.lists import Column, link, state_badge
from zielwerk.imports import queries
from zielwerk.imports.models import TableImport
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg


def columns(names: dict[str, str]) -> tuple[Column[TableImport], ...]:
    """``names`` are those who sent the tables, by their name in the audit chain."""
    return (
        Column(
            msg("Aktenzeichen"),
            lambda table: table.file_number,
            lambda table: link(reverse("imports:import", args=[table.pk]), table.file_number),
        ),
        Column(msg("Art"), lambda table: Label(queries.kind_of(table).label)),
        Column(msg("Datei"), lambda table: table.file_name),
        Column(msg("Stand"), lambda table: Label(table.state_label), state_badge),
        Column(msg("Gesendet"), lambda table: table.sent_at),
        Column(msg("Von"), lambda table: names.get(table.sent_by, table.sent_by)),
        Column(msg("Beendet"), lambda table: table.ended_at, is_export_only=True),
    )
