"""Who may enter measures and their deliveries."""

from zielwerk.core.permissions import OWN_ONLY, Permission, in_perimeter
from zielwerk.core.roles import ENTERING, of_sides
from zielwerk.rulebook.refusal import msg

READERS = frozenset({"ministry", "authority", "body", "auditor"})
WRITERS = of_sides(ENTERING, "ministry", "body")

PERMISSIONS = (
    Permission(
        "measures.enter",
        msg("Maßnahmen erfassen"),
        of_sides(ENTERING, "ministry", "authority"),
    ),
    Permission(
        "measures.look",
        msg("Maßnahmen ansehen"),
        READERS,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "measures.deliver",
        msg("Durchführung eintragen"),
        WRITERS,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "measures.end_delivery",
        msg("Durchführung beenden"),
        WRITERS,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
)
