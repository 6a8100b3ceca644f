"""Who may bring in tables, and who sees what was brought in."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

PERMISSIONS = (
    Permission("imports.bring_in", msg("Tabellen einlesen"), frozenset({"ministry"})),
    Permission(
        "imports.look", msg("Eingelesene Tabellen ansehen"), frozenset({"ministry", "auditor"})
    ),
)
