"""Who may see the state's budget, who enters it, and who takes back what was entered wrongly."""

from zielwerk.budget.models import Correction
from zielwerk.core.capacity import did
from zielwerk.core.permissions import Actor, Permission
from zielwerk.rulebook.refusal import Refusal, msg

MINISTRY = frozenset({"ministry"})
NOT_ALONE = msg("nicht, wer sie beantragt hat")


def asked_for_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Correction) and did(actor, subject.asked_by):
        sentence = msg(
            "Sie haben diese Berichtigung selbst beantragt. Entscheiden muss eine zweite Person."
        )
        return Refusal("budget.four_eyes", sentence)
    return None


def asked_or_booked_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Correction) and did(actor, subject.booked_by):
        sentence = msg("Sie haben das selbst gebucht. Bestätigen muss eine andere Person.")
        return Refusal("budget.booked_it", sentence)
    return asked_for_it_herself(actor, subject)


PERMISSIONS = (
    Permission(
        "budget.look",
        msg("Haushaltsansätze ansehen"),
        frozenset({"ministry", "authority", "auditor"}),
        is_of_whole=True,
    ),
    Permission("budget.book", msg("Haushaltsansätze verbuchen"), MINISTRY),
    Permission("budget.ask_for_correction", msg("Berichtigung beantragen"), MINISTRY),
    Permission(
        "budget.confirm_correction",
        msg("Berichtigung bestätigen"),
        MINISTRY,
        unless=asked_or_booked_it_herself,
        unless_label=msg("nicht, wer sie beantragt oder das Falsche gebucht hat"),
        barred=lambda correction: [correction.asked_by, correction.booked_by],
    ),
    Permission(
        "budget.reject_correction",
        msg("Berichtigung ablehnen"),
        MINISTRY,
        unless=asked_for_it_herself,
        unless_label=NOT_ALONE,
    ),
    Permission("budget.withdraw_correction", msg("Berichtigung zurückziehen"), MINISTRY),
)
