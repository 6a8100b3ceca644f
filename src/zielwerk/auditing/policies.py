"""Who may read the log, prove it and take a proof along."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

READERS = frozenset({"ministry", "auditor"})

PERMISSIONS = (
    Permission("auditing.look", msg("Protokoll einsehen"), READERS),
    Permission("auditing.verify", msg("Protokoll und Bücher prüfen"), READERS),
    Permission("auditing.conclude", msg("Ergebnis einer Prüfung festhalten"), READERS),
    Permission("auditing.take_proof", msg("Nachweis des Protokolls mitnehmen"), READERS),
)
