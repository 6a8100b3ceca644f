"""Who sets an installation up, and who sees what is missing."""

from zielwerk.core.permissions import EVERYONE, Permission
from zielwerk.rulebook.refusal import msg

OPERATOR = "operator"
ADMINISTERING = frozenset({OPERATOR, "ministry_administrator"})

PERMISSIONS = (
    Permission("setup.begin", msg("Leere Installation einrichten"), frozenset({EVERYONE})),
    Permission(
        "setup.look",
        msg("Stand der Einrichtung ansehen"),
        frozenset({"ministry", "ministry_administrator", "auditor"}),
    ),
    Permission("setup.note_backup", msg("Sicherung vermerken"), frozenset({OPERATOR})),
    Permission("setup.take", msg("Schritt der Einrichtung erledigen"), ADMINISTERING),
    Permission("setup.appoint", msg("Erste Personenverwaltung anlegen"), frozenset({OPERATOR})),
)
