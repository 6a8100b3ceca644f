"""Reads of the targets that bodies set for a whole year."""

from datetime import date

from django.db.models import Max, QuerySet

from zielwerk.core import permissions
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.measures.models import OverallTarget, OverallVersion, PlannedMeasure
from zielwerk.measures.queries.planned import reviews_in
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planned import PlannedFacts, PlannedState, months_between
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.rulebook.target import TargetRules, faults


def overall_targets(user: Actor, programme: str) -> QuerySet[OverallTarget]:
    """The overall targets within the person's perimeter, newest first."""
    return within(user, OverallTarget.objects.filter(programme=programme))


def targets_of(programme: str, year: int, ags: str) -> QuerySet[OverallTarget]:
    """The targets of a body's whole agreement of a year that it did not give up, in their order.

    For rooms above that compute with them; those of single measures stand in their plans.
    """
    rows = OverallTarget.objects.filter(programme=programme, year=year, ags=ags)
    return rows.exclude(state=PlannedState.DROPPED).order_by("position")


def targets_to_review_count(user: Actor, programme: str) -> int:
    """How many details of targets taken over ask to be looked at, in the person's perimeter."""
    return reviews_in(overall_targets(user, programme))


def next_position(programme: str, year: int, ags: str) -> int:
    """The number of a further target: one that no other of the body and year ever had."""
    rows = OverallTarget.objects.filter(programme=programme, year=year, ags=ags)
    highest: int | None = rows.aggregate(highest=Max("position"))["highest"]
    return (highest or 0) + 1


def target_versions(overall: OverallTarget) -> QuerySet[OverallVersion]:
    """Every version of a target, the newest first."""
    return overall.versions.order_by("-number")


def target_rules(programme: str, year: int) -> TargetRules:
    """What a target for a whole year may name; no query."""
    rules = packs.load(programme, year)
    return TargetRules(
        {each.code: each.cumulative for each in rules.target_indicators},
        tuple(each.code for each in rules.target_groups),
        months_between(rules.begins, rules.ends),
    )


def target_facts_of(overall: OverallTarget, on: date) -> PlannedFacts:
    """The facts for the guards of a step, by the rules of its year; no query."""
    rules = target_rules(overall.programme, overall.year)
    return PlannedFacts(faults(overall.target, rules), overall.review_count)


def origin_of(user: Actor, case: PlannedMeasure | OverallTarget) -> Said | None:
    """From what of last year a plan or target was taken over; None where it was not.

    Of what the person may not see, only the year is told.
    """
    if isinstance(case, PlannedMeasure) and case.carried_measure:
        params = {"year": str(case.carried_measure.year), "title": case.carried_measure.title}
        return Said(FROM_AGREED, params)
    if case.carried_from is None:
        return None
    source = case.carried_from
    is_seen = permissions.may_see(user, source.ags)
    params = {"year": str(source.year), "number": source.file_number}
    return Said(FROM_NUMBER if is_seen else FROM_YEAR, params)


FROM_AGREED = msg("Aus der Maßnahme „{title}“, Programmjahr {year}.")
FROM_NUMBER = msg("Aus {number}, Programmjahr {year}.")
FROM_YEAR = msg("Aus dem Programmjahr {year}.")
