"""Who may move a body's money during the year, and who sees it."""

from zielwerk.adjustments.models import Adjustment
from zielwerk.core.capacity import did
from zielwerk.core.permissions import OWN_ONLY, Actor, Permission, in_perimeter
from zielwerk.core.roles import DECIDING, ENTERING, of_sides
from zielwerk.identity import queries as identity
from zielwerk.rulebook.refusal import Refusal, msg

MINISTRY = frozenset({"ministry"})
NOBODY_ELSE = frozenset[str]()
SIDES = of_sides(ENTERING, "ministry", "authority")
DECIDERS = of_sides(DECIDING, "ministry", "authority")


def declared_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Adjustment) and did(actor, subject.declared_by):
        return Refusal(
            "adjustments.four_eyes",
            msg("Sie haben diese Änderung selbst erklärt. Entscheiden muss eine zweite Person."),
        )
    return None


PERMISSIONS = (
    Permission(
        "adjustments.look",
        msg("Mitteländerungen ansehen"),
        frozenset({"ministry", "authority", "body", "auditor"}),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "adjustments.waive",
        msg("Auf zugewiesene Mittel verzichten"),
        of_sides(ENTERING, "ministry", "body"),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        sides=SIDES,
        procedure="adjustment",
    ),
    Permission(
        "adjustments.reallocate",
        msg("Mittel umverteilen oder decken"),
        MINISTRY,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        sides=SIDES,
        procedure="adjustment",
    ),
    Permission(
        "adjustments.note",
        msg("Zwischenschritt einer Mitteländerung vermerken"),
        SIDES,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "adjustments.decide",
        msg("Mitteländerung entscheiden"),
        DECIDERS,
        unless=declared_it_herself,
        unless_label=msg("nicht, wer sie erklärt hat"),
        barred=lambda adjustment: [adjustment.declared_by],
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "adjustments.reject",
        msg("Mitteländerung ablehnen"),
        NOBODY_ELSE,
        unless=declared_it_herself,
        unless_label=msg("nicht, wer sie erklärt hat"),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        sides=DECIDERS,
        procedure="adjustment",
    ),
    Permission(
        "adjustments.withdraw",
        msg("Erklärte Mitteländerung zurückziehen"),
        of_sides(ENTERING, "ministry", "body"),
        scope=in_perimeter,
        scope_label=OWN_ONLY,
        unless=identity.is_anothers,
        unless_label=identity.OWN_ALONE,
        sides=SIDES,
        procedure="adjustment",
    ),
)
