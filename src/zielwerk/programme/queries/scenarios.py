"""Reads of scenarios, what they compute from, what they gave, and moves of money."""

from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.programme.models import (
    Adjustment,
    BodyAllocation,
    IndicatorData,
    Scenario,
    TableImport,
)
from zielwerk.programme.queries.money import last_year
from zielwerk.rulebook.adjustment import AdjustmentState
from zielwerk.rulebook.allocation import Key, Need, Override


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


def locked_scenario(scenario: Scenario) -> Scenario:
    """The scenario as it stands now, held until the transaction ends."""
    return Scenario.objects.select_for_update().get(pk=scenario.pk)


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


def needs(programme: str, year: int, earmark: str, data: IndicatorData) -> list[Need]:
    """The need of each body that exists at the beginning of the year.

    A body without values has none, and the rulebook says so. Last year's amount is left out
    where the body's time series breaks in between: it is not comparable.
    """
    before = last_year(programme, year, earmark)
    return [
        Need(
            ags=body.ags,
            name=body.name,
            values={code: Fraction(value) for code, value in data.values.get(body.ags, {}).items()},
            last_year_cents=before.get(body.ags) if comparable(body, year) else None,
        )
        for body in packs.bodies_on(programme, date(year, 1, 1))
    ]


def comparable(body: Body, year: int) -> bool:
    """Whether the body's figures of ``year`` can be compared with those of the year before."""
    return not any(date(year - 1, 1, 1) < one.day <= date(year, 1, 1) for one in body.breaks)


def allocations(user: Actor, programme: str, year: int | None = None) -> QuerySet[BodyAllocation]:
    """Decided allocations within the person's perimeter, newest first."""
    found = BodyAllocation.objects.filter(programme=programme).select_related("scenario")
    found = found.filter(ags=user.ags) if user.ags else found
    return found if year is None else found.filter(year=year)


def allocation(user: Actor, programme: str, pk: int) -> BodyAllocation:
    found = allocations(user, programme).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def adjustments(user: Actor, programme: str, year: int | None = None) -> QuerySet[Adjustment]:
    """Moves of money within the person's perimeter, newest first."""
    found = Adjustment.objects.filter(programme=programme).select_related("follows")
    found = found.filter(ags=user.ags) if user.ags else found
    return found if year is None else found.filter(year=year)


def adjustment(user: Actor, programme: str, pk: int) -> Adjustment:
    found = adjustments(user, programme).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def moved_on_cents(waiver: Adjustment) -> int:
    """What moves that follow this waiver already take of it, declared or decided, in cents."""
    following = waiver.followed_by.exclude(state=AdjustmentState.REJECTED)
    return sum(following.values_list("amount_cents", flat=True))


def locked_adjustment(adjustment: Adjustment) -> Adjustment:
    """The move as it stands now, held until the transaction ends."""
    return Adjustment.objects.select_for_update().get(pk=adjustment.pk)


def table_imports(user: Actor, programme: str) -> QuerySet[TableImport]:
    """Tables that were sent in, newest first; bodies see none."""
    found = TableImport.objects.filter(programme=programme).select_related("file")
    return (found.none() if user.ags else found).defer("file__content")


def table_import(user: Actor, programme: str, pk: int) -> TableImport:
    found = None if user.ags else TableImport.objects.filter(programme=programme, pk=pk).first()
    if found is None:
        raise Http404
    return found
