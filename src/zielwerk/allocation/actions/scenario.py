"""Scenarios: begin, change, put forward, decide. A decision books every body at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from zielwerk.allocation import queries
from zielwerk.allocation.letters import arithmetic
from zielwerk.allocation.models import BodyAllocation, IndicatorData, Scenario
from zielwerk.core.actions import action, seal
from zielwerk.core.cases import begun, kept, locked, step
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.actions.rules import keep_rules
from zielwerk.programme.queries.money import NOTHING, Stand, planning
from zielwerk.rulebook.allocation import Distribution, distribute
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.scenario import (
    SCENARIO,
    SCENARIO_WITH_HEARING,
    ScenarioFacts,
    ScenarioState,
    lifecycle,
)


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
    """Where a new scenario begins: programme, year and purpose (empty: general money)."""

    programme: str
    year: int
    earmark: str
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
    rules = packs.load(start.programme, start.year)
    known = {"", *(one.code for one in rules.earmarks)}
    if start.earmark not in known:
        sentence = msg("Die Zweckbindung „{earmark}“ ist im Regelwerk nicht vorgesehen.")
        raise Refused(Refusal("programme.no_such_earmark", sentence, {"earmark": start.earmark}))
    draft = start.draft
    if refusals := _draft_refusals(start.programme, draft):
        raise Refused(*refusals)
    return begun(
        Scenario,
        f"VS-{start.year}",
        at=at,
        programme=start.programme,
        year=start.year,
        earmark=start.earmark,
        name=draft.name,
        comment=draft.comment,
        total_cents=draft.total_cents,
        key=dict(draft.key),
        data=draft.data,
        overrides=dict(draft.overrides),
        rule_version=keep_rules(actor, None, start.programme, start.year, at=at),
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
    scenario.total_cents, scenario.key = draft.total_cents, dict(draft.key)
    scenario.data, scenario.overrides = draft.data, dict(draft.overrides)
    return kept(scenario)


@step(SCENARIO)
def discard(actor: Actor, scenario: Scenario, facts: None, *, at: datetime) -> None:
    """Give a scenario up; it stays on record."""


@step(SCENARIO)
def propose(actor: Actor, scenario: Scenario, facts: ScenarioFacts, *, at: datetime) -> None:
    """Put a scenario forward: its amounts are fixed for whoever decides."""
    scenario.result = _amounts(distribution(scenario))
    scenario.compared = _stands(scenario)
    scenario.rule_version = keep_rules(actor, None, scenario.programme, scenario.year, at=at)
    scenario.proposed_by, scenario.proposed_at = actor.audit_name, at


@step(SCENARIO_WITH_HEARING)
def consult(actor: Actor, scenario: Scenario, facts: None, outcome: str, *, at: datetime) -> None:
    """Note what those said who must be heard before the decision."""
    if not outcome.strip():
        raise Refused(Refusal("allocation.no_outcome", msg("Das Ergebnis der Anhörung fehlt.")))
    scenario.consultation, scenario.consulted_at = outcome.strip()[:500], at


@step(SCENARIO)
def send_back(actor: Actor, scenario: Scenario, facts: None, *, at: datetime) -> None:
    """Have it worked on again; who put it forward and who was heard no longer counts."""
    scenario.proposed_by, scenario.proposed_at = "", None
    scenario.result, scenario.compared = {}, {}
    scenario.consultation, scenario.consulted_at = "", None


def _hold_what_it_moves(scenario: Scenario, at: datetime) -> None:
    """Hold what is free and what every body has; refuse where the amounts would be others now."""
    _hold(scenario, at)
    shared = distribution(scenario) if scenario.result else None
    if shared and (_amounts(shared), _stands(scenario)) != (scenario.result, scenario.compared):
        raise Refused(BASIS_CHANGED)


@step(SCENARIO, hold=_hold_what_it_moves)
def decide(actor: Actor, scenario: Scenario, facts: ScenarioFacts, *, at: datetime) -> None:
    """The second person decides: every body's difference is booked in one transaction.

    What a body loses is a fact: it is taken from what was allocated to it, and beyond that
    from *uncovered*, where it shows until its agreement is concluded anew. What a body gains
    is a decision and takes what is free. What was uncovered is covered first.
    """
    _book(actor, scenario, distribution(scenario), at)
    scenario.decided_by, scenario.decided_at = actor.audit_name, at


BASIS_CHANGED = Refusal(
    "allocation.basis_changed",
    msg(
        "Seit der Vorlage haben sich Grundlagen geändert, sodass andere Beträge herauskämen. "
        "Bitte geben Sie das Szenario zurück und lassen Sie es neu vorlegen."
    ),
)


def distribution(scenario: Scenario) -> Distribution:
    """What the scenario comes to now; raises Refused where it cannot be computed."""
    return distribute(
        queries.key_of(scenario.key),
        queries.needs(scenario.programme, scenario.year, scenario.earmark, scenario.data),
        scenario.total_cents,
        queries.overrides_of(scenario.overrides),
    )


def facts_of(scenario: Scenario, shared: Distribution | None = None) -> ScenarioFacts:
    """What the guards of a scenario's lifecycle look at; ``shared`` if it is known already."""
    programme, year, earmark = scenario.programme, scenario.year, scenario.earmark
    try:
        shared = shared or distribution(scenario)
    except Refused as refused:
        return ScenarioFacts(refusals=refused.refusals)
    changes, stands = _changes(scenario, shared), programmes.stands(programme, year, earmark)
    return ScenarioFacts(
        needed_cents=_needed(scenario, changes, stands),
        free_cents=programmes.free_cents(programme, year, earmark),
        in_force=programmes.is_in_force(programme, year, earmark),
        changes=sum(1 for cents in changes.values() if cents),
        strangers=tuple(
            sorted(a for a, one in stands.items() if one.total_cents and a not in changes)
        ),
    )


def _needed(scenario: Scenario, changes: Mapping[str, int], stands: Mapping[str, Stand]) -> int:
    """What the decision takes of what is free, beyond what it really gives back, in cents.

    Who only takes needs nothing. Who gives must first make good what came before these books
    and all that is uncovered: money that was taken from an agreement is not there until the
    agreement is concluded anew, and goes to nobody else before.
    """
    programme, year, earmark = scenario.programme, scenario.year, scenario.earmark
    opened = sum(programmes.openings(programme, year, earmark).values())
    gains = sum(cents for cents in changes.values() if cents > 0)
    if not gains and not opened:
        return sum(changes.values())
    covered = sum(
        min(cents, -stands.get(ags, NOTHING).uncovered_cents)
        for ags, cents in changes.items()
        if cents > 0
    )
    given_back = sum(
        min(-cents, stands.get(ags, NOTHING).allocated_cents)
        for ags, cents in changes.items()
        if cents < 0
    )
    return gains - covered + opened + programmes.short_cents(programme, year, earmark) - given_back


def lifecycle_of(scenario: Scenario) -> Lifecycle:
    """The table of steps that this programme's rules declare."""
    rules = programmes.rules(scenario.programme, scenario.year, scenario.rule_version)
    return lifecycle(tuple(one.code for one in rules.stages if one.procedure == "allocation"))


def _amounts(shared: Distribution) -> dict[str, int]:
    return {one.ags: one.amount_cents for one in shared.assignments}


def _changes(scenario: Scenario, shared: Distribution) -> dict[str, int]:
    """What each body gains (above zero) or loses against where it stands, in cents."""
    stands = programmes.stands(scenario.programme, scenario.year, scenario.earmark)
    return {
        one.ags: one.amount_cents - stands.get(one.ags, NOTHING).total_cents
        for one in shared.assignments
    }


def _stands(scenario: Scenario) -> dict[str, int]:
    found = programmes.stands(scenario.programme, scenario.year, scenario.earmark)
    return {ags: one.total_cents for ags, one in sorted(found.items()) if one.total_cents}


def _hold(scenario: Scenario, at: datetime) -> None:
    """Hold what is free and what every body has, so that nobody moves any of it meanwhile."""
    free = planning(scenario.programme, scenario.year, scenario.earmark, Place.FREE)
    bodies = {*scenario.result, *scenario.compared}
    ledger.hold(
        ledger.Posting(
            source=replace(free, place=Place.ALLOCATED, ags=ags),
            target=target,
            amount_cents=1,
            code=EntryCode.ALLOCATION,
            value_date=timezone.localdate(at),
            case=scenario.file_number,
        )
        for ags in sorted(bodies)
        for target in (
            free,
            replace(free, place=Place.UNCOVERED),
            replace(free, place=Place.OPENING, ags=ags),
        )
    )


def _book(actor: Actor, scenario: Scenario, shared: Distribution, at: datetime) -> None:
    """Take what bodies lose, cover what is uncovered, give what bodies gain."""
    stands = programmes.stands(scenario.programme, scenario.year, scenario.earmark)
    cuts, gains = _postings(scenario, shared, timezone.localdate(at))
    if cuts:
        ledger.record_facts(actor, None, cuts, at=at)
    if gains:
        ledger.post(actor, None, gains, at=at)
    given = BodyAllocation.objects.bulk_create(
        BodyAllocation(
            scenario=scenario,
            programme=scenario.programme,
            year=scenario.year,
            earmark=scenario.earmark,
            ags=one.ags,
            body_name=one.name,
            before_cents=stands.get(one.ags, NOTHING).total_cents,
            amount_cents=one.amount_cents,
            arithmetic=arithmetic(shared, one),
            decided_at=at,
        )
        for one in shared.assignments
    )
    seal(*given)


def _postings(
    scenario: Scenario, shared: Distribution, day: date
) -> tuple[list[ledger.Posting], list[ledger.Posting]]:
    """The facts (what bodies lose) and the decisions (what is covered and given)."""
    programme, year, earmark = scenario.programme, scenario.year, scenario.earmark
    free = planning(programme, year, earmark, Place.FREE)
    stands = programmes.stands(programme, year, earmark)
    short = -books.balance(replace(free, place=Place.UNCOVERED))

    def posting(code: EntryCode, source: Place, target: Place, ags: str, cents: int) -> Any:
        return ledger.Posting(
            source=replace(free, place=source, ags=ags if source != Place.FREE else ""),
            target=replace(free, place=target, ags=ags if target != Place.FREE else ""),
            amount_cents=cents,
            code=code,
            value_date=day,
            case=scenario.file_number,
        )

    changes = _changes(scenario, shared)
    taken = -sum(cents for cents in changes.values() if cents < 0)
    short = min(short, programmes.free_cents(programme, year, earmark) + taken)
    cuts, gains = [], []
    if short:
        gains.append(posting(EntryCode.COVER, Place.FREE, Place.UNCOVERED, "", short))
    for ags, cents in programmes.openings(programme, year, earmark).items():
        gains.append(posting(EntryCode.OPENING, Place.FREE, Place.OPENING, ags, cents))
    for ags, cents in changes.items():
        if cents < 0:
            cuts.append(posting(EntryCode.CUT, Place.ALLOCATED, Place.FREE, ags, -cents))
            continue
        covered = min(cents, -stands.get(ags, NOTHING).uncovered_cents)
        for code, place, part in (
            (EntryCode.COVER, Place.UNCOVERED, covered),
            (EntryCode.ALLOCATION, Place.ALLOCATED, cents - covered),
        ):
            if part:
                gains.append(posting(code, Place.FREE, place, ags, part))
    return cuts, gains
