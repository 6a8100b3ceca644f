"""Scenarios: begin, change, put forward, decide. A decision books every body at once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from zielwerk.allocation import queries
from zielwerk.allocation.letters import arithmetic
from zielwerk.allocation.models import BodyAllocation, IndicatorData, Scenario
from zielwerk.core import audit
from zielwerk.core.actions import action, seal
from zielwerk.core.file_numbers import next_number
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions.rules import keep_rules
from zielwerk.rulebook import planning
from zielwerk.rulebook.allocation import Distribution, distribute
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.planning import Fund, Standing
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.scenario import ScenarioFacts, ScenarioState, lifecycle


@dataclass(frozen=True)
class Draft:
    """What can be changed of a scenario; see :class:`Scenario` for the shapes.

    ``revision`` is the stand that the person looked at.
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
    """Where a new scenario begins: the fund whose money it shares out."""

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


@action("allocation.draft")
def begin(actor: Actor, nothing: None, start: Start, *, at: datetime) -> Scenario:
    """Begin a scenario; it may be one that cannot be computed yet."""
    fund = start.fund
    rules = packs.load(fund.programme, fund.year)
    known = {"", *(one.code for one in rules.earmarks)}
    if fund.earmark not in known:
        sentence = msg("Die Zweckbindung „{earmark}“ ist im Regelwerk nicht vorgesehen.")
        raise Refused(Refusal("programme.no_such_earmark", sentence, {"earmark": fund.earmark}))
    draft = start.draft
    if refusals := _draft_refusals(fund.programme, draft):
        raise Refused(*refusals)
    scenario = Scenario.objects.create(
        file_number=next_number(f"VS-{fund.year}"),
        **asdict(fund),
        name=draft.name,
        comment=draft.comment,
        total_cents=draft.total_cents,
        key=dict(draft.key),
        data=draft.data,
        overrides=dict(draft.overrides),
        rule_version=keep_rules(actor, None, fund.programme, fund.year, at=at),
        begun_by=actor.audit_name,
        begun_at=at,
    )
    seal(scenario)
    return scenario


@action("allocation.draft")
def keep(actor: Actor, scenario: Scenario, draft: Draft, *, at: datetime) -> Scenario:
    """Keep changes to a scenario that was not put forward yet."""
    scenario = _current(scenario, draft.revision)
    if scenario.state != ScenarioState.DRAFT:
        raise Refused(CHANGED_MEANWHILE)
    if refusals := _draft_refusals(scenario.programme, draft):
        raise Refused(*refusals)
    scenario.name, scenario.comment = draft.name, draft.comment
    scenario.total_cents, scenario.key = draft.total_cents, dict(draft.key)
    scenario.data, scenario.overrides = draft.data, dict(draft.overrides)
    return _kept(scenario)


@action("allocation.draft")
def discard(actor: Actor, scenario: Scenario, *, at: datetime) -> Scenario:
    """Give a scenario up; it stays on record."""
    return _kept(_after(scenario, "discard"))


@action("allocation.propose")
def propose(actor: Actor, scenario: Scenario, *, at: datetime) -> Scenario:
    """Put a scenario forward: its amounts are fixed for whoever decides."""
    scenario = _after(scenario, "propose")
    scenario.result = _amounts(distribution(scenario))
    scenario.compared = programmes.standing(scenario.fund).given
    scenario.rule_version = keep_rules(actor, None, scenario.programme, scenario.year, at=at)
    scenario.proposed_by, scenario.proposed_at = actor.audit_name, at
    return _kept(scenario)


@action("allocation.consult")
def consult(actor: Actor, scenario: Scenario, outcome: str, *, at: datetime) -> Scenario:
    """Note what those said who must be heard before the decision."""
    if not outcome.strip():
        raise Refused(Refusal("allocation.no_outcome", msg("Das Ergebnis der Anhörung fehlt.")))
    scenario = _after(scenario, "consult")
    scenario.consultation, scenario.consulted_at = outcome.strip()[:500], at
    return _kept(scenario)


@action("allocation.send_back")
def send_back(actor: Actor, scenario: Scenario, *, at: datetime) -> Scenario:
    """Have it worked on again; who put it forward and who was heard no longer counts."""
    scenario = _after(scenario, "send_back")
    scenario.proposed_by, scenario.proposed_at = "", None
    scenario.result, scenario.compared = {}, {}
    scenario.consultation, scenario.consulted_at = "", None
    return _kept(scenario)


@action("allocation.decide")
def decide(actor: Actor, scenario: Scenario, *, at: datetime) -> Scenario:
    """The second person decides: every body's difference is booked in one transaction.

    What a body loses is a fact: it is taken from what was allocated to it, and beyond that
    from *uncovered*, where it shows until its agreement is concluded anew. What a body gains
    is a decision and takes what is free. What was uncovered is covered first.
    """
    scenario = _current(scenario, scenario.revision)
    _hold(scenario)  # before anybody looks at what stands where
    standing = programmes.standing(scenario.fund)
    shared = distribution(scenario) if scenario.result else None
    if shared and (_amounts(shared), standing.given) != (scenario.result, scenario.compared):
        raise Refused(BASIS_CHANGED)
    facts = facts_of(scenario, shared, standing)
    scenario.state = lifecycle_of(scenario).after(scenario.state, "decide", facts)
    assert shared is not None
    _book(actor, scenario, shared, standing, at)
    scenario.decided_by, scenario.decided_at = actor.audit_name, at
    return _kept(scenario)


CHANGED_MEANWHILE = Refusal(
    "allocation.changed_meanwhile",
    msg(
        "Dieses Szenario wurde inzwischen von jemand anderem geändert. Bitte sehen Sie den "
        "neuen Stand an, bevor Sie etwas tun."
    ),
)
BASIS_CHANGED = Refusal(
    "allocation.basis_changed",
    msg(
        "Seit der Vorlage haben sich Grundlagen geändert, sodass andere Beträge herauskämen. "
        "Bitte geben Sie das Szenario zurück und lassen Sie es neu vorlegen."
    ),
)
TAMPERED = Refusal(
    "allocation.tampered",
    msg(
        "Dieses Szenario wurde am Protokoll vorbei verändert. "
        "Bitte benachrichtigen Sie die Prüfung."
    ),
)


def distribution(scenario: Scenario) -> Distribution:
    """What the scenario comes to now; raises Refused where it cannot be computed."""
    return distribute(
        queries.key_of(scenario.key),
        queries.needs(scenario.fund, scenario.data),
        scenario.total_cents,
        queries.overrides_of(scenario.overrides),
    )


def facts_of(
    scenario: Scenario, shared: Distribution | None = None, standing: Standing | None = None
) -> ScenarioFacts:
    """What the guards of a scenario's lifecycle look at; ``shared`` and ``standing`` if known."""
    try:
        amounts = _amounts(shared or distribution(scenario))
    except Refused as refused:
        return ScenarioFacts(refusals=refused.refusals)
    standing = standing or programmes.standing(scenario.fund)
    return ScenarioFacts(
        needed_cents=planning.needed_cents(standing, amounts),
        free_cents=standing.free_cents,
        in_force=programmes.is_in_force(scenario.fund),
        changes=sum(1 for cents in planning.changes(standing, amounts).values() if cents),
        strangers=planning.strangers(standing, amounts),
    )


def lifecycle_of(scenario: Scenario) -> Lifecycle:
    """The table of steps that this programme's rules declare."""
    rules = programmes.rules(scenario.programme, scenario.year, scenario.rule_version)
    return lifecycle(tuple(one.code for one in rules.stages if one.procedure == "allocation"))


def _amounts(shared: Distribution) -> dict[str, int]:
    return {one.ags: one.amount_cents for one in shared.assignments}


def _hold(scenario: Scenario) -> None:
    """Hold what is free and what every body has, so that nobody moves any of it meanwhile."""
    accounts = planning.touched_by_decision({*scenario.result, *scenario.compared})
    ledger.hold(AccountKey.planning(scenario.fund, *account) for account in accounts)


def _current(scenario: Scenario, revision: int) -> Scenario:
    current = queries.locked_scenario(scenario)
    if current.revision != revision:
        raise Refused(CHANGED_MEANWHILE)
    if not audit.is_untouched(current):
        raise Refused(TAMPERED)
    return current


def _after(scenario: Scenario, verb: str) -> Scenario:
    """The scenario in the state that the verb leads to."""
    scenario = _current(scenario, scenario.revision)
    facts = facts_of(scenario) if verb == "propose" else None
    scenario.state = lifecycle_of(scenario).after(scenario.state, verb, facts)
    return scenario


def _kept(scenario: Scenario) -> Scenario:
    scenario.revision += 1
    scenario.save()
    seal(scenario)
    return scenario


def _book(
    actor: Actor, scenario: Scenario, shared: Distribution, standing: Standing, at: datetime
) -> None:
    """Book what every body loses or gains, and keep what it was given and how that came about."""
    bookings = planning.decision(standing, _amounts(shared))
    day, case = timezone.localdate(at), scenario.file_number
    ledger.post(actor, None, ledger.planned(bookings, scenario.fund, day, case), at=at)
    given = BodyAllocation.objects.bulk_create(
        BodyAllocation(
            scenario=scenario,
            **asdict(scenario.fund),
            ags=one.ags,
            body_name=one.name,
            before_cents=standing.of(one.ags).total_cents,
            amount_cents=one.amount_cents,
            arithmetic=arithmetic(shared, one),
            decided_at=at,
        )
        for one in shared.assignments
    )
    seal(*given)
