"""The verbs of an act of succession: declare, decide, reject, discard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from zielwerk.core import events
from zielwerk.core.actions import action, seal
from zielwerk.core.cases import new_case, step
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.packs.model import Succession
from zielwerk.rulebook import succession as rules
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.succession import SUCCESSION, SuccessionFacts, SuccessionState
from zielwerk.rulebook.writing import says_something
from zielwerk.succession import queries
from zielwerk.succession.models import Passage, SuccessionAct


@dataclass(frozen=True)
class Declaration:
    """A succession to be carried out for some programme years.

    ``shares`` are decimal numbers as text, by AGS of the successors; ``reason`` says why these.
    Where several succeed, ``heirs`` says by its number who takes each notice.
    """

    programme: str
    succession: Succession
    years: Sequence[int]
    shares: Mapping[str, str]
    reason: str
    source: str = ""
    heirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CarriedOut:
    """A succession was carried out: with it notices pass to others, each as it was declared."""

    act: SuccessionAct
    notices: tuple[rules.NoticePassage, ...]


@action("succession.declare")
def declare(actor: Actor, declaration: Declaration, *, at: datetime) -> SuccessionAct:
    """Declare that a succession is carried out; nothing is booked yet."""
    if refusals := _refusals(declaration):
        raise Refused(*refusals)
    succession = declaration.succession
    shares = [(ags, declaration.shares[ags]) for ags in succession.successors]
    years = sorted(declaration.years)
    act = SuccessionAct(shares=shares)
    facts = queries.facts_for(
        declaration.programme, succession, years, act.parts, declaration.heirs
    )
    if refusals := SUCCESSION.refusals(SuccessionState.DECLARED, "decide", facts):
        raise Refused(*refusals)
    return new_case(
        SuccessionAct,
        f"RN-{years[0]}",
        at=at,
        programme=declaration.programme,
        year=years[0],
        years=years,
        succession=succession.code,
        label=str(succession.label),
        day=succession.day,
        shares=shares,
        ruled=[(ags, str(share)) for ags, share in succession.shares.items()],
        own_years=queries.own_years(declaration.programme, succession, years),
        reason=declaration.reason.strip()[:500],
        source=declaration.source.strip()[:200],
        proposed=[_kept(each) for each in facts.passages],
        notices=[_kept_notice(each) for each in facts.notices],
        declared_by=actor.audit_name,
        declared_at=at,
    )


def _kept(passage: rules.Passage) -> list[object]:
    """A passage in the shape in which an act keeps what it proposes."""
    fund = passage.fund
    return [fund.year, fund.earmark, passage.place, passage.source, passage.target, passage.cents]


def _kept_notice(passage: rules.NoticePassage) -> list[object]:
    fund = passage.fund
    ends = (passage.source, passage.target, passage.cents)
    return [passage.number, fund.year, fund.earmark, *ends]


def _refusals(declaration: Declaration) -> tuple[Refusal, ...]:
    refusals = []
    if not says_something(declaration.reason):
        sentence = msg("Der Grund der Anteile fehlt.")
        refusals.append(Refusal("succession.no_reason", sentence))
    if not declaration.years:
        sentence = msg("Es ist kein Programmjahr angegeben.")
        refusals.append(Refusal("succession.no_years", sentence))
    if set(declaration.shares) != set(declaration.succession.successors):
        sentence = msg("Jeder Nachfolger braucht einen Anteil, und nur ein Nachfolger.")
        refusals.append(Refusal("succession.other_shares", sentence))
    if queries.is_open(declaration.programme, declaration.succession.code):
        sentence = msg("Diese Rechtsnachfolge ist schon erklärt und wartet auf die Entscheidung.")
        refusals.append(Refusal("succession.open_already", sentence))
    return tuple(refusals)


def _hold(act: SuccessionAct) -> None:
    """Lock the notices, then every account that the act may touch, before its balance is read."""
    funds = {passage.fund for passage in act.passages_declared}
    succession = queries.declared(act.programme, act.succession)
    bodies = succession.predecessors if succession else ()
    queries.notices_of(act.programme, bodies, act.years, is_held=True)
    touched = [
        AccountKey.planning(fund, *account)
        for fund in sorted(funds)
        for account in sorted(rules.touched(bodies, act.parts))
    ]
    booked = _postings(act, act.passages_declared, act.notices_declared, act.day)
    ledger.hold([*touched, *ledger.reach(ledger.following(booked))])


def _postings(
    act: SuccessionAct,
    passages: Sequence[rules.Passage],
    notices: Sequence[rules.NoticePassage],
    day: date,
) -> list[ledger.Posting]:
    """What is to be booked for these passages, fund by fund, and for what notices commit.

    All at once, so that what is committed is compared with the money that has passed.
    """
    planned = [
        posting
        for fund, of_fund in groupby(passages, key=lambda each: each.fund)
        for posting in ledger.planned(
            [each.booking for each in of_fund], fund, day, act.file_number, act.label
        )
    ]
    passing = {
        rules.HeldNotice(each.number, each.fund.year, each.source): each.target
        for each in notices
        if each.passes
    }
    heirs = {(each.number, each.ags): target for each, target in passing.items()}
    return planned + [
        ledger.Posting(
            key,
            replace(key, ags=heirs[queries.number_in(key), key.ags]),
            cents,
            EntryCode.SUCCESSION,
            day,
            act.file_number,
            act.label,
        )
        for key, cents in queries.committed_accounts(act.programme, passing)
    ]


@step(SUCCESSION, hold=_hold)
def decide(actor: Actor, act: SuccessionAct, facts: SuccessionFacts, *, at: datetime) -> None:
    """The second person decides, and what the predecessors hold passes on."""
    day = timezone.localdate(at)
    ledger.post(actor, _postings(act, facts.passages, facts.notices, day), at=at)
    moved = tuple(each for each in facts.notices if each.passes)
    passed = [_record(act, each, each.place, day) for each in facts.passages]
    passed += [
        _record(act, each, Place.COMMITTED, day, each.number) for each in moved if each.cents
    ]
    seal(*passed)
    act.decided_by, act.decided_at = actor.audit_name, at
    events.publish(actor, CarriedOut(act, moved), at=at)


def _record(
    act: SuccessionAct,
    passed: rules.Passage | rules.NoticePassage,
    place: str,
    day: date,
    number: str = "",
) -> Passage:
    """What is kept of money that passed."""
    return Passage.objects.create(
        act=act,
        programme=passed.fund.programme,
        year=passed.fund.year,
        earmark=passed.fund.earmark,
        place=place,
        number=number,
        source=passed.source,
        target=passed.target,
        cents=passed.cents,
        passed_on=day,
    )


@step(SUCCESSION)
def reject(actor: Actor, act: SuccessionAct, facts: None, note: str = "", *, at: datetime) -> None:
    """The second person rejects, for a reason; nothing moves."""
    act.decided_by, act.decided_at = actor.audit_name, at


@step(SUCCESSION)
def discard(actor: Actor, act: SuccessionAct, facts: None, *, at: datetime) -> None:
    """What was declared is given up before anybody decided; nothing moves."""


@step(SUCCESSION)
def restore(actor: Actor, act: SuccessionAct, facts: SuccessionFacts, *, at: datetime) -> None:
    """Take up again what was given up; it waits for the second person as it was declared."""
