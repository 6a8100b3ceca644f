"""Who may look at the books and move money in them."""

from collections.abc import Sequence
from functools import partial

from zielwerk.core.permissions import OWN_ONLY, Actor, Permission, in_perimeter, may_see
from zielwerk.ledger.models import Book, Transfer
from zielwerk.rulebook.refusal import Refusal, msg

MINISTRYS_BOOKS = frozenset({Book.AUTHORISATION, Book.PLANNING})
BOOKKEEPERS = frozenset({"ministry", "authority"})
READERS = BOOKKEEPERS | {"body", "auditor"}


def touches_perimeter(actor: Actor, subject: object) -> bool:
    """Whether one side of the transfer is within the perimeter; for whoever sees all."""
    sides = (subject.source, subject.target) if isinstance(subject, Transfer) else (subject,)
    return any(in_perimeter(actor, side) for side in sides)


def books_within_perimeter(actor: Actor, subject: object) -> bool:
    """Whether all that is booked is of bodies within the actor's perimeter.

    The other side of a body's money may be the state; money between two places of the state is
    for whoever sees all bodies.
    """
    if actor.perimeter.is_whole:
        return True
    several = subject if isinstance(subject, Sequence) else (subject,)
    return all(map(partial(_is_within, actor), several))


def _is_within(actor: Actor, booked: object) -> bool:
    sides = (getattr(booked, "source", booked), getattr(booked, "target", booked))
    keys = {getattr(side, "ags", "") for side in sides} - {""}
    return bool(keys) and all(may_see(actor, ags) for ags in keys)


def booked_it_or_is_not_theirs(actor: Actor, subject: object) -> Refusal | None:
    """Clerical errors are undone by a second person, and only by whoever keeps the book."""
    booked = subject if isinstance(subject, Sequence) else (subject,)
    if any(getattr(each, "actor", "") == actor.audit_name for each in booked):
        return Refusal(
            "ledger.four_eyes",
            msg("Sie haben diese Buchung selbst veranlasst. Stornieren muss eine zweite Person."),
        )
    if not isinstance(subject, Transfer):
        return None
    if "ministry" not in actor.roles and subject.source.book in MINISTRYS_BOOKS:
        return Refusal(
            "ledger.not_your_book",
            msg("Dieses Buch führt das Ministerium. Stornieren kann nur, wer es führt."),
        )
    return None


PERMISSIONS = (
    Permission(
        "ledger.look",
        msg("Bücher einsehen"),
        READERS,
        scope=touches_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "ledger.post",
        msg("Entscheidung buchen"),
        BOOKKEEPERS,
        scope=books_within_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "ledger.record",
        msg("Tatsache buchen"),
        BOOKKEEPERS,
        scope=books_within_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "ledger.reverse",
        msg("Buchung stornieren"),
        BOOKKEEPERS,
        scope=books_within_perimeter,
        scope_label=OWN_ONLY,
        unless=booked_it_or_is_not_theirs,
        unless_label=msg(
            "nicht, wer sie veranlasst hat; Ermächtigung und Planung nur das Ministerium"
        ),
    ),
)
