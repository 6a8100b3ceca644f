"""Who may record agreements and look at them."""

from zielwerk.agreements import queries
from zielwerk.agreements.models import Annulment, Intake
from zielwerk.core.capacity import did
from zielwerk.core.permissions import OWN_ONLY, Actor, Barred, Exception_, Permission, in_perimeter
from zielwerk.core.roles import DECIDING, ENTERING, of_sides
from zielwerk.identity import queries as identity
from zielwerk.rulebook.recording import FOUR_EYES
from zielwerk.rulebook.refusal import Refusal, msg

NOBODY_ELSE = frozenset[str]()
SIDES = of_sides(ENTERING, "ministry", "authority")
DECIDERS = of_sides(DECIDING, "ministry", "authority")
BOTH = frozenset({"ministry", "authority"})
INSIDERS = frozenset({"ministry", "auditor"})
READERS = frozenset({"ministry", "authority", "body", "auditor"})


def accepted_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Intake) and did(actor, subject.accepted_by):
        return Refusal(
            "agreements.four_eyes",
            msg("Sie haben diese Erfassung selbst angenommen. Bestätigen muss eine zweite Person."),
            basis=FOUR_EYES,
        )
    return None


def of_her_bodies(actor: Actor, subject: object) -> bool:
    """Whether it is about a body in the perimeter; a text may not tell its body yet."""
    return not getattr(subject, "ags", "") or in_perimeter(actor, subject)


def asked_for_it_herself(actor: Actor, subject: object) -> Refusal | None:
    if isinstance(subject, Annulment) and did(actor, subject.asked_by):
        return Refusal(
            "agreements.four_eyes",
            msg("Sie haben diese Aufhebung selbst beantragt. Entscheiden muss eine zweite Person."),
            basis=FOUR_EYES,
        )
    return None


def somebody_else_asked(actor: Actor, subject: object) -> Refusal | None:
    if not isinstance(subject, Annulment) or did(actor, subject.asked_by):
        return None
    if identity.took_over(actor, subject.asked_by):
        return None
    return Refusal(
        "agreements.not_asked_by_her",
        msg("Zurückziehen kann einen Antrag nur, wer ihn gestellt hat."),
    )


def involved_in_it(actor: Actor, subject: object) -> Refusal | None:
    """Who booked what is to be taken back is no second person for it, as the books have it."""
    if not isinstance(subject, Annulment):
        return None
    if refusal := asked_for_it_herself(actor, subject):
        return refusal
    if queries.confirmed_by(subject.agreement, actor):
        return Refusal(
            "agreements.four_eyes",
            msg("Sie haben diese Erfassung selbst bestätigt. Aufheben muss eine zweite Person."),
            basis=FOUR_EYES,
        )
    return None


def confirmers(annulment: Annulment) -> list[str]:
    """Who asked for an annulment, and who had booked what it is about."""
    return [annulment.asked_by, *queries.bookers(annulment.agreement)]


def recording(
    name: str,
    label: str,
    unless: Exception_ | None = None,
    why: str = "",
    barred: Barred | None = None,
) -> Permission:
    """A permission of whichever side the programme lets record its documents."""
    return Permission(
        f"agreements.{name}",
        label,
        NOBODY_ELSE,
        scope=of_her_bodies,
        scope_label=OWN_ONLY,
        unless=unless,
        unless_label=why,
        barred=barred,
        sides=SIDES,
        procedure="recording",
    )


def stage(
    name: str,
    label: str,
    unless: Exception_ | None = None,
    why: str = "",
    by: frozenset[str] = SIDES,
    barred: Barred | None = None,
) -> Permission:
    """The permission of a stage: the side that takes it is the stage's own, by the rules kept."""
    return Permission(
        f"agreements.{name}",
        label,
        by,
        scope=of_her_bodies,
        scope_label=OWN_ONLY,
        unless=unless,
        unless_label=why,
        barred=barred,
    )


PERMISSIONS = (
    Permission(
        "agreements.look",
        msg("Vereinbarungen ansehen"),
        READERS,
        scope=in_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "agreements.look_at_intake",
        msg("Erfassungen ansehen"),
        INSIDERS,
        sides=BOTH,
        procedure="recording",
    ),
    Permission(
        "agreements.look_at_lessons",
        msg("Ansehen, was Berichtigungen gelehrt haben"),
        INSIDERS,
        sides=BOTH,
        procedure="recording",
    ),
    recording("teach", msg("Verwechslung oder Namen für das Einlesen aufnehmen")),
    recording("withdraw_lesson", msg("Verwechslung oder Namen zurückziehen")),
    recording("begin", msg("Text einer Vereinbarung einlesen")),
    recording("review", msg("Gelesenes prüfen und berichtigen")),
    stage("accept", msg("Geprüfte Erfassung annehmen")),
    stage("note", msg("Zwischenschritt einer Erfassung vermerken")),
    stage(
        "confirm",
        msg("Angenommene Erfassung bestätigen"),
        accepted_it_herself,
        msg("nicht, wer sie angenommen hat"),
        DECIDERS,
        lambda intake: [intake.accepted_by],
    ),
    recording("send_back", msg("Erfassung zur Prüfung zurückgeben")),
    recording("take_back", msg("Annahme zurücknehmen"), identity.is_anothers, identity.OWN_ALONE),
    recording("keep", msg("Text als Quelle aufbewahren")),
    recording("discard", msg("Erfassung verwerfen")),
    recording("restore", msg("Erfassung wiederherstellen")),
    recording("ask_annulment", msg("Aufhebung einer irrtümlichen Erfassung beantragen")),
    recording(
        "annul",
        msg("Irrtümliche Erfassung aufheben"),
        involved_in_it,
        msg("nicht, wer es beantragt oder die Erfassung bestätigt hat"),
        confirmers,
    ),
    recording(
        "withdraw_annulment",
        msg("Antrag auf Aufhebung zurückziehen"),
        somebody_else_asked,
        msg("nur, wer sie beantragt oder von dort übernommen hat"),
    ),
    recording(
        "refuse_annulment",
        msg("Aufhebung einer Erfassung ablehnen"),
        asked_for_it_herself,
        msg("nicht, wer sie beantragt hat"),
    ),
)
