"""Who may use what belongs to no room."""

from zielwerk.core.permissions import EVERYONE, Permission
from zielwerk.core.roles import EVERYBODY
from zielwerk.rulebook.refusal import msg

SIGNED_IN = EVERYBODY
OPERATOR = frozenset({"operator"})

PERMISSIONS = (
    Permission("core.look", msg("Öffentliche Seiten ansehen"), frozenset({EVERYONE})),
    Permission(
        "core.get_back_input",
        msg("Nicht gesendete Eingaben wiederbekommen"),
        SIGNED_IN,
        scope_label=msg("eigene Eingaben"),
    ),
    Permission("core.repair", msg("Wächter der Datenbank wieder einsetzen"), OPERATOR),
    Permission("core.restore", msg("Sicherung zurückspielen"), OPERATOR),
    Permission(
        "core.watch_job",
        msg("Fortschritt eines Auftrags verfolgen"),
        SIGNED_IN,
        scope_label=msg("eigene Aufträge"),
    ),
)
