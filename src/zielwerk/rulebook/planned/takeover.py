"""Taking a plan over from last year: what moves by a year, and what asks to be looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from zielwerk.rulebook.planned.checks import OWN_DELIVERY, PlanRules, holds_within, span_of
from zielwerk.rulebook.planned.content import Plan
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.target import later


@dataclass(frozen=True)
class Review:
    """A field of a plan that was taken over and asks to be looked at, with its reason (msgid)."""

    field: str
    reason: str


def moved(plan: Plan, years: int, period_after: tuple[date, date]) -> Plan:
    """The plan a year later (or some): its days, the budget years of its costs, its curves.

    ``period_after`` is the new programme year: days do not leave it, and where the plan
    named none they are its first and last.
    """
    first, last = period_after
    return replace(
        plan,
        first_day=_later(plan.first_day, years, first, last) or first,
        last_day=_later(plan.last_day, years, first, last) or last,
        costs=tuple(replace(line, budget_year=line.budget_year + years) for line in plan.costs),
        targets=tuple(later(target, years) for target in plan.targets),
    )


def _later(day: date | None, years: int, first: date, last: date) -> date | None:
    if day is None:
        return None
    is_leap_day = (day.month, day.day) == (2, 29)
    moved = day.replace(year=day.year + years, day=28 if is_leap_day else day.day)
    return min(max(moved, first), last)


def to_review(plan: Plan, rules: PlanRules) -> tuple[Review, ...]:
    """What of a plan that was taken over no longer holds, or holds for last year only.

    Each field once, with the first reason; what still holds asks for nothing.
    """
    found: dict[str, Review] = {}
    for review in _reviews(plan, rules):
        found.setdefault(review.field, review)
    return tuple(found.values())


def _reviews(plan: Plan, rules: PlanRules) -> Iterator[Review]:
    if plan.type not in rules.types:
        yield Review("type", msg("Diese Maßnahmeart gibt es im Programmjahr nicht mehr."))
    if set(plan.target_groups) - set(rules.groups):
        yield Review("target_groups", msg("Eine Zielgruppe gibt es nicht mehr."))
    if set(plan.legal_areas) - set(rules.legal_areas):
        yield Review("legal_areas", msg("Einen Rechtskreis gibt es nicht mehr."))
    if plan.earmark and plan.earmark not in rules.earmarks:
        yield Review("earmark", msg("Diese Zweckbindung gibt es nicht mehr."))
    yield from _of_carrier(plan, rules)
    span = span_of(plan, rules)
    if any(not holds_within(rules.frameworks.get(code), *span) for code in plan.frameworks):
        yield Review("frameworks", msg("Ein Bezugsrahmen gilt nicht mehr."))
    if set(plan.priorities) - set(rules.strategy):
        yield Review("priorities", msg("Ein Schwerpunkt steht nicht mehr in der Strategie."))
    if plan.costs:
        yield Review("costs", msg("Die Kosten sind die vom Vorjahr."))
    if plan.targets:
        yield Review("targets", msg("Ziele und Ausgangswerte sind die vom Vorjahr."))


def _of_carrier(plan: Plan, rules: PlanRules) -> Iterator[Review]:
    if plan.passing_on and plan.passing_on not in rules.passing_on:
        yield Review("passing_on", msg("Diese Art der Weitergabe gibt es nicht mehr."))
    is_another = plan.party is not None and plan.passing_on != OWN_DELIVERY
    if is_another and plan.party not in rules.carriers:
        yield Review("passing_on", msg("Die Beziehung zu diesem Träger ist beendet."))


def reviewed(open_: tuple[Review, ...], before: Plan, after: Plan) -> tuple[Review, ...]:
    """What is still open after a change: whoever changes a field has looked at it."""
    return tuple(
        review
        for review in open_
        if getattr(before, review.field) == getattr(after, review.field)
        and (review.field != "passing_on" or before.party == after.party)
    )
