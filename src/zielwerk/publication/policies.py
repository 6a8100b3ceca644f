"""Who may publish; everybody may read editions."""

from zielwerk.core.permissions import EVERYONE, Permission
from zielwerk.rulebook.refusal import msg

MINISTRY = frozenset({"ministry"})

PERMISSIONS = (
    Permission(
        "publication.read", msg("Veröffentlichte Vereinbarungen lesen"), frozenset({EVERYONE})
    ),
    Permission("publication.publish", msg("Vereinbarung veröffentlichen"), MINISTRY),
    Permission("publication.withdraw", msg("Veröffentlichung zurückziehen"), MINISTRY),
)
