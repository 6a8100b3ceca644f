"""Taking over from last year what was planned or agreed: measures, and targets of the whole."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.measures import queries
from zielwerk.measures.actions.overall import NewTarget, set_first
from zielwerk.measures.actions.planning import NewPlan, begun, require_body
from zielwerk.measures.models import Measure, Origin, OverallTarget, PlannedMeasure
from zielwerk.packs import loading as packs
from zielwerk.rulebook import overall as rulebook
from zielwerk.rulebook.planned import Plan, moved, to_review
from zielwerk.rulebook.target import later


@dataclass(frozen=True)
class TakeOver:
    """A body takes measures and overall targets over into a year from the one before.

    ``planned``, ``measures`` and ``targets`` are the keys of those chosen, None for all that
    are open.
    """

    programme: str
    year: int
    ags: str
    planned: Collection[int] | None = None
    measures: Collection[int] | None = None
    targets: Collection[int] | None = None


@action("measures.take_over")
def take_over(
    actor: Actor, wish: TakeOver, *, at: datetime
) -> list[PlannedMeasure | OverallTarget]:
    """Plan last year's measures and targets again; what was taken over is not taken once more."""
    require_body(actor, wish, at)
    open_ = queries.carryable(wish.programme, wish.year, wish.ags)
    made: list[PlannedMeasure | OverallTarget] = []
    made += [_measure(actor, wish, *chosen, at) for chosen in _chosen(wish, open_)]
    for target in open_.targets:
        if wish.targets is None or target.pk in wish.targets:
            made.append(_target(actor, wish, target, at))
    return made


def _chosen(
    wish: TakeOver, open_: queries.Carryable
) -> Iterator[tuple[PlannedMeasure | Measure, Plan]]:
    for planned in open_.planned:
        if wish.planned is None or planned.pk in wish.planned:
            yield planned, planned.plan
    for measure in open_.measures:
        if wish.measures is None or measure.pk in wish.measures:
            yield measure, Plan(title=measure.title, type=measure.type)


def _measure(
    actor: Actor, wish: TakeOver, source: PlannedMeasure | Measure, content: Plan, at: datetime
) -> PlannedMeasure:
    rules = packs.load(wish.programme, wish.year)
    plan = moved(content, wish.year - source.year, (rules.begins, rules.ends))
    known = queries.rules_of(wish.programme, wish.year, wish.ags, plan=plan)
    new = NewPlan(wish.programme, wish.year, wish.ags, plan)
    return begun(actor, new, plan, Origin.CARRIED, at, source, to_review(plan, known))


def _target(actor: Actor, wish: TakeOver, source: OverallTarget, at: datetime) -> OverallTarget:
    target = later(source.target, wish.year - source.year)
    reviews = rulebook.to_review(target, queries.target_rules(wish.programme, wish.year))
    new = NewTarget(wish.programme, wish.year, wish.ags, target)
    return set_first(actor, new, Origin.CARRIED, at, source, reviews)
