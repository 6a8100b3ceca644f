"""Who may plan and decide how the money is shared out, and who sees it."""

from zielwerk.allocation.models import Scenario
from zielwerk.core.capacity import did
from zielwerk.core.permissions import OWN_ONLY, Actor, Permission, in_perimeter
from zielwerk.core.roles import STEERING
from zielwerk.identity import queries as identity
from zielwerk.rulebook.refusal import Refusal, msg

MINISTRY = frozenset({"ministry"})


def proposed_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Scenario) and did(actor, subject.proposed_by):
        return Refusal(
            "allocation.four_eyes",
            msg("Sie haben dieses Szenario selbst vorgelegt. Entscheiden muss eine zweite Person."),
        )
    return None


PERMISSIONS = (
    Permission(
        "allocation.look", msg("Verteilszenarien ansehen"), frozenset({"ministry", "auditor"})
    ),
    Permission("allocation.begin", msg("Verteilszenario beginnen"), MINISTRY),
    Permission("allocation.draft", msg("Verteilszenario bearbeiten"), MINISTRY),
    Permission("allocation.discard", msg("Verteilszenario verwerfen"), MINISTRY),
    Permission("allocation.restore", msg("Verteilszenario wiederherstellen"), MINISTRY),
    Permission("allocation.propose", msg("Verteilszenario zur Entscheidung vorlegen"), MINISTRY),
    Permission("allocation.consult", msg("Anhörung zum Verteilszenario vermerken"), MINISTRY),
    Permission(
        "allocation.take_back",
        msg("Vorgelegtes Verteilszenario zurücknehmen"),
        MINISTRY,
        unless=identity.is_anothers,
        unless_label=identity.OWN_ALONE,
    ),
    Permission("allocation.send_back", msg("Verteilszenario zurückgeben"), MINISTRY),
    Permission(
        "allocation.decide",
        msg("Verteilszenario entscheiden und buchen"),
        STEERING,
        unless=proposed_it_herself,
        unless_label=msg("nicht, wer es vorgelegt hat"),
        barred=lambda scenario: [scenario.proposed_by],
    ),
    Permission(
        "allocation.look_at_allocations",
        msg("Mittelzuweisungen ansehen"),
        frozenset({"ministry", "authority", "body", "auditor"}),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
)
