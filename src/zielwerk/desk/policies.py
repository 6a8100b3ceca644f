"""Who has a desk: everybody who signs in."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

PERMISSIONS = (
    Permission(
        "desk.look",
        msg("Eigenen Arbeitsplatz ansehen"),
        frozenset({"ministry", "authority", "body", "provider", "auditor"}),
    ),
)
