"""Reads of the versions of strategies, and the facts by which their steps are judged."""

from datetime import date

from django.db.models import QuerySet

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.strategy import (
    NO_DOCUMENT,
    NO_PRIORITY,
    STRATEGY,
    StrategyFacts,
    StrategyState,
    in_the_way,
)
from zielwerk.strategy.models import LAID_DOWN, Strategy
from zielwerk.strategy.queries.parties import answers_of, named, open_parties, wanted


def strategies(user: Actor, programme: str) -> QuerySet[Strategy]:
    """All versions within the person's perimeter, newest first."""
    return within(user, Strategy.objects.filter(programme=programme).order_by("-pk"))


def of_body(programme: str, ags: str) -> QuerySet[Strategy]:
    """All versions of a body that were not discarded, newest first."""
    versions = Strategy.objects.filter(programme=programme, ags=ags).order_by("-version", "-pk")
    return versions.exclude(state=StrategyState.DISCARDED)


def laid_down(programme: str) -> QuerySet[Strategy]:
    """All versions that were put in force, whatever became of them; for calendars."""
    rows = Strategy.objects.filter(programme=programme, state__in=LAID_DOWN)
    return rows.defer("priorities").order_by("pk")


def in_work(programme: str, ags: str) -> Strategy | None:
    """The version of a body that is being made: at most one."""
    return of_body(programme, ags).exclude(state__in=LAID_DOWN).first()


def next_version(programme: str, ags: str) -> tuple[int, Strategy | None]:
    """The number of a new version, and the one that it follows on."""
    last = of_body(programme, ags).first()
    return (last.version + 1, last) if last else (1, None)


def next_code(programme: str, ags: str) -> int:
    """The number of the next new priority of a body: one that no version ever had."""
    rows = Strategy.objects.filter(programme=programme, ags=ags).values_list("priorities")
    used = [int(one["code"][1:]) for (priorities,) in rows for one in priorities]
    return max(used, default=0) + 1


def dropped(strategy: Strategy) -> list[dict[str, str]]:
    """The priorities of the version before that this one has no more."""
    if strategy.replaces is None:
        return []
    kept = {one["code"] for one in strategy.priorities}
    return [one for one in strategy.replaces.priorities if one["code"] not in kept]


def others_in_force(strategy: Strategy) -> list[Strategy]:
    """The other versions of the body that were put in force and not withdrawn."""
    rows = Strategy.objects.filter(programme=strategy.programme, ags=strategy.ags)
    return list(rows.filter(state=StrategyState.IN_FORCE).exclude(pk=strategy.pk).order_by("pk"))


def gone_on(programme: str, ags: str, on: date) -> date | None:
    """The last day of a body that exists no more on a day; None where it does."""
    own = [body for body in packs.bodies(programme) if body.ags == ags]
    if any(holds_on(body, on) for body in own):
        return None
    ended = [body.valid_until for body in own if body.valid_until and body.valid_until < on]
    return max(ended, default=None)


def facts_of(strategy: Strategy, on: date) -> StrategyFacts:
    """The facts for the guards of a version's steps."""
    names = wanted(strategy)
    open_ = open_parties(strategy, answers_of([strategy])[strategy.pk]) if names else None
    blanks = (
        *((NO_PRIORITY,) if not strategy.priorities else ()),
        *((NO_DOCUMENT,) if strategy.document_id is None else ()),
    )
    others = [other.validity for other in others_in_force(strategy)]
    other = in_work(strategy.programme, strategy.ags)
    return StrategyFacts(
        blanks=blanks,
        lacking=named(open_.lacking, names) if open_ else (),
        refused=named(open_.refused, names) if open_ else (),
        in_the_way=in_the_way(strategy.validity, others),
        gone_on=gone_on(strategy.programme, strategy.ags, strategy.valid_from),
        other=other.file_number if other and other.pk != strategy.pk else "",
    )


def lifecycle_of(strategy: Strategy) -> Lifecycle:
    """The path that the rules of the version's time declare."""
    rules = programmes.rules(strategy.programme, strategy.year, strategy.rule_version)
    return STRATEGY.lifecycle(rules.procedure("strategy"))
