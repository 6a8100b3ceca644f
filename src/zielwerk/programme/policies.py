"""Who may look at rules, bodies and parties, and who enters them."""

from zielwerk.core.permissions import Actor, Permission
from zielwerk.programme.models import YearRelease
from zielwerk.programme.models.releases import FOUR_EYES
from zielwerk.rulebook.refusal import Refusal, msg

EVERYBODY_SIGNED_IN = frozenset({"ministry", "authority", "body", "auditor", "provider"})
MINISTRY = frozenset({"ministry"})


def proposed_it_herself(actor: Actor, subject: object) -> Refusal | None:
    is_own = isinstance(subject, YearRelease) and subject.proposed_by == actor.audit_name
    return FOUR_EYES if is_own else None


PERMISSIONS = (
    Permission("programme.look", msg("Regeln und Körperschaften ansehen"), EVERYBODY_SIGNED_IN),
    Permission(
        "programme.keep_rules",
        msg("Regelfassung festhalten"),
        frozenset({"ministry", "authority", "body", "auditor"}),
    ),
    Permission("programme.enter_party", msg("Beteiligte eintragen"), MINISTRY),
    Permission(
        "programme.propose_release",
        msg("Regeln eines Programmjahrs zur Freigabe vorschlagen"),
        MINISTRY,
    ),
    Permission(
        "programme.release",
        msg("Regeln eines Programmjahrs freigeben"),
        MINISTRY,
        unless=proposed_it_herself,
        unless_label=msg("nicht, wer sie vorgeschlagen hat"),
    ),
    Permission("programme.send_back", msg("Vorgeschlagene Regeln zurückgeben"), MINISTRY),
)
