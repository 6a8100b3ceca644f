"""What is uncovered at the state itself in a programme year: gaps that no body's line shows."""

from dataclasses import dataclass
from datetime import date

from zielwerk.core.permissions import Actor
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place
from zielwerk.rulebook.money import Cents


@dataclass(frozen=True)
class StateGap:
    """What planning lacks for one purpose ("" for none), below zero, in cents.

    ``is_authority`` tells permission for a later year from money; the two are never added.
    """

    earmark: str
    is_authority: bool
    cents: Cents


def state_gaps(
    user: Actor, programme: str, year: int, known_on: date | None = None
) -> list[StateGap]:
    """The gaps of a year, for whoever sees all bodies; on a past day, those known then."""
    if not user.perimeter.is_whole:
        return []
    uncovered = ledger.Selection(
        programme=programme,
        programme_year=year,
        book=Book.PLANNING,
        place=Place.UNCOVERED,
        ags=ledger.NONE,
    )
    return [
        StateGap(str(found.group), found.is_authority, found.balance_cents)
        for found in ledger.places(user, uncovered, "earmark", known_on=known_on)
        if found.balance_cents
    ]
