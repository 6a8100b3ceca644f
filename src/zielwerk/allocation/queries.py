"""Reads of scenarios, their needs and their decided allocations."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404

from zielwerk.allocation.models import BodyAllocation, IndicatorData, Scenario
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import of_whole, within
from zielwerk.ledger.models import Account, Book, Place
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.packs.model import AllocationKey, Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook import planning
from zielwerk.rulebook.allocation import (
    HARE_NIEMEYER,
    SAINTE_LAGUE,
    Distribution,
    Key,
    LastYear,
    Method,
    Need,
    Override,
    distribute,
    last_year_amounts,
    usual_method,
)
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.scenario import (
    ALLOCATION,
    BASIS_CHANGED,
    Reading,
    ScenarioFacts,
    ScenarioState,
)
from zielwerk.succession import queries as successions

GIVEN = (Place.ALLOCATED, Place.AGREED, Place.UNCOVERED)
PERCENTAGES = ("max_change_percent", "across_percent")


def scenarios(user: Actor, programme: str, year: int | None = None) -> QuerySet[Scenario]:
    """Scenarios, newest first; whoever sees a part sees none: they show all bodies' amounts."""
    scenarios = Scenario.objects.filter(programme=programme).select_related("data")
    scenarios = of_whole(user, scenarios)
    return scenarios if year is None else scenarios.filter(year=year)


def scenario(user: Actor, programme: str, pk: int) -> Scenario:
    scenario = scenarios(user, programme).filter(pk=pk).first()
    if scenario is None:
        raise Http404
    return scenario


def indicator_data(programme: str, year: int) -> QuerySet[IndicatorData]:
    """The sets of needs entered for a programme year, newest reference date first."""
    return IndicatorData.objects.filter(programme=programme, year=year)


def latest_data(programme: str, year: int) -> IndicatorData | None:
    """The set of needs to begin with: the newest of this year, else of an earlier one."""
    data_sets = IndicatorData.objects.filter(programme=programme, year__lte=year)
    return data_sets.order_by("-year", "-reference_date", "-pk").first()


def key_of(stored: dict[str, object], labels: Mapping[str, str] | None = None) -> Key:
    """The rulebook's key from a stored one (JSON), whose weights are decimal numbers as text.

    ``labels`` are those of its indicators.
    """
    weights: dict[str, str] = stored["weights"]  # type: ignore[assignment]
    return Key(
        **{  # type: ignore[arg-type]
            **{
                name: Fraction(str(value)) if name in PERCENTAGES and value else value
                for name, value in stored.items()
                if name != "weights"
            },
            "method": method_of(stored),
            "weights": {code: Fraction(weight) for code, weight in weights.items()},
            "labels": labels or {},
        }
    )


def method_of(stored: Mapping[str, Any]) -> Method:
    """How a stored key rounds; one from before there was a choice rounds by Hare-Niemeyer."""
    method: Method = stored.get("method", HARE_NIEMEYER)
    return method


def method_to_begin_with(fund: Fund, key: AllocationKey | None) -> Method:
    """How a new scenario of the fund rounds.

    A first distribution follows the rules of its year. A change of what was decided costs nobody
    anything where there is more for all.
    """
    if has_decided(fund):
        return SAINTE_LAGUE
    return key.method_in(fund.year) if key else usual_method(fund.year)


def key_to_go_on_with(scenario: Scenario) -> dict[str, Any]:
    """The key of a scenario that goes on with this one's contents."""
    change = {"method": SAINTE_LAGUE} if has_decided(scenario.fund) else {}
    return {**scenario.key, **change}


def has_decided(fund: Fund) -> bool:
    """Whether money of the fund was shared out by a decision already."""
    return Scenario.objects.filter(**asdict(fund), state=ScenarioState.DECIDED).exists()


def overrides_of(stored: dict[str, dict[str, object]]) -> dict[str, Override]:
    """Amounts set by hand from the stored ones (JSON), by AGS."""
    return {ags: Override(**values) for ags, values in stored.items()}  # type: ignore[arg-type]


def rules_of(scenario: Scenario) -> Year:
    """The rules that the scenario is under: of its version, as they hold on its day."""
    version = programmes.rules(scenario.programme, scenario.year, scenario.rule_version)
    return version.on(scenario.day)


@dataclass(frozen=True)
class Basis:
    """What a scenario is computed from besides its key: read once, for all that is tried."""

    data_id: int
    last_year: Mapping[str, int]
    needs: Sequence[Need]
    labels: Mapping[str, str]


def basis_of(scenario: Scenario) -> Basis:
    rules = rules_of(scenario)
    last_year = last_year_of(scenario.fund, rules)
    return Basis(
        scenario.data_id,
        last_year,
        needs(scenario.fund, scenario.data, last_year),
        {indicator.code: indicator.label for indicator in rules.indicators},
    )


def last_year_rule(rules: Year, earmark: str) -> LastYear:
    """What counts as last year's amount by the rules' key for a purpose."""
    keys = {key.earmark: key for key in rules.allocation_keys}
    return keys[earmark].last_year if earmark in keys else "held"


def last_year_of(fund: Fund, rules: Year) -> dict[str, int]:
    """Each body's amount of the year before, as the rules mean it, in cents by AGS."""
    held = programmes.last_year_of_bodies(fund)
    rule = last_year_rule(rules, fund.earmark)
    decisions = [] if rule == "held" else _decided_before(fund)
    return last_year_amounts(rule, held, decisions)


def _decided_before(fund: Fund) -> list[dict[str, int]]:
    """The decisions of the year before for the same purpose, the first one first.

    A body has what was decided under its earlier key, too.
    """
    before = replace(fund, year=packs.year_before(fund.programme, fund.year))
    rows = BodyAllocation.objects.filter(**asdict(before)).order_by("scenario_id", "pk")
    keys = {
        earlier: body.ags
        for body in packs.bodies_in(fund.programme, fund.year)
        for earlier in packs.earlier_keys(fund.programme, body.ags)
    }
    decisions: dict[int, dict[str, int]] = {}
    for scenario_id, ags, cents in rows.values_list("scenario_id", "ags", "amount_cents"):
        decisions.setdefault(scenario_id, {})[keys.get(ags, ags)] = cents
    return list(decisions.values())


def needs(fund: Fund, data: IndicatorData, last_year: Mapping[str, int]) -> list[Need]:
    """The need of each body that shares in the money of the year.

    A body without values has none, and the rulebook says so. Last year's amount is left out
    where the body's time series breaks in between: it is not comparable.
    """
    shares = frozenset(successions.sharing(fund.programme, fund.year, data.values))
    return [
        Need(
            ags=body.ags,
            name=body.name,
            short=naming.short(fund.programme, body.ags),
            values={code: Fraction(value) for code, value in data.values.get(body.ags, {}).items()},
            last_year_cents=last_year.get(body.ags)
            if programmes.is_comparable(fund.programme, body, fund.year)
            else None,
        )
        for body in packs.bodies_in(fund.programme, fund.year)
        if body.ags in shares
    ]


def allocations(user: Actor, programme: str, year: int | None = None) -> QuerySet[BodyAllocation]:
    """Decided allocations within the person's perimeter, newest first."""
    allocations = BodyAllocation.objects.filter(programme=programme).select_related(
        "scenario__data"
    )
    allocations = within(user, allocations)
    return allocations if year is None else allocations.filter(year=year)


def with_today(allocations: QuerySet[BodyAllocation]) -> QuerySet[BodyAllocation]:
    """Each allocation with what holds today: ``is_valid``, ``superseded_by``, ``given_cents``.

    A later decision over the same money supersedes one. What the body has of that money in the
    books stands beside the valid one only, so that it counts once; with what of it is money,
    what authority and of what nobody knows the kind.
    """
    same = {name: OuterRef(name) for name in ("programme", "year", "earmark", "ags")}
    later = BodyAllocation.objects.filter(**same, pk__gt=OuterRef("pk")).order_by("-pk")
    accounts = Account.objects.filter(
        book=Book.PLANNING,
        place__in=GIVEN,
        programme=OuterRef("programme"),
        programme_year=OuterRef("year"),
        earmark=OuterRef("earmark"),
        ags=OuterRef("ags"),
    ).order_by()
    authority, unknown = Q(due_year__gt=0), Q(due_year=0, budget_year=0)
    of_money = Q(due_year=0, budget_year__gt=0)
    return allocations.annotate(
        superseded_by=Subquery(later.values("pk")[:1]),
        is_valid=Case(When(superseded_by=None, then=Value(value=True)), default=Value(value=False)),
        given_cents=_if_valid(accounts),
        given_money_cents=_if_valid(accounts.filter(of_money)),
        given_authority_cents=_if_valid(accounts.filter(authority)),
        given_unknown_cents=_if_valid(accounts.filter(unknown)),
    ).annotate(since_cents=F("given_cents") - F("amount_cents"))


def _if_valid(accounts: QuerySet[Account]) -> Case:
    """The sum of these accounts beside the decision that holds; nothing beside another one."""
    held = accounts.values("programme").annotate(cents=Sum("balance_cents")).values("cents")
    return Case(When(superseded_by=None, then=Coalesce(Subquery(held), 0)), default=None)


def is_of_unknown_kind(programme: str) -> bool:
    """Whether any body has money of which nobody knows the kind; one query."""
    unknown = Account.objects.filter(
        book=Book.PLANNING, place__in=GIVEN, programme=programme, due_year=0, budget_year=0
    ).exclude(ags="")
    held = unknown.order_by().values("ags", "programme_year", "earmark")
    return held.annotate(cents=Sum("balance_cents")).exclude(cents=0).exists()


def allocation(user: Actor, programme: str, pk: int) -> BodyAllocation:
    allocation = with_today(allocations(user, programme)).filter(pk=pk).first()
    if allocation is None:
        raise Http404
    return allocation


def distribution_of(scenario: Scenario, basis: Basis | None = None) -> Distribution:
    """The scenario computed now; raises Refused where it cannot be."""
    if basis is None or basis.data_id != scenario.data_id:
        basis = basis_of(scenario)
    return distribute(
        key_of(scenario.key, basis.labels),
        basis.needs,
        scenario.total_cents,
        overrides_of(scenario.overrides),
    )


def amounts_of(scenario: Scenario, basis: Basis) -> dict[str, int]:
    """The amounts that the scenario comes to now, by AGS; none where it cannot be computed."""
    try:
        return distribution_of(scenario, basis).amounts
    except Refused:
        return {}


def facts_of(scenario: Scenario, on: date, basis: Basis | None = None) -> ScenarioFacts:
    """The facts for the guards of a scenario's table, read once.

    For a scenario that was put forward, amounts and every body's holding must be the ones
    put forward: the second person decides exactly that. Free is what counts on the day ``on``.
    """
    basis = basis or basis_of(scenario)
    try:
        distribution = distribution_of(scenario, basis)
    except Refused as refused:
        return ScenarioFacts(refusals=refused.refusals)
    amounts, standing = distribution.amounts, programmes.standing(scenario.fund, on)
    proposed = (scenario.result, scenario.compared)
    is_changed = bool(scenario.result) and (amounts, standing.totals) != proposed
    return ScenarioFacts(
        refusals=(BASIS_CHANGED,) if is_changed else (),
        needed=planning.needed(standing, amounts),
        free_cents=standing.spare_cents,
        tranches=standing.tranches,
        in_force=programmes.is_in_force(scenario.fund),
        changes=sum(1 for cents in planning.changes(standing, amounts).values() if cents),
        strangers=naming.shorts(scenario.programme, planning.strangers(standing, amounts)),
        read=Reading(distribution, standing, basis.last_year),
    )


def lifecycle_of(scenario: Scenario) -> Lifecycle:
    """The table of steps that this programme's rules declare."""
    rules = rules_of(scenario)
    return ALLOCATION.lifecycle(rules.procedure("allocation"))
