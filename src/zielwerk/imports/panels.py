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
            lambda one: one.file_number,
            lambda one: link(reverse("imports:import", args=[one.pk]), one.file_number),
        ),
        Column(msg("Art"), lambda one: Label(queries.kind_of(one).label)),
        Column(msg("Datei"), lambda one: one.file.name),
        Column(msg("Stand"), lambda one: Label(one.state_label), state_badge),
        Column(msg("Gesendet"), lambda one: one.sent_at),
        Column(msg("Von"), lambda one: names.get(one.sent_by, one.sent_by)),
        Column(msg("Beendet"), lambda one: one.ended_at, is_export_only=True),
    )
