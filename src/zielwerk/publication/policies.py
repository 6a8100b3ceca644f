"""Who may publish; everybody may read editions.

The rows name the sides that may ever take a stage; the programme's stages narrow them.
"""

from zielwerk.core.capacity import did
from zielwerk.core.permissions import (
    EVERYONE,
    OWN_ONLY,
    Actor,
    Barred,
    Exception_,
    Permission,
    in_perimeter,
)
from zielwerk.core.roles import ENTERING, of_sides
from zielwerk.identity import queries as identity
from zielwerk.publication.models import WITHDREW_IT_HERSELF, Edition
from zielwerk.rulebook.refusal import Refusal, msg

NOBODY_ELSE = frozenset[str]()
INSIDERS = frozenset({"ministry", "auditor"})
SIDES = of_sides(ENTERING, "ministry", "authority")
BOTH = frozenset({"ministry", "authority"})


def is_within(actor: Actor, subject: object) -> bool:
    """Whether the subject is of a body within the perimeter; of a year each act asks again."""
    return not hasattr(subject, "ags") or in_perimeter(actor, subject)


def withdrew_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Edition) and did(actor, subject.withdrawal_asked_by):
        return WITHDREW_IT_HERSELF
    return None


def publishing(
    name: str,
    label: str,
    unless: Exception_ | None = None,
    why: str = "",
    barred: Barred | None = None,
) -> Permission:
    """A permission of whichever side the programme lets publish."""
    return Permission(
        f"publication.{name}",
        label,
        NOBODY_ELSE,
        scope=is_within,
        scope_label=OWN_ONLY,
        unless=unless,
        unless_label=why,
        barred=barred,
        sides=SIDES,
        procedure="publication",
    )


def deciding(name: str, label: str) -> Permission:
    """A permission of whoever decides whether what is down stays so: not she who took it down."""
    why = msg("nicht, wer sie zurückgezogen hat")
    return publishing(
        name, label, withdrew_it_herself, why, lambda edition: [edition.withdrawal_asked_by]
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
    publishing(
        "take_back",
        msg("Vorgelegte Veröffentlichung zurücknehmen"),
        identity.is_anothers,
        identity.OWN_ALONE,
    ),
    publishing("discard", msg("Veröffentlichung verwerfen")),
    publishing("restore", msg("Veröffentlichung wiederherstellen")),
    publishing("withdraw", msg("Veröffentlichung zurückziehen")),
    deciding("confirm_withdrawal", msg("Zurückziehen einer Veröffentlichung bestätigen")),
    deciding("reinstate", msg("Zurückgezogenes wieder veröffentlichen")),
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
