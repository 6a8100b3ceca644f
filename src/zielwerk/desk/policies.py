"""Who has a desk (everybody who signs in), and who may look at the year and the log."""

from zielwerk.core.permissions import OWN_ONLY, Permission, in_perimeter
from zielwerk.core.roles import EVERYBODY
from zielwerk.rulebook.refusal import msg

PERMISSIONS = (
    Permission(
        "desk.look_at_accord",
        msg("Abgleich von Vorgängen und Büchern ansehen"),
        frozenset({"ministry", "auditor"}),
    ),
    Permission(
        "desk.look",
        msg("Eigenen Arbeitsplatz ansehen"),
        EVERYBODY,
    ),
    Permission(
        "desk.look_at_year",
        msg("Jahresüberblick ansehen"),
        frozenset({"ministry", "authority", "body", "auditor"}),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
)
