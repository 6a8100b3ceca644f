"""Who may look at the books and move money in them."""

from collections.abc import Sequence
from functools import partial

from zielwerk.core.capacity import did
from zielwerk.core.permissions import OWN_ONLY, Actor, Permission, in_perimeter, may_see
from zielwerk.core.roles import ENTERING, of_sides
from zielwerk.ledger.models import EntryCode, Place, Transfer
from zielwerk.rulebook.refusal import Refusal, msg

READERS = frozenset({"ministry", "authority", "body", "auditor"})
BOOKKEEPERS = of_sides(ENTERING, "ministry", "authority")
CASHIER = frozenset({"authority_cashier"})
FOLLOWING = (EntryCode.CONSUMPTION, EntryCode.AMENDMENT)


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
    others = [booked for booked in several if not _follows(booked)]
    return bool(others) and all(map(partial(_is_within, actor), others))


def _follows(booked: object) -> bool:
    """Whether a transfer is the authority that a body's notice consumed: it goes with the rest."""
    ends = {getattr(getattr(booked, side, None), "place", "") for side in ("source", "target")}
    return Place.CONSUMED in ends and getattr(booked, "code", "") in FOLLOWING


def _is_within(actor: Actor, booked: object) -> bool:
    sides = (getattr(booked, "source", booked), getattr(booked, "target", booked))
    keys = {getattr(side, "ags", "") for side in sides} - {""}
    return bool(keys) and all(may_see(actor, ags) for ags in keys)


def booked_it_herself(actor: Actor, subject: object) -> Refusal | None:
    """What somebody booked is taken back with another person's word, not by herself."""
    booked = subject if isinstance(subject, Sequence) else (subject,)
    if any(did(actor, getattr(each, "actor", "")) for each in booked):
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
        BOOKKEEPERS | CASHIER,
        scope=books_within_perimeter,
        scope_label=OWN_ONLY,
    ),
    Permission(
        "ledger.reverse",
        msg("Buchung stornieren"),
        BOOKKEEPERS,
        scope=books_within_perimeter,
        scope_label=OWN_ONLY,
        unless=booked_it_herself,
        unless_label=msg("nicht, wer sie veranlasst hat; nur mit dem Vorgang, dem sie gehört"),
    ),
)
