"""The stages of a version, and the ways back and out."""

from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import seal
from zielwerk.core.cases import save_case, step
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.strategy import STRATEGY, StrategyFacts, ends_on, replaced_by
from zielwerk.strategy import queries
from zielwerk.strategy.actions.asking import void
from zielwerk.strategy.models import Priority, Strategy


def _hold(strategy: Strategy) -> None:
    """Lock every version of the body, before it is seen which of them hold."""
    of_body = Strategy.objects.filter(programme=strategy.programme, ags=strategy.ags)
    list(of_body.select_for_update().order_by("pk").values_list("pk"))


@step(STRATEGY, hold=_hold)
def submit(
    actor: Actor, strategy: Strategy, facts: StrategyFacts | None, note: str = "", *, at: datetime
) -> None:
    """Put a version forward."""


@step(STRATEGY, hold=_hold)
def note(
    actor: Actor, strategy: Strategy, facts: StrategyFacts | None, note: str = "", *, at: datetime
) -> None:
    """Note what comes before a version is put in force, such as a statement, as ``note``."""


@step(STRATEGY, hold=_hold)
def put_in_force(
    actor: Actor, strategy: Strategy, facts: StrategyFacts | None, note: str = "", *, at: datetime
) -> None:
    """Put a version in force; what holds on its first day ends the day before.

    From now on its priorities are fixed.
    """
    strategy.in_force_at = at
    others = queries.others_in_force(strategy)
    ending = replaced_by(strategy.validity, [other.validity for other in others])
    for other in others:
        if other.validity in ending:
            other.ended_on, other.ended_by = strategy.valid_from, strategy
            save_case(other)
    rows = [
        Priority(strategy=strategy, position=place, **point)
        for place, point in enumerate(strategy.priorities, 1)
    ]
    for row in rows:
        row.save()
    seal(*rows)


@step(STRATEGY)
def send_back(
    actor: Actor, strategy: Strategy, facts: None, note: str = "", *, at: datetime
) -> None:
    """Send a version back to those who put it forward, for a reason."""


@step(STRATEGY)
def take_back(actor: Actor, strategy: Strategy, facts: None, *, at: datetime) -> None:
    """Whoever put a version forward takes it back before anybody decided."""


@step(STRATEGY)
def discard(actor: Actor, strategy: Strategy, facts: None, *, at: datetime) -> None:
    """Give a draft up; nobody is asked about it any more."""
    void(strategy, at)


@step(STRATEGY, hold=_hold)
def restore(actor: Actor, strategy: Strategy, facts: StrategyFacts, *, at: datetime) -> None:
    """Take a draft up again that was given up, as the next version."""
    strategy.version, strategy.replaces = queries.next_version(strategy.programme, strategy.ags)


@step(STRATEGY, hold=_hold)
def withdraw(actor: Actor, strategy: Strategy, facts: None, note: str, *, at: datetime) -> None:
    """Withdraw a version from today on; it held on the days before.

    What it would have ended holds on, unless it had begun already.
    """
    today = localdate(at)
    strategy.withdrawn_at = at
    first = ends_on(strategy.valid_from, today)
    strategy.ended_on = min(first, strategy.ended_on or first)
    void(strategy, at)
    if strategy.valid_from <= today:
        return
    for other in queries.others_in_force(strategy):
        if other.ended_by_id == strategy.pk:
            other.ended_on, other.ended_by = None, None
            save_case(other)
