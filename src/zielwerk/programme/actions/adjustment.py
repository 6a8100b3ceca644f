"""Moves of money during the year: waive, reallocate, cover; declared by one, decided by two."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from zielwerk.core.actions import action, seal
from zielwerk.core.file_numbers import next_number
from zielwerk.core.permissions import Actor, require
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.programme import queries
from zielwerk.programme.models import Adjustment
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
    AdjustmentKind.WAIVER: "programme.waive",
    AdjustmentKind.REALLOCATION: "programme.reallocate",
    AdjustmentKind.COVER: "programme.reallocate",
}


@action("programme.waive")
def declare(actor: Actor, about: object, move: Move, *, at: datetime) -> Adjustment:
    """Declare a move; a body may waive what is its own, the ministry may do all.

    ``about`` is what the person looked at, of her own body where she acts for one. Refused
    where there is less than is to move.
    """
    require(actor, VERB_OF[move.kind])
    if refusals := _refusals(actor, move):
        raise Refused(*refusals)
    names = {one.ags: one.name for one in packs.bodies(move.programme)}
    adjustment = Adjustment.objects.create(
        file_number=next_number(f"MA-{move.year}"),
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
    seal(adjustment)
    return adjustment


@action("programme.decide_adjustment")
def decide_adjustment(actor: Actor, adjustment: Adjustment, *, at: datetime) -> Adjustment:
    """The second person decides, and the money moves."""
    adjustment = _after(adjustment, "decide")
    postings = _postings(adjustment, at)
    ledger.hold(postings)
    ledger.post(actor, None, _postings(adjustment, at), at=at)  # now that all is held
    return _ended(adjustment, actor, at)


@action("programme.decide_adjustment")
def reject(actor: Actor, adjustment: Adjustment, *, at: datetime) -> Adjustment:
    """The second person rejects; nothing moves."""
    return _ended(_after(adjustment, "reject"), actor, at)


def _refusals(actor: Actor, move: Move) -> list[Refusal]:
    refusals = []
    if actor.ags and actor.ags != move.ags:
        sentence = msg("Sie können nur über die Mittel Ihrer eigenen Körperschaft erklären.")
        refusals.append(Refusal("programme.not_your_body", sentence))
    if not move.reason.strip():
        refusals.append(Refusal("programme.no_reason", msg("Die Begründung fehlt.")))
    if move.amount_cents <= 0:
        refusals.append(
            Refusal("programme.amount_not_positive", msg("Der Betrag muss größer als null sein."))
        )
    if move.follows and not _can_follow(move, queries.locked_adjustment(move.follows)):
        sentence = msg(
            "Eine Umverteilung folgt auf einen entschiedenen Verzicht für dasselbe Programmjahr "
            "und dieselbe Zweckbindung."
        )
        refusals.append(Refusal("programme.follows_other", sentence))
    known = {one.ags for one in packs.bodies(move.programme)}
    if move.ags not in known and (move.ags or move.kind != AdjustmentKind.COVER):
        sentence = msg("AGS {ags}: Diese Körperschaft gibt es im Programm nicht.")
        refusals.append(Refusal("programme.no_such_body", sentence, {"ags": move.ags}))
    return refusals or list(ADJUSTMENT.refusals("declared", "decide", facts_of_move(move)))


def _can_follow(move: Move, waiver: Adjustment) -> bool:
    """Whether the move passes on what this waiver freed."""
    same = (waiver.programme, waiver.year, waiver.earmark)
    is_decided = waiver.kind == AdjustmentKind.WAIVER and waiver.state == AdjustmentState.DECIDED
    is_moved_on = move.kind == AdjustmentKind.REALLOCATION
    return is_moved_on and is_decided and same == (move.programme, move.year, move.earmark)


def facts_of_move(move: Move | Adjustment) -> AdjustmentFacts:
    """What the guard of a move looks at: the amount, and what there is to take it from."""
    return AdjustmentFacts(move.amount_cents, sum(cents for _, cents in _sources(move)))


def _sources(move: Move | Adjustment) -> list[tuple[AccountKey, int]]:
    """Where the money of a move can come from, in order, with what it can take there."""
    free = planning(move.programme, move.year, move.earmark, Place.FREE)
    own = replace(free, ags=move.ags)
    allocated, agreed = (replace(own, place=one) for one in (Place.ALLOCATED, Place.AGREED))
    if move.kind == AdjustmentKind.WAIVER:
        wanted = [allocated, agreed]
    elif move.kind == AdjustmentKind.REALLOCATION:
        wanted = [free]
    else:  # a body covers with what it has first, the state with what is free
        wanted = [allocated, agreed, free] if move.ags else [free]
    stands = books.balances(wanted)
    if move.kind == AdjustmentKind.COVER:
        gap = -books.balance(replace(own, place=Place.UNCOVERED))
        return _at_most(list(stands.items()), gap)
    return list(stands.items())


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
    place, code = TARGETS[AdjustmentKind(adjustment.kind)]
    target = planning(
        adjustment.programme,
        adjustment.year,
        adjustment.earmark,
        place,
        "" if place == Place.FREE else adjustment.ags,
    )
    return [
        ledger.Posting(
            source=source,
            target=target,
            amount_cents=cents,
            code=code,
            value_date=timezone.localdate(at),
            case=adjustment.file_number,
            reason=adjustment.reason,
        )
        for source, cents in _at_most(_sources(adjustment), adjustment.amount_cents)
        if cents
    ]


def _after(adjustment: Adjustment, verb: str) -> Adjustment:
    """The move in the state that the verb leads to, as it stands now."""
    adjustment = queries.locked_adjustment(adjustment)
    facts = facts_of_move(adjustment)
    adjustment.state = ADJUSTMENT.after(adjustment.state, verb, facts)
    return adjustment


def _ended(adjustment: Adjustment, actor: Actor, at: datetime) -> Adjustment:
    adjustment.decided_by, adjustment.decided_at = actor.audit_name, at
    adjustment.save()
    seal(adjustment)
    return adjustment
