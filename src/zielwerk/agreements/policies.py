"""Who may record agreements and look at them."""

from zielwerk.agreements.models import Intake
from zielwerk.core.permissions import OWN_ONLY, Actor, Permission, in_perimeter
from zielwerk.rulebook.agreement import FOUR_EYES
from zielwerk.rulebook.refusal import Refusal, msg

MINISTRY = frozenset({"ministry"})
INSIDERS = frozenset({"ministry", "auditor"})
READERS = frozenset({"ministry", "authority", "body", "auditor"})


def accepted_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Intake) and subject.accepted_by == actor.audit_name:
        return Refusal(
            "agreements.four_eyes",
            msg("Sie haben diese Erfassung selbst angenommen. Bestätigen muss eine zweite Person."),
            basis=FOUR_EYES,
        )
    return None


PERMISSIONS = (
    Permission(
        "agreements.look",
        msg("Vereinbarungen ansehen"),
        READERS,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission("agreements.look_at_intake", msg("Erfassungen ansehen"), INSIDERS),
    Permission("agreements.begin", msg("Text einer Vereinbarung einlesen"), MINISTRY),
    Permission("agreements.review", msg("Gelesenes prüfen und berichtigen"), MINISTRY),
    Permission("agreements.accept", msg("Geprüfte Erfassung annehmen"), MINISTRY),
    Permission(
        "agreements.confirm",
        msg("Angenommene Erfassung bestätigen"),
        MINISTRY,
        unless=accepted_it_herself,
        unless_label=msg("nicht, wer sie angenommen hat"),
    ),
    Permission("agreements.send_back", msg("Erfassung zur Prüfung zurückgeben"), MINISTRY),
    Permission("agreements.keep", msg("Text als Quelle aufbewahren"), MINISTRY),
    Permission("agreements.discard", msg("Erfassung verwerfen"), MINISTRY),
    Permission("agreements.restore", msg("Erfassung wiederherstellen"), MINISTRY),
)
