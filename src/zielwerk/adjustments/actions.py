"""Moves of money during the year: waive, reallocate, cover; declared by one, decided by two."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from zielwerk.adjustments import queries
from zielwerk.adjustments.models import Adjustment
from zielwerk.core.actions import action
from zielwerk.core.cases import begun, step
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.queries.money import planning
from zielwerk.rulebook.adjustment import (
    ADJUSTMENT,
    AdjustmentFacts,
    AdjustmentKind,
    AdjustmentState,
)
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Move:
    """What is to move; ``ags`` is the body that waives, receives or is covered.

    Empty only for covering what is uncovered at the state itself.
    """

    kind: AdjustmentKind
    programme: str
    year: int
    earmark: str
    ags: str
    amount_cents: int
    reason: str
    follows: Adjustment | None = None


VERB_OF = {
    AdjustmentKind.WAIVER: "adjustments.waive",
    AdjustmentKind.REALLOCATION: "adjustments.reallocate",
    AdjustmentKind.COVER: "adjustments.reallocate",
}


def declare(actor: Actor, about: object, move: Move, *, at: datetime) -> Adjustment:
    """Declare a move; a body may waive what is its own, the ministry may do all.

    ``about`` is what the person looked at, of her own body where she acts for one. Refused
    where there is less than is to move.
    """
    if move.kind == AdjustmentKind.WAIVER:
        return _waive(actor, about, move, at=at)
    return _reallocate(actor, about, move, at=at)


@action("adjustments.waive")
def _waive(actor: Actor, about: object, move: Move, *, at: datetime) -> Adjustment:
    return _declared(actor, move, at)


@action("adjustments.reallocate")
def _reallocate(actor: Actor, about: object, move: Move, *, at: datetime) -> Adjustment:
    return _declared(actor, move, at)


def _declared(actor: Actor, move: Move, at: datetime) -> Adjustment:
    if refusals := _refusals(actor, move):
        raise Refused(*refusals)
    names = {one.ags: one.name for one in packs.bodies(move.programme)}
    return begun(
        Adjustment,
        f"MA-{move.year}",
        at=at,
        kind=move.kind,
        programme=move.programme,
        year=move.year,
        earmark=move.earmark,
        ags=move.ags,
        body_name=names.get(move.ags, ""),
        amount_cents=move.amount_cents,
        reason=move.reason.strip()[:500],
        follows=move.follows,
        declared_by=actor.audit_name,
        declared_at=at,
    )


def _hold(adjustment: Adjustment, at: datetime) -> None:
    """Hold all that the move may touch, before anybody looks whether it is there."""
    ledger.hold(_reach(adjustment, at))


@step(ADJUSTMENT, hold=_hold)
def decide(actor: Actor, adjustment: Adjustment, facts: AdjustmentFacts, *, at: datetime) -> None:
    """The second person decides, and the money moves."""
    ledger.post(actor, None, _postings(adjustment, at), at=at)
    adjustment.decided_by, adjustment.decided_at = actor.audit_name, at


@step(ADJUSTMENT)
def reject(actor: Actor, adjustment: Adjustment, facts: None, *, at: datetime) -> None:
    """The second person rejects; nothing moves."""
    adjustment.decided_by, adjustment.decided_at = actor.audit_name, at


def _refusals(actor: Actor, move: Move) -> list[Refusal]:
    refusals = []
    if actor.ags and actor.ags != move.ags:
        sentence = msg("Sie können nur über die Mittel Ihrer eigenen Körperschaft erklären.")
        refusals.append(Refusal("adjustments.not_your_body", sentence))
    if not move.reason.strip():
        refusals.append(Refusal("adjustments.no_reason", msg("Die Begründung fehlt.")))
    if move.amount_cents <= 0:
        refusals.append(
            Refusal("programme.amount_not_positive", msg("Der Betrag muss größer als null sein."))
        )
    if move.follows and not _can_follow(move, move.follows):
        sentence = msg(
            "Eine Umverteilung folgt auf einen entschiedenen Verzicht für dasselbe Programmjahr "
            "und dieselbe Zweckbindung und geht nicht über das hinaus, was davon noch übrig ist."
        )
        refusals.append(Refusal("adjustments.follows_other", sentence))
    if not _may_be_about(move):
        sentence = msg("AGS {ags}: Diese Körperschaft gibt es im Programmjahr {year} nicht.")
        said = {"ags": move.ags, "year": move.year}
        refusals.append(Refusal("programme.no_such_body", sentence, said))
    return refusals or list(ADJUSTMENT.refusals("declared", "decide", facts_of_move(move)))


def _can_follow(move: Move, waiver: Adjustment) -> bool:
    """Whether the move passes on what this waiver freed."""
    # As it stands, not as it was handed over; held, so that nobody passes it on meanwhile.
    waiver = Adjustment.objects.select_for_update().get(pk=waiver.pk)
    same = (waiver.programme, waiver.year, waiver.earmark)
    is_decided = waiver.kind == AdjustmentKind.WAIVER and waiver.state == AdjustmentState.DECIDED
    is_moved_on = move.kind == AdjustmentKind.REALLOCATION
    left_cents = waiver.amount_cents - queries.moved_on_cents(waiver)
    fits = same == (move.programme, move.year, move.earmark) and move.amount_cents <= left_cents
    return is_moved_on and is_decided and fits


def _may_be_about(move: Move) -> bool:
    """Money is given to bodies of the year only; it is taken from whoever has it."""
    if move.kind == AdjustmentKind.COVER and not move.ags:
        return True
    days = (date(move.year, 1, 1), date(move.year, 12, 31))
    of_year = {one.ags for day in days for one in packs.bodies_on(move.programme, day)}
    if move.ags in of_year:
        return True
    stands = programmes.stands(move.programme, move.year, move.earmark)
    return move.kind != AdjustmentKind.REALLOCATION and move.ags in stands


def facts_of_move(move: Move | Adjustment) -> AdjustmentFacts:
    """What the guard of a move looks at: the amount, and what there is to take it from."""
    return AdjustmentFacts(move.amount_cents, sum(cents for _, cents in _sources(move)))


def _sources(move: Move | Adjustment) -> list[tuple[AccountKey, int]]:
    """Where the money of a move can come from, in order, with what it can take there."""
    stands = books.balances(_places(move))
    free = planning(move.programme, move.year, move.earmark, Place.FREE)
    if move.kind == AdjustmentKind.REALLOCATION:  # what is uncovered anywhere comes first
        short = programmes.short_cents(move.programme, move.year, move.earmark)
        stands[free] = max(stands[free] - short, 0)
    elif free in stands and move.ags:  # what the state itself lacks comes first
        stands[free] = max(stands[free] + books.balance(replace(free, place=Place.UNCOVERED)), 0)
    if move.kind == AdjustmentKind.COVER:
        gap = -books.balance(replace(free, place=Place.UNCOVERED, ags=move.ags))
        return _at_most(list(stands.items()), gap)
    return list(stands.items())


def _places(move: Move | Adjustment) -> list[AccountKey]:
    """The accounts that a move may take from, in order."""
    free = planning(move.programme, move.year, move.earmark, Place.FREE)
    own = [replace(free, place=one, ags=move.ags) for one in (Place.ALLOCATED, Place.AGREED)]
    if move.kind == AdjustmentKind.WAIVER:
        return own
    if move.kind == AdjustmentKind.REALLOCATION or not move.ags:
        return [free]
    return [*own, free]  # a body covers with what it has first, the state with what is free


def _at_most(stands: list[tuple[AccountKey, int]], most: int) -> list[tuple[AccountKey, int]]:
    found = []
    for key, cents in stands:
        found.append((key, min(cents, most)))
        most -= found[-1][1]
    return found


TARGETS = {
    AdjustmentKind.WAIVER: (Place.FREE, EntryCode.WAIVER),
    AdjustmentKind.REALLOCATION: (Place.ALLOCATED, EntryCode.REALLOCATION),
    AdjustmentKind.COVER: (Place.UNCOVERED, EntryCode.COVER),
}


def _postings(adjustment: Adjustment, at: datetime) -> list[ledger.Posting]:
    """What the move books: its amount, from where it is, to where it is to go."""
    sources = _at_most(_sources(adjustment), adjustment.amount_cents)
    targets = _at_most(_targets(adjustment), adjustment.amount_cents)
    made = []
    for source, there in sources:
        for place, (target, room) in enumerate(targets):
            cents = min(there, room)
            there, targets[place] = there - cents, (target, room - cents)
            if cents:
                made.append(_posting(adjustment, source, target, cents, at))
    return made


def _reach(adjustment: Adjustment, at: datetime) -> list[ledger.Posting]:
    """All that the move may touch, whatever stands there."""
    return [
        _posting(adjustment, source, target, adjustment.amount_cents, at)
        for source in _places(adjustment)
        for target, _ in _targets(adjustment)
    ]


def _targets(adjustment: Adjustment) -> list[tuple[AccountKey, int]]:
    """Where the money goes, in order, with what fits there.

    What a body waives of an allocation that came before these books (an opening entry) was
    never free here, so it goes back to where it came from.
    """
    place, _ = TARGETS[AdjustmentKind(adjustment.kind)]
    ags = "" if place == Place.FREE else adjustment.ags
    key = planning(adjustment.programme, adjustment.year, adjustment.earmark, place, ags)
    if adjustment.kind != AdjustmentKind.WAIVER:
        return [(key, adjustment.amount_cents)]
    opening = replace(key, place=Place.OPENING, ags=adjustment.ags)
    return [(opening, -books.balance(opening)), (key, adjustment.amount_cents)]


def _posting(
    adjustment: Adjustment, source: AccountKey, target: AccountKey, cents: int, at: datetime
) -> ledger.Posting:
    return ledger.Posting(
        source=source,
        target=target,
        amount_cents=cents,
        code=TARGETS[AdjustmentKind(adjustment.kind)][1],
        value_date=timezone.localdate(at),
        case=adjustment.file_number,
        reason=adjustment.reason,
    )
