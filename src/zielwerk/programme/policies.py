"""Who may look at rules, bodies and parties, and who enters them."""

from zielwerk.core.permissions import Permission
from zielwerk.rulebook.refusal import msg

EVERYBODY_SIGNED_IN = frozenset({"ministry", "authority", "body", "auditor", "provider"})

PERMISSIONS = (
    Permission("programme.look", msg("Regeln und Körperschaften ansehen"), EVERYBODY_SIGNED_IN),
    Permission(
        "programme.keep_rules",
        msg("Regelfassung festhalten"),
        frozenset({"ministry", "authority", "body", "auditor"}),
    ),
    Permission("programme.enter_party", msg("Beteiligte eintragen"), frozenset({"ministry"})),
)
