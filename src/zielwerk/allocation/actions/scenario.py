"""Scenarios: begin, change, put forward, decide. A decision books every body at once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from zielwerk.allocation.actions.figures import figures_of, kept, would_move
from zielwerk.allocation.models import BodyAllocation, IndicatorData, Scenario, end_of
from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked, new_case, save_case, step
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions.rules import keep_rules
from zielwerk.rulebook import planning
from zielwerk.rulebook.allocation import arithmetic
from zielwerk.rulebook.kinds import Moved
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.scenario import ALLOCATION, Reading, ScenarioFacts, ScenarioState


@dataclass(frozen=True)
class Draft:
    """The contents of a scenario that can be changed; see :class:`Scenario` for the shapes.

    ``revision`` is the one that the person looked at.
    """

    name: str
    comment: str
    total_cents: int
    key: Mapping[str, Any]
    data: IndicatorData
    overrides: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    revision: int = 1


@dataclass(frozen=True)
class Start:
    """A new scenario: the fund whose money it shares out, and its first contents."""

    fund: Fund
    draft: Draft


def _draft_refusals(programme: str, draft: Draft) -> list[Refusal]:
    refusals = []
    if draft.total_cents <= 0:
        refusals.append(
            Refusal("programme.amount_not_positive", msg("Der Betrag muss größer als null sein."))
        )
    if draft.data.programme != programme:
        sentence = msg("Dieser Datenstand gehört zu einem anderen Programm.")
        refusals.append(Refusal("allocation.foreign_data", sentence))
    return refusals


def _purpose_refusals(fund: Fund, day: date) -> list[Refusal]:
    """Money is shared out for a purpose that the rules foresee on the day."""
    rules = packs.load(fund.programme, fund.year)
    if not fund.earmark or programmes.has_purpose(rules.on(day), fund.earmark):
        return []
    params: dict[str, object] = {"earmark": programmes.purpose(fund), "day": rules.within(day)}
    if not programmes.has_purpose(rules, fund.earmark):
        sentence = msg("Die Zweckbindung „{earmark}“ ist im Regelwerk nicht vorgesehen.")
        return [Refusal("programme.no_such_earmark", sentence, params)]
    sentence = msg("Die Zweckbindung „{earmark}“ gilt am {day} nicht.")
    return [Refusal("programme.earmark_not_on_day", sentence, params)]


@action("allocation.begin")
def begin(actor: Actor, start: Start, *, at: datetime) -> Scenario:
    """Begin a scenario, even one that cannot be computed yet."""
    fund = start.fund
    draft, day = start.draft, timezone.localdate(at)
    if refusals := [*_purpose_refusals(fund, day), *_draft_refusals(fund.programme, draft)]:
        raise Refused(*refusals)
    return new_case(
        Scenario,
        f"{packs.programme(fund.programme).prefix('allocation')}-{fund.year}",
        at=at,
        **asdict(fund),
        name=draft.name,
        comment=draft.comment,
        total_cents=draft.total_cents,
        end_cents=end_of(draft.total_cents, draft.key),
        key=dict(draft.key),
        data=draft.data,
        overrides=dict(draft.overrides),
        rule_version=keep_rules(actor, fund.programme, fund.year, at=at),
        begun_by=actor.audit_name,
        begun_at=at,
    )


@action("allocation.draft")
def keep(actor: Actor, scenario: Scenario, draft: Draft, *, at: datetime) -> Scenario:
    """Keep changes to a scenario that was not put forward yet."""
    scenario.revision = draft.revision
    scenario = locked(scenario, {ScenarioState.DRAFT})
    if refusals := _draft_refusals(scenario.programme, draft):
        raise Refused(*refusals)
    scenario.name, scenario.comment = draft.name, draft.comment
    scenario.share_out(draft.total_cents, draft.key)
    scenario.data, scenario.overrides = draft.data, dict(draft.overrides)
    return save_case(scenario)


@step(ALLOCATION)
def discard(actor: Actor, scenario: Scenario, facts: None, *, at: datetime) -> None:
    """Give a scenario up; it stays on record."""


@step(ALLOCATION)
def restore(actor: Actor, scenario: Scenario, facts: None, *, at: datetime) -> None:
    """Take a scenario up again that was given up; nothing of it has changed."""


@step(ALLOCATION)
def propose(
    actor: Actor, scenario: Scenario, facts: ScenarioFacts, note: str = "", *, at: datetime
) -> None:
    """Put a scenario forward: its amounts are fixed for the second person."""
    assert facts.read  # else a guard has refused
    read = facts.read
    scenario.result, scenario.compared = read.distribution.amounts, read.standing.totals
    moves = would_move(scenario, read, timezone.localdate(at))
    scenario.figures = figures_of(facts, read, moves)
    scenario.rule_version = keep_rules(actor, scenario.programme, scenario.year, at=at)
    scenario.proposed_by, scenario.proposed_at = actor.audit_name, at


@step(ALLOCATION)
def consult(actor: Actor, scenario: Scenario, facts: None, note: str = "", *, at: datetime) -> None:
    """Note the outcome of a hearing that comes before the decision, as ``note``."""


@step(ALLOCATION)
def send_back(
    actor: Actor, scenario: Scenario, facts: None, note: str = "", *, at: datetime
) -> None:
    """Send a scenario back for a reason; its proposal and hearings no longer count."""
    _in_work(scenario)


@step(ALLOCATION)
def take_back(actor: Actor, scenario: Scenario, facts: None, *, at: datetime) -> None:
    """Whoever put a scenario forward takes it back before anybody decided."""
    _in_work(scenario)


def _in_work(scenario: Scenario) -> None:
    scenario.proposed_by, scenario.proposed_at = "", None
    scenario.result, scenario.compared, scenario.figures = {}, {}, None


def _hold(scenario: Scenario) -> None:
    """Hold the free money and every body's accounts, so that nobody moves any of it meanwhile."""
    accounts = planning.touched_by_decision({*scenario.result, *scenario.compared})
    ledger.hold(AccountKey.planning(scenario.fund, *account) for account in accounts)


@step(ALLOCATION, hold=_hold)
def decide(
    actor: Actor, scenario: Scenario, facts: ScenarioFacts, note: str = "", *, at: datetime
) -> None:
    """The second person decides: every body's difference is booked in one transaction.

    A body's loss is a fact: it is taken from the money allocated to it, and beyond that from
    *uncovered*, where it shows until its agreement is concluded anew. A gain is a decision and
    takes free money. An uncovered account is covered first.
    """
    assert facts.read  # else a guard has refused
    moves = _book(actor, scenario, facts.read, at)
    scenario.figures = figures_of(facts, facts.read, moves)
    scenario.decided_by, scenario.decided_at = actor.audit_name, at


def _book(actor: Actor, scenario: Scenario, read: Reading, at: datetime) -> list[Moved]:
    """Book every body's loss or gain, and record its amount with its kinds and the arithmetic."""
    distribution, standing = read.distribution, read.standing
    bookings = planning.decision(standing, distribution.amounts)
    day, case = timezone.localdate(at), scenario.file_number
    postings = ledger.planned(bookings, scenario.fund, day, case)
    moves = ledger.moved(ledger.post(actor, postings, at=at))
    after = standing.kinds.after(moves)
    allocations = BodyAllocation.objects.bulk_create(
        BodyAllocation(
            scenario=scenario,
            **asdict(scenario.fund),
            ags=assignment.ags,
            body_name=assignment.name,
            before_cents=standing.of(assignment.ags).total_cents,
            amount_cents=assignment.amount_cents,
            arithmetic={
                **arithmetic(distribution, assignment),
                "kinds": kept(after, assignment.ags),
            },
            decided_at=at,
        )
        for assignment in distribution.assignments
    )
    seal(*allocations)
    return moves
