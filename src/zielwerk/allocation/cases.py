"""The kind of case of this room: an allocation scenario."""

from typing import Any

from django.utils import timezone

from zielwerk.allocation import actions, queries
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.panels import filed
from zielwerk.allocation.panels.drawn import drawn
from zielwerk.allocation.panels.lines import lines_of
from zielwerk.allocation.panels.since import now_of, since
from zielwerk.allocation.panels.table import table_of
from zielwerk.budget.panels.free_money import over_drawn
from zielwerk.core.cases import Kind, Twins
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.scenario import (
    ALLOCATION,
    SCENARIO,
    SCENARIO_WITH_HEARING,
    ScenarioState,
)


def decision(scenario: Scenario) -> tuple[str, dict[str, Any]]:
    """The page that asks before the decision: the sums, and the bodies that lose."""
    on = timezone.localdate()
    table = table_of(scenario, on)
    context = {
        "scenario": scenario,
        "purpose": programmes.purpose(scenario.fund),
        "table": table,
        "lines": lines_of(table, None),
        "facts": table.facts,
        "since": since(table, now_of(table)),
        "over_drawn": over_drawn(table.facts.tranches, drawn(scenario, table.facts, on)),
    }
    return "allocation/scenario_decide.html", context


SCENARIOS = Kind(
    model=Scenario,
    tables=(SCENARIO, SCENARIO_WITH_HEARING),
    frame=ALLOCATION,
    procedure="allocation",
    verbs=(
        actions.propose,
        actions.consult,
        actions.discard,
        actions.restore,
        actions.send_back,
        actions.take_back,
        actions.decide,
    ),
    table_of=queries.lifecycle_of,
    page="allocation:scenario",
    list_page="allocation:scenarios",
    look="allocation.look",
    visible=queries.scenarios,
    filed=filed.filed,
    facts=queries.facts_of,
    panels={"decide": decision},
    looks={
        ScenarioState.DRAFT: "info",
        ScenarioState.DECIDED: "success",
    },
    slots={
        "name": lambda scenario: scenario.name,
        "year": lambda scenario: scenario.year,
        "total": lambda scenario: Cents(scenario.end_cents),
        "given": lambda scenario: Cents(sum(scenario.result.values())),
    },
    twins=Twins(
        ("year", "earmark", "name", "end_cents"),
        "begun_at",
        frozenset({ScenarioState.DISCARDED}),
    ),
)
KINDS = (SCENARIOS,)
