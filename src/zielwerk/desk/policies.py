"""Who has a desk (everybody who signs in), and who may look at the audit log."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

PERMISSIONS = (
    Permission(
        "desk.look_at_audit",
        msg("Protokoll einsehen und prüfen"),
        frozenset({"ministry", "auditor"}),
    ),
    Permission(
        "desk.look",
        msg("Eigenen Arbeitsplatz ansehen"),
        frozenset({"ministry", "authority", "body", "provider", "auditor"}),
    ),
)
