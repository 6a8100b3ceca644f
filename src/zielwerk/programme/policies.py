"""Who may look at rules, bodies and parties, and who enters them."""

from zielwerk.core.capacity import did
from zielwerk.core.permissions import Actor, Permission
from zielwerk.core.roles import EVERYBODY, STEERING
from zielwerk.identity import queries as identity
from zielwerk.programme.models import YearRelease
from zielwerk.programme.models.releases import FOUR_EYES
from zielwerk.rulebook.refusal import Refusal, msg

MINISTRY = frozenset({"ministry"})


def proposed_it_herself(actor: Actor, subject: object) -> Refusal | None:
    is_own = isinstance(subject, YearRelease) and did(actor, subject.proposed_by)
    return FOUR_EYES if is_own else None


PERMISSIONS = (
    Permission("programme.look", msg("Regeln und Körperschaften ansehen"), EVERYBODY),
    Permission(
        "programme.keep_rules",
        msg("Regelfassung festhalten"),
        frozenset({"ministry", "authority", "body", "auditor"}),
    ),
    Permission("programme.enter_party", msg("Beteiligte eintragen"), MINISTRY),
    Permission(
        "programme.adopt_years",
        msg("Programmjahre bei der Einrichtung übernehmen"),
        frozenset({"operator", "ministry_administrator"}),
    ),
    Permission(
        "programme.propose_release",
        msg("Regeln eines Programmjahrs zur Freigabe vorschlagen"),
        MINISTRY,
    ),
    Permission(
        "programme.release",
        msg("Regeln eines Programmjahrs freigeben"),
        STEERING,
        unless=proposed_it_herself,
        unless_label=msg("nicht, wer sie vorgeschlagen hat"),
        barred=lambda release: [release.proposed_by],
    ),
    Permission(
        "programme.withdraw_release",
        msg("Vorgeschlagene Regeln zurückziehen"),
        MINISTRY,
        unless=identity.is_anothers,
        unless_label=identity.OWN_ALONE,
    ),
    Permission("programme.send_back", msg("Vorgeschlagene Regeln zurückgeben"), MINISTRY),
)
