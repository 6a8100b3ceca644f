"""Who may look at the books and move money in them."""

from zielwerk.core.permissions import Actor, Permission, in_perimeter
from zielwerk.ledger.models import Book, Transfer
from zielwerk.rulebook.refusal import Refusal, msg

MINISTRYS_BOOKS = frozenset({Book.AUTHORISATION, Book.PLANNING})
BOOKKEEPERS = frozenset({"ministry", "authority"})
READERS = BOOKKEEPERS | {"body", "auditor"}


def touches_perimeter(actor: Actor, subject: object) -> bool:
    """Whether one side of the transfer is the actor's body; others than bodies see all."""
    sides = (subject.source, subject.target) if isinstance(subject, Transfer) else (subject,)
    return any(in_perimeter(actor, side) for side in sides)


def booked_it_or_is_not_theirs(actor: Actor, subject: object) -> Refusal | None:
    """Clerical errors are undone by a second person, and only by whoever keeps the book."""
    if not isinstance(subject, Transfer):
        return None
    if "ministry" not in actor.roles and subject.source.book in MINISTRYS_BOOKS:
        return Refusal(
            "ledger.not_your_book",
            msg("Dieses Buch führt das Ministerium. Stornieren kann nur, wer es führt."),
        )
    if subject.actor == actor.audit_name:
        return Refusal(
            "ledger.four_eyes",
            msg("Sie haben diese Buchung selbst veranlasst. Stornieren muss eine zweite Person."),
        )
    return None


PERMISSIONS = (
    Permission(
        "ledger.look",
        msg("Bücher einsehen"),
        READERS,
        scope=touches_perimeter,
        scope_label=msg("Gebietskörperschaft: nur die eigenen Mittel"),
    ),
    Permission("ledger.post", msg("Entscheidung buchen"), BOOKKEEPERS),
    Permission("ledger.record", msg("Tatsache buchen"), BOOKKEEPERS),
    Permission(
        "ledger.reverse",
        msg("Buchung stornieren"),
        BOOKKEEPERS,
        unless=booked_it_or_is_not_theirs,
        unless_label=msg(
            "nicht, wer sie veranlasst hat; Ermächtigung und Planung nur das Ministerium"
        ),
    ),
)
