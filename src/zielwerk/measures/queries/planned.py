"""Reads of planned measures: the rules they are under, their versions and sums, last year's."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.ledger import queries as ledger
from zielwerk.measures.models import Measure, OverallTarget, PlannedMeasure, PlannedVersion
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planned import Plan, PlannedFacts, PlannedState, PlanRules, faults, folded
from zielwerk.rulebook.target import next_number
from zielwerk.strategy import queries as strategy


def planned_measures(user: Actor, programme: str) -> QuerySet[PlannedMeasure]:
    """The planned measures within the person's perimeter, newest first."""
    return within(user, PlannedMeasure.objects.filter(programme=programme))


def planned_and_pursued(user: Actor, programme: str) -> QuerySet[PlannedMeasure]:
    """The same, each with whether it is pursued (``is_pursued``) or was given up."""
    is_pursued = ExpressionWrapper(~Q(state=PlannedState.DROPPED), output_field=BooleanField())
    return planned_measures(user, programme).annotate(is_pursued=is_pursued)


def is_body_of(programme: str, year: int, ags: str) -> bool:
    """Whether there is such a body in the programme year."""
    return ags in {body.ags for body in packs.bodies_in(programme, year)}


def plans_of(programme: str, year: int, ags: str) -> QuerySet[PlannedMeasure]:
    """What a body plans for a year and did not give up; for rooms above that compute with it."""
    rows = PlannedMeasure.objects.filter(programme=programme, year=year, ags=ags)
    return rows.exclude(state=PlannedState.DROPPED).order_by("pk")


def plans_carried_by(
    parties: Collection[int], programme: str, year: int, but: str
) -> QuerySet[PlannedMeasure]:
    """What other bodies than one plan with these parties in a year, by their numbers."""
    rows = PlannedMeasure.objects.filter(programme=programme, year=year).exclude(ags=but)
    rows = rows.exclude(state=PlannedState.DROPPED).order_by("pk")
    return rows.filter(content__party__in=list(parties))


def versions(measure: PlannedMeasure) -> QuerySet[PlannedVersion]:
    """Every version of what was planned, the newest first."""
    return measure.versions.order_by("-number")


def base_plan(measure: PlannedMeasure, number: int) -> Plan:
    """What was planned in a version; what is planned now where there was no such version."""
    version = measure.versions.filter(number=number).first()
    return version.plan if version else measure.plan


def next_target_number(measure: PlannedMeasure) -> int:
    """The number of a further target: one that none of its versions ever had; one query."""
    plans = [measure.plan, *(version.plan for version in versions(measure))]
    return next_number([target for plan in plans for target in plan.targets])


def priorities(programme: str, ags: str, on: date) -> dict[str, str]:
    """The priorities of the body's strategy in force on a day, code to title."""
    return {each.code: each.title for each in strategy.priorities_in_force(programme, ags, on)}


def plans_as_of(wanted: Collection[tuple[str, datetime]]) -> dict[tuple[str, datetime], Plan]:
    """What plans said at moments, by number and moment as wanted; one query for all of them."""
    if not wanted:
        return {}
    numbers, last = {number for number, _ in wanted}, max(moment for _, moment in wanted)
    rows = PlannedVersion.objects.filter(measure__file_number__in=numbers, changed_at__lte=last)
    versions: dict[str, list[PlannedVersion]] = defaultdict(list)
    for each in rows.select_related("measure").order_by("-number"):
        versions[each.measure.file_number].append(each)
    return {
        (number, moment): version.plan
        for number, moment in wanted
        if (version := next((v for v in versions[number] if v.changed_at <= moment), None))
    }


def plans_beside(programme: str, year: int, ags: str, but: int | None = None) -> set[str]:
    """The folded titles of the body's other measures of the year, without those given up."""
    others = plans_of(programme, year, ags).exclude(pk=but or 0).order_by()
    return {folded(title) for title in others.values_list("title", flat=True)}


def rules_of(
    programme: str,
    year: int,
    ags: str,
    *,
    titles: Collection[str] = (),
    plan: Plan | None = None,
    named: Collection[Plan] | None = None,
) -> PlanRules:
    """What a plan of the body may name in the year, within the period of the ``plan``.

    ``titles`` are those of its other measures, see :func:`plans_beside`. Where the plans are
    given that are to be judged (``named``), parties and priorities are looked up only if one of
    them names any.
    """
    rules = packs.load(programme, year)
    first = (plan and plan.first_day) or rules.begins
    last = (plan and plan.last_day) or rules.ends
    related = programmes.relations(programme, ags).filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=last),
        Q(valid_until__isnull=True) | Q(valid_until__gte=first),
    )

    def asks(field: str) -> bool:
        return named is None or any(getattr(each, field) not in (None, ()) for each in named)

    years = range(rules.begins.year, year + programmes.later_years(rules) + 1)
    return PlanRules(
        rules.period,
        years,
        types={each.code: each.has_participants for each in rules.measure_types},
        groups={each.code: each.needs_reason for each in rules.target_groups},
        frameworks={each.code: (each.valid_from, each.valid_until) for each in rules.frameworks},
        indicators={each.code: each.cumulative for each in rules.target_indicators},
        legal_areas={each.code for each in rules.legal_areas},
        earmarks={each.code for each in rules.earmarks},
        categories={each.code for each in rules.cost_categories},
        sources={each.code for each in rules.cost_sources},
        passing_on={each.code for each in rules.passing_on},
        strategy=priorities(programme, ags, first) if asks("priorities") else {},
        carriers=set(related.order_by().values_list("party", flat=True)) if asks("party") else (),
        titles=titles,
    )


def facts_of(measure: PlannedMeasure, on: date) -> PlannedFacts:
    """The facts for the guards of a step, by the rules of its year; two queries."""
    where = (measure.programme, measure.year, measure.ags)
    titles, plan = plans_beside(*where, measure.pk), measure.plan
    rules = rules_of(*where, titles=titles, plan=plan)
    return PlannedFacts(faults(plan, rules), measure.review_count)


def to_review_count(user: Actor, programme: str) -> int:
    """How many details that were taken over ask to be looked at, in the person's perimeter."""
    return reviews_in(planned_measures(user, programme))


def reviews_in(rows: QuerySet[Any]) -> int:
    """How many details ask to be looked at in some plans or targets."""
    return sum(with_reviews(rows).order_by().values_list("review_count", flat=True))


def with_reviews(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of some plans or targets of which a detail asks to be looked at, none given up."""
    return rows.filter(review_count__gt=0).exclude(state=PlannedState.DROPPED)


@dataclass(frozen=True)
class YearSums:
    """What a body plans in a year: how many measures, the cost by source and budget year, in cents.

    ``programme_cents`` is what the programme is to pay, ``allocated_cents`` what is allocated to
    the body, agreed or not; None where nothing is.
    """

    count: int
    by_source: dict[str, dict[int, int]]
    programme_cents: int
    allocated_cents: int | None

    @property
    def years(self) -> list[int]:
        return sorted({year for years in self.by_source.values() for year in years})

    @property
    def left_cents(self) -> int | None:
        """What of the allocation no measure is planned for; below zero: so much too much."""
        known = self.allocated_cents
        return None if known is None else known - self.programme_cents


def sums_of(programme: str, year: int, ags: str) -> YearSums:
    """The sums of a body's plans of a year, without those given up; four queries at most."""
    rows = plans_of(programme, year, ags).order_by()
    sums: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    of_programme, count = 0, 0
    for costs, cents in rows.values_list("costs_by", "programme_cents"):
        count += 1
        of_programme += cents or 0
        for source, years in costs.items():
            for budget_year, amount in years.items():
                sums[source][int(budget_year)] += amount
    rules = packs.load(programme, year)
    ordered = {each.code: dict(sums[each.code]) for each in rules.cost_sources if each.code in sums}
    others = {code: dict(years) for code, years in sums.items() if code not in ordered}
    is_known = ledger.is_anything_allocated(programme, year, ags)
    allocated = ledger.allocated_cents(programme, year, ags) if is_known else 0
    allocated += ledger.agreed_cents(programme, year, ags) if is_known else 0
    return YearSums(count, ordered | others, of_programme, allocated if is_known else None)


@dataclass(frozen=True)
class Carryable:
    """Last year's measures of a body that were not taken over yet: planned, else agreed.

    And its overall targets.
    """

    year: int
    planned: Sequence[PlannedMeasure]
    measures: Sequence[Measure]
    targets: Sequence[OverallTarget] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.planned or self.measures or self.targets)


def carryable(programme: str, year: int, ags: str) -> Carryable:
    """What a body may take over into a year from the one before; four queries.

    What was agreed counts where nothing of that title was planned.
    """
    before = packs.year_before(programme, year)
    if before not in packs.years(programme):
        return Carryable(before, (), ())
    keys = (ags, *packs.earlier_keys(programme, ags))
    of_body = {"programme": programme, "year": before, "ags__in": keys}
    planned = PlannedMeasure.objects.filter(**of_body).exclude(state=PlannedState.DROPPED)
    planned = planned.order_by("title_key", "pk")
    open_ = list(planned.filter(carried_to__isnull=True))
    titles = {folded(title) for title in planned.values_list("title", flat=True)}
    agreed = Measure.objects.filter(**of_body, carried_to__isnull=True).order_by("position")
    others = [each for each in agreed if folded(each.title) not in titles]
    targets = OverallTarget.objects.filter(**of_body, carried_to__isnull=True)
    targets = targets.exclude(state=PlannedState.DROPPED).order_by("ags", "position")
    return Carryable(before, open_, others, list(targets))


def programme_cents(plan: Plan, rules: Year) -> int | None:
    """What of the planned cost the programme pays; null where no cost is planned yet."""
    own = {each.code for each in rules.cost_sources if each.of_programme}
    if not plan.costs:
        return None
    return sum(line.amount_cents for line in plan.costs if line.source in own)
