"""Who may publish; everybody may read editions.

The rows name all roles that may ever take a stage; the stage of the programme narrows them to
its side.
"""

from zielwerk.core.permissions import EVERYONE, Permission
from zielwerk.rulebook.refusal import msg

SIDES = frozenset({"ministry", "authority"})

PERMISSIONS = (
    Permission(
        "publication.read", msg("Veröffentlichte Zielvereinbarungen lesen"), frozenset({EVERYONE})
    ),
    Permission("publication.look", msg("Veröffentlichungen ansehen"), SIDES | {"auditor"}),
    Permission("publication.propose", msg("Zielvereinbarung zur Veröffentlichung vorlegen"), SIDES),
    Permission("publication.consult", msg("Anhörung zur Veröffentlichung vermerken"), SIDES),
    Permission("publication.publish", msg("Zielvereinbarung veröffentlichen"), SIDES),
    Permission("publication.send_back", msg("Veröffentlichung zurückgeben"), SIDES),
    Permission("publication.discard", msg("Veröffentlichung verwerfen"), SIDES),
    Permission("publication.withdraw", msg("Veröffentlichung zurückziehen"), SIDES),
)
