"""The list of moves of money, and what one of them does."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zielwerk.adjustments.actions import MoveFacts, drawn_by
from zielwerk.adjustments.models import Adjustment
from zielwerk.ledger.models import Place
from zielwerk.programme import queries as programmes
from zielwerk.programme.panels.lists import PURPOSE
from zielwerk.rulebook import planning
from zielwerk.rulebook.adjustment import KIND_LABELS, AdjustmentKind
from zielwerk.rulebook.planning import Standing
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import lists, wording
from zielwerk.ui.lists import FILE_NUMBER, KEY_OF_BODY, STATE, Column


def body_name(name: str, ags: str) -> str:
    """The body whose money moves; the giver of the money where it is no body's."""
    return lists.short_name(name, ags) if ags else wording.territory()


ADJUSTMENTS = (
    FILE_NUMBER,
    Column("kind", msg("Art"), labels=KIND_LABELS),
    KEY_OF_BODY,
    lists.body(value=body_name),
    Column("year", msg("Programmjahr")),
    PURPOSE,
    lists.amount("amount_cents", msg("Betrag")),
    STATE,
    Column("reason", msg("Begründung"), is_file_only=True),
    Column("declared_at", msg("Erklärt"), is_file_only=True),
    Column("decided_at", msg("Entschieden"), is_file_only=True),
)


@dataclass(frozen=True)
class PlaceMoved:
    """A place before and after a move, in cents; ``ags`` is empty where it is the state's."""

    ags: str
    label: str
    before_cents: int
    after_cents: int
    is_total: bool = False


def places_moved(adjustment: Adjustment, before: Standing, after: Standing) -> list[PlaceMoved]:
    """The places of the body and of the state before and after a move."""
    places = []
    if ags := adjustment.ags:
        had, has = before.of(ags), after.of(ags)
        for place in ("allocated", "agreed", "uncovered"):
            cents = (getattr(had, f"{place}_cents"), getattr(has, f"{place}_cents"))
            if any(cents) or place != "uncovered":
                places.append(PlaceMoved(ags, Place(place).said, *cents))
        places.append(
            PlaceMoved(ags, msg("zusammen"), had.total_cents, has.total_cents, is_total=True)
        )
        if had.opening_cents or has.opening_cents:
            cents = (had.opening_cents, has.opening_cents)
            places.append(PlaceMoved(ags, Place.OPENING.said, *cents))
    places.append(PlaceMoved("", Place.FREE.said, before.free_cents, after.free_cents))
    if before.uncovered_cents or after.uncovered_cents:
        cents = (before.uncovered_cents, after.uncovered_cents)
        places.append(PlaceMoved("", Place.UNCOVERED.said, *cents))
    return places


def decision(adjustment: Adjustment, facts: MoveFacts, on: date) -> dict[str, Any]:
    """What the page that asks before a decision shows: every place before and after."""
    kind, before = AdjustmentKind(adjustment.kind), facts.standing
    bookings = planning.adjustment(before, kind, adjustment.ags, adjustment.amount_cents)
    after = planning.after(before, bookings)
    return {
        "facts": facts,
        "adjustment": adjustment,
        "purpose": programmes.purpose(adjustment.fund),
        "places": places_moved(adjustment, before, after),
        "drawn": [
            (programmes.tranche(tranche), cents)
            for tranche, cents in drawn_by(adjustment, before, on).items()
        ],
        "is_possible": facts.amount_cents <= facts.available_cents,
    }
