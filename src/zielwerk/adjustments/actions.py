"""Moves of money during the year: waive, reallocate, cover; declared by one, decided by two."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from zielwerk.adjustments import queries
from zielwerk.adjustments.models import Adjustment
from zielwerk.core.actions import action
from zielwerk.core.cases import new_case, step
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook import planning
from zielwerk.rulebook.adjustment import (
    ADJUSTMENT,
    AdjustmentFacts,
    AdjustmentKind,
    AdjustmentState,
    is_there,
)
from zielwerk.rulebook.kinds import Account, Moved, drawn
from zielwerk.rulebook.planning import Fund, Standing
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.tranche import Tranche
from zielwerk.rulebook.writing import says_something
from zielwerk.succession import queries as successions


@dataclass(frozen=True)
class Move:
    """A move of money; ``ags`` is the body that waives, receives or is covered.

    Empty only for covering what is uncovered at the state itself.
    """

    kind: AdjustmentKind
    fund: Fund
    ags: str
    amount_cents: int
    reason: str
    follows: Adjustment | None = None


VERB_OF = {
    AdjustmentKind.WAIVER: "adjustments.waive",
    AdjustmentKind.REALLOCATION: "adjustments.reallocate",
    AdjustmentKind.COVER: "adjustments.reallocate",
}


def declare(actor: Actor, move: Move, *, at: datetime) -> Adjustment:
    """Declare a move; a body may waive its own money, the ministry may declare all moves.

    Refused where less money is available than the move takes.
    """
    if move.kind == AdjustmentKind.WAIVER:
        return _waive(actor, move, at=at)
    return _reallocate(actor, move, at=at)


@action("adjustments.waive")
def _waive(actor: Actor, move: Move, *, at: datetime) -> Adjustment:
    return _open(actor, move, at)


@action("adjustments.reallocate")
def _reallocate(actor: Actor, move: Move, *, at: datetime) -> Adjustment:
    return _open(actor, move, at)


def _open(actor: Actor, move: Move, at: datetime) -> Adjustment:
    if refusals := _refusals(move, timezone.localdate(at)):
        raise Refused(*refusals)
    names = {body.ags: body.name for body in packs.bodies(move.fund.programme)}
    return new_case(
        Adjustment,
        f"{packs.programme(move.fund.programme).prefix('adjustment')}-{move.fund.year}",
        at=at,
        kind=move.kind,
        **asdict(move.fund),
        ags=move.ags,
        body_name=names.get(move.ags, ""),
        amount_cents=move.amount_cents,
        reason=move.reason.strip()[:500],
        follows=move.follows,
        rule_version=keep_rules(actor, move.fund.programme, move.fund.year, at=at),
        declared_by=actor.audit_name,
        declared_at=at,
    )


def _hold(adjustment: Adjustment) -> None:
    """Lock every account that the move may touch, before its balance is read."""
    kind = AdjustmentKind(adjustment.kind)
    accounts = planning.touched_by_adjustment(kind, adjustment.ags)
    ledger.hold(AccountKey.planning(adjustment.fund, *account) for account in accounts)


@step(ADJUSTMENT, hold=_hold)
def decide(
    actor: Actor, adjustment: Adjustment, facts: "MoveFacts | None", note: str = "", *, at: datetime
) -> None:
    """The second person decides, and the money moves."""
    on = timezone.localdate(at)
    standing = facts.standing if facts else programmes.standing(adjustment.fund, on)
    _book(actor, adjustment, standing, at)
    adjustment.decided_by, adjustment.decided_at = actor.audit_name, at


@step(ADJUSTMENT)
def note(
    actor: Actor, adjustment: Adjustment, facts: None, note: str = "", *, at: datetime
) -> None:
    """Note what comes before the decision, such as a hearing, as ``note``."""


@step(ADJUSTMENT)
def reject(
    actor: Actor, adjustment: Adjustment, facts: None, note: str = "", *, at: datetime
) -> None:
    """The second person rejects, for a reason; nothing moves."""
    adjustment.decided_by, adjustment.decided_at = actor.audit_name, at


@step(ADJUSTMENT)
def withdraw(actor: Actor, adjustment: Adjustment, facts: None, *, at: datetime) -> None:
    """Whoever declared it takes it back before anybody decided; nothing moves."""


def _refusals(move: Move, on: date) -> list[Refusal]:
    standing, refusals = programmes.standing(move.fund, on), []
    if not says_something(move.reason):
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
    if not _may_move(move, standing):
        sentence = msg("{body}: Diese Körperschaft gibt es im Programmjahr {year} nicht.")
        body = naming.short(move.fund.programme, move.ags)
        params = {"body": body, "year": move.fund.year}
        refusals.append(Refusal("programme.no_such_body", sentence, params))
    facts = facts_of_move(move, on, standing)
    return refusals or list(is_there(facts))


def _can_follow(move: Move, waiver: Adjustment) -> bool:
    """Whether the move passes on money that this waiver freed."""
    # Read anew, and held, so that nobody passes it on meanwhile.
    waiver = Adjustment.objects.select_for_update().get(pk=waiver.pk)
    is_decided = waiver.kind == AdjustmentKind.WAIVER and waiver.state == AdjustmentState.ORDERED
    is_moved_on = move.kind == AdjustmentKind.REALLOCATION
    left_cents = waiver.amount_cents - queries.moved_on_cents(waiver)
    fits = move.fund == waiver.fund and move.amount_cents <= left_cents
    return is_moved_on and is_decided and fits


def _may_move(move: Move, standing: Standing) -> bool:
    """Money is given to bodies of the year only; it is taken from any body that holds some."""
    if move.kind == AdjustmentKind.COVER and not move.ags:
        return True
    fund = move.fund
    ags_of_year = successions.staying(fund.programme, fund.year)
    has_holdings = move.kind != AdjustmentKind.REALLOCATION and move.ags in standing.bodies
    return has_holdings or move.ags in ags_of_year


@dataclass(frozen=True, kw_only=True)
class MoveFacts(AdjustmentFacts):
    """The facts, with the standing of the fund that they were read from."""

    standing: Standing


def facts_of_move(move: Move | Adjustment, on: date, standing: Standing | None = None) -> MoveFacts:
    """The facts for the guard of a move: its amount, and the money available for it on a day."""
    standing = standing or programmes.standing(move.fund, on)
    kind = AdjustmentKind(move.kind)
    available_cents = planning.available_cents(standing, kind, move.ags)
    fund = move.fund
    if kind == AdjustmentKind.WAIVER:
        free = books.uncommitted(fund.programme, fund.year, move.ags)
        own = sum(cents for (earmark, _), cents in free.items() if earmark == fund.earmark)
        available_cents = min(available_cents, max(own, 0))
    others = queries.pending(kind, fund.programme, move.ags)
    others = others.filter(year=fund.year, earmark=fund.earmark)
    if isinstance(move, Adjustment):
        others = others.exclude(pk=move.pk)
    pending_cents = sum(others.order_by().values_list("amount_cents", flat=True))
    takes_own = kind != AdjustmentKind.REALLOCATION
    agreed = standing.kinds.at(Account("agreed", move.ags)) if takes_own and move.ags else {}
    return MoveFacts(
        move.amount_cents,
        available_cents,
        pending_cents,
        _available(move, standing, on, available_cents),
        agreed,
        standing=standing,
    )


def _available(
    move: Move | Adjustment, standing: Standing, on: date, available_cents: int
) -> Mapping[Tranche, int]:
    """The kinds of what a move can take; of a cover asked only where it wants more than that."""
    kind = AdjustmentKind(move.kind)
    if kind == AdjustmentKind.REALLOCATION:
        return {tranche: of.free_cents for tranche, of in standing.tranches.items()}
    if kind == AdjustmentKind.WAIVER:
        return standing.kinds.at(Account("allocated", move.ags))
    if move.amount_cents <= available_cents or available_cents <= 0:
        return {}
    return drawn(would_move(move, standing, on, available_cents))


def would_move(
    move: Move | Adjustment, standing: Standing, on: date, cents: int | None = None
) -> list[Moved]:
    """What a decision on this day would book, kind by kind; of another amount if one is named."""
    kind, number = AdjustmentKind(move.kind), "-"
    amount_cents = move.amount_cents if cents is None else cents
    bookings = planning.adjustment(standing, kind, move.ags, amount_cents)
    return ledger.moved(ledger.following(ledger.planned(bookings, move.fund, on, number)))


def _book(actor: Actor, adjustment: Adjustment, standing: Standing, at: datetime) -> None:
    """Book the move's amount, from the account that has it to the one that gets it."""
    kind = AdjustmentKind(adjustment.kind)
    bookings = planning.adjustment(standing, kind, adjustment.ags, adjustment.amount_cents)
    day = timezone.localdate(at)
    postings = ledger.planned(
        bookings, adjustment.fund, day, adjustment.file_number, adjustment.reason
    )
    ledger.post(actor, postings, at=at)
