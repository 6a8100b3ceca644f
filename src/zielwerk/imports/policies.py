"""Who may bring in tables, and who sees them."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

MINISTRY = frozenset({"ministry"})

PERMISSIONS = (
    Permission("imports.bring_in", msg("Tabellen einlesen"), MINISTRY),
    Permission("imports.write", msg("Eingelesene Tabelle übernehmen"), MINISTRY),
    Permission("imports.begin_writing", msg("Übernahme im Hintergrund beginnen"), MINISTRY),
    Permission("imports.discard", msg("Eingelesene Tabelle verwerfen"), MINISTRY),
    Permission("imports.restore", msg("Eingelesene Tabelle wiederherstellen"), MINISTRY),
    Permission(
        "imports.look", msg("Eingelesene Tabellen ansehen"), frozenset({"ministry", "auditor"})
    ),
)
