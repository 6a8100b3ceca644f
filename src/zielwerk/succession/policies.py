"""Who carries out successions, and who sees them."""

from zielwerk.core.capacity import did
from zielwerk.core.permissions import Actor, Permission
from zielwerk.core.roles import STEERING
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.succession.models import SuccessionAct

MINISTRY = frozenset({"ministry"})


def declared_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, SuccessionAct) and did(actor, subject.declared_by):
        sentence = msg(
            "Sie haben diese Rechtsnachfolge selbst erklärt. Entscheiden muss eine zweite Person."
        )
        return Refusal("succession.four_eyes", sentence)
    return None


PERMISSIONS = (
    Permission(
        "succession.look",
        msg("Rechtsnachfolgen ansehen"),
        frozenset({"ministry", "authority", "auditor"}),
        is_of_whole=True,
    ),
    Permission("succession.declare", msg("Rechtsnachfolge erklären"), MINISTRY),
    Permission("succession.discard", msg("Erklärte Rechtsnachfolge verwerfen"), MINISTRY),
    Permission("succession.restore", msg("Verworfene Rechtsnachfolge wiederherstellen"), MINISTRY),
    Permission(
        "succession.decide",
        msg("Rechtsnachfolge entscheiden"),
        STEERING,
        unless=declared_it_herself,
        unless_label=msg("nicht, wer sie erklärt hat"),
        barred=lambda act: [act.declared_by],
    ),
    Permission(
        "succession.reject",
        msg("Rechtsnachfolge ablehnen"),
        STEERING,
        unless=declared_it_herself,
        unless_label=msg("nicht, wer sie erklärt hat"),
    ),
)
