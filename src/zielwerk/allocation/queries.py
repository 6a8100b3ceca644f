"""Reads of scenarios, what they compute from, what they gave, and moves of money."""

from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.http import Http404

from zielwerk.allocation.models import BodyAllocation, IndicatorData, Scenario
from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook import planning
from zielwerk.rulebook.allocation import Distribution, Key, Need, Override, distribute
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.scenario import BASIS_CHANGED, ScenarioFacts, lifecycle


def scenarios(user: Actor, programme: str, year: int | None = None) -> QuerySet[Scenario]:
    """Scenarios, newest first; whoever acts for one body sees none, since they show others'."""
    found = Scenario.objects.filter(programme=programme).select_related("data")
    found = found.none() if user.ags else found
    return found if year is None else found.filter(year=year)


def scenario(user: Actor, programme: str, pk: int) -> Scenario:
    found = scenarios(user, programme).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def indicator_data(programme: str, year: int) -> QuerySet[IndicatorData]:
    """The sets of needs entered for a programme year, newest reference date first."""
    return IndicatorData.objects.filter(programme=programme, year=year)


def latest_data(programme: str, year: int) -> IndicatorData | None:
    """The set of needs to begin with: the newest of this year, else of an earlier one."""
    found = IndicatorData.objects.filter(programme=programme, year__lte=year)
    return found.order_by("-year", "-reference_date", "-pk").first()


def key_of(kept: dict[str, object]) -> Key:
    """A key as it is kept (JSON) as the rulebook's; weights are decimal numbers as text."""
    weights: dict[str, str] = kept["weights"]  # type: ignore[assignment]
    return Key(
        **{  # type: ignore[arg-type]
            **{
                name: Fraction(str(value)) if name == "max_change_percent" and value else value
                for name, value in kept.items()
                if name != "weights"
            },
            "weights": {code: Fraction(weight) for code, weight in weights.items()},
        }
    )


def overrides_of(kept: dict[str, dict[str, object]]) -> dict[str, Override]:
    """Amounts set by hand as they are kept (JSON), by AGS."""
    return {ags: Override(**one) for ags, one in kept.items()}  # type: ignore[arg-type]


def needs(fund: Fund, data: IndicatorData) -> list[Need]:
    """The need of each body that exists at the beginning of the year.

    A body without values has none, and the rulebook says so. Last year's amount is left out
    where the body's time series breaks in between: it is not comparable.
    """
    year, before = fund.year, programmes.last_year(fund)
    return [
        Need(
            ags=body.ags,
            name=body.name,
            values={code: Fraction(value) for code, value in data.values.get(body.ags, {}).items()},
            last_year_cents=before.get(body.ags) if programmes.is_comparable(body, year) else None,
        )
        for body in packs.bodies_on(fund.programme, date(year, 1, 1))
    ]


def allocations(user: Actor, programme: str, year: int | None = None) -> QuerySet[BodyAllocation]:
    """Decided allocations within the person's perimeter, newest first."""
    found = BodyAllocation.objects.filter(programme=programme).select_related("scenario__data")
    found = found.filter(ags=user.ags) if user.ags else found
    return found if year is None else found.filter(year=year)


def allocation(user: Actor, programme: str, pk: int) -> BodyAllocation:
    found = allocations(user, programme).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def distribution(scenario: Scenario) -> Distribution:
    """What the scenario comes to now; raises Refused where it cannot be computed."""
    return distribute(
        key_of(scenario.key),
        needs(scenario.fund, scenario.data),
        scenario.total_cents,
        overrides_of(scenario.overrides),
    )


def facts_of(scenario: Scenario) -> ScenarioFacts:
    """What the guards of a scenario's table look at, read once.

    Of one that was put forward, the amounts must be those that were put forward, and every
    body must stand where it stood then: the second person decides exactly that.
    """
    try:
        shared = distribution(scenario)
    except Refused as refused:
        return ScenarioFacts(refusals=refused.refusals)
    amounts, standing = shared.amounts, programmes.standing(scenario.fund)
    proposed = (scenario.result, scenario.compared)
    is_changed = bool(scenario.result) and (amounts, standing.given) != proposed
    return ScenarioFacts(
        refusals=(BASIS_CHANGED,) if is_changed else (),
        needed_cents=planning.needed_cents(standing, amounts),
        free_cents=standing.free_cents,
        in_force=programmes.is_in_force(scenario.fund),
        changes=sum(1 for cents in planning.changes(standing, amounts).values() if cents),
        strangers=planning.strangers(standing, amounts),
        read=(shared, standing),
    )


def lifecycle_of(scenario: Scenario) -> Lifecycle:
    """The table of steps that this programme's rules declare."""
    rules = programmes.rules(scenario.programme, scenario.year, scenario.rule_version)
    return lifecycle(tuple(one.code for one in rules.stages if one.procedure == "allocation"))
