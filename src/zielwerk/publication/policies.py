"""Who may publish; everybody may read editions.

The rows name the sides that may ever take a stage; the programme's stages narrow them.
"""

from zielwerk.core.permissions import EVERYONE, OWN_ONLY, Actor, Permission, in_perimeter
from zielwerk.core.roles import ENTERING, of_sides
from zielwerk.rulebook.refusal import msg

NOBODY_ELSE = frozenset[str]()
INSIDERS = frozenset({"ministry", "auditor"})
SIDES = of_sides(ENTERING, "ministry", "authority")
BOTH = frozenset({"ministry", "authority"})


def is_within(actor: Actor, subject: object) -> bool:
    """Whether the subject is of a body within the perimeter; of a year each act asks again."""
    return not hasattr(subject, "ags") or in_perimeter(actor, subject)


def publishing(name: str, label: str) -> Permission:
    """A permission of whichever side the programme lets publish."""
    return Permission(
        f"publication.{name}",
        label,
        NOBODY_ELSE,
        scope=is_within,
        scope_label=OWN_ONLY,
        sides=SIDES,
        procedure="publication",
    )


PERMISSIONS = (
    Permission(
        "publication.read", msg("Veröffentlichte Vereinbarungen lesen"), frozenset({EVERYONE})
    ),
    Permission(
        "publication.look",
        msg("Veröffentlichungen ansehen"),
        INSIDERS,
        sides=BOTH,
        procedure="publication",
    ),
    publishing("propose", msg("Vereinbarung zur Veröffentlichung vorlegen")),
    publishing("consult", msg("Anhörung zur Veröffentlichung vermerken")),
    publishing("publish", msg("Vereinbarung veröffentlichen")),
    publishing("send_back", msg("Veröffentlichung zurückgeben")),
    publishing("discard", msg("Veröffentlichung verwerfen")),
    publishing("withdraw", msg("Veröffentlichung zurückziehen")),
    Permission(
        "publication.withdraw_annulled",
        msg("Veröffentlichung einer aufgehobenen Erfassung zurückziehen"),
        NOBODY_ELSE,
        scope=is_within,
        scope_label=OWN_ONLY,
        sides=SIDES,
        procedure="recording",
    ),
)
