"""Who is a body in a period, and who shares in its money.

Three sentences hold throughout:

1. Whoever exists on any day of a period is a body in it: agreements are recorded for it, tables
   name it, lists and pages show it.
2. Of a succession that falls within the period the predecessors share in the money until the
   succession was carried out for it, the successors afterwards. Who begins with it does not
   share beside its predecessors: the same people would count twice.
3. A succession on the first day of the period needs no carrying out where the predecessors are
   no bodies in it any more, or where the figures count those that begin with it apart.
"""

from collections.abc import Iterable, Set
from datetime import date, timedelta
from typing import Protocol, TypeVar

from zielwerk.rulebook.calendar import Dated, Period, holds_during, holds_on


class Existing(Dated, Protocol):
    """A body and the days on which it exists as such."""

    @property
    def ags(self) -> str: ...


class Succeeding(Protocol):
    """A succession: from ``day`` the successors take the place of the predecessors."""

    @property
    def code(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def predecessors(self) -> tuple[str, ...]: ...
    @property
    def successors(self) -> tuple[str, ...]: ...


Body = TypeVar("Body", bound=Existing)


def members(bodies: Iterable[Body], period: Period) -> tuple[Body, ...]:
    """The bodies of a period, each once, as it was last in it; in the order given."""
    return tuple({body.ags: body for body in existing(bodies, period)}.values())


def existing(bodies: Iterable[Body], period: Period) -> tuple[Body, ...]:
    """The same, each as often as it changed: under all the names that it had in the period."""
    return tuple(body for body in bodies if holds_during(body, period))


def sharing(
    bodies: Iterable[Body],
    successions: Iterable[Succeeding],
    period: Period,
    carried_out: Set[str] = frozenset(),
    counted: Set[str] = frozenset(),
) -> tuple[Body, ...]:
    """The bodies that share in the money of a period, in the order given.

    ``carried_out`` are the codes of the successions that were carried out for it, ``counted``
    the bodies for which the figures state values of their own.
    """
    bodies = list(bodies)
    in_period = members(bodies, period)
    share = {body.ags for body in in_period}
    for succession in sorted(successions, key=lambda each: (each.day, each.code)):
        if not period.contains(succession.day):
            continue
        new = beginning(bodies, succession)
        is_open = (
            succession.code not in carried_out
            and {body.ags for body in in_period} >= set(succession.predecessors)
            and not (succession.day == period.first and new <= counted)
        )
        share -= new if is_open else ending(bodies, succession)
    return tuple(body for body in in_period if body.ags in share)


def staying(
    bodies: Iterable[Body],
    successions: Iterable[Succeeding],
    period: Period,
    carried_out: Set[str] = frozenset(),
) -> tuple[Body, ...]:
    """The bodies of a period that money can be given to: all but those that passed on theirs."""
    bodies = list(bodies)
    gone = {
        ags
        for succession in successions
        if succession.code in carried_out
        for ags in ending(bodies, succession)
    }
    return tuple(body for body in members(bodies, period) if body.ags not in gone)


def beginning(bodies: Iterable[Existing], succession: Succeeding) -> set[str]:
    """The successors that begin with a succession: there were none of them the day before."""
    return set(succession.successors) - _on(bodies, succession.day - timedelta(days=1))


def ending(bodies: Iterable[Existing], succession: Succeeding) -> set[str]:
    """The predecessors that end with a succession."""
    return set(succession.predecessors) - _on(bodies, succession.day)


def _on(bodies: Iterable[Existing], day: date) -> set[str]:
    return {body.ags for body in bodies if holds_on(body, day)}
