"""What waits for a person: the open steps of cases that she is asked to take, and no row of ours.

So it is moot at the very moment at which the case has moved on, and nobody has to clear it away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.core import cases, due_days, stages
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case, Kind
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.tasks import is_late


@dataclass(frozen=True)
class Waiting:
    """A step of a case that somebody is asked to take."""

    case: Case
    step: Step

    @property
    def name(self) -> str:
        """What it is, for good: the case's name in the audit chain and the verb."""
        return f"{reference(self.case)}#{self.step.verb}"

    @property
    def url(self) -> str:
        return reverse(cases.kind_of(self.case).page, args=[self.case.pk])

    @property
    def since(self) -> date:
        return localdate(self.case.state_since)

    @property
    def due(self) -> date | None:
        return due_days.due_day(self.case, self.step)

    @property
    def is_assumed(self) -> bool:
        """Whether no source names the day until which it is to be taken."""
        return self.due is not None and due_days.is_due_assumed(self.case, self.step)

    def is_late(self, today: date) -> bool:
        return is_late(self.due, self.since, today)


def asked_steps(kind: Kind[Any]) -> list[Step]:
    """The steps of a kind that somebody is asked to take."""
    return [step for table in kind.known_tables for step in table.steps if step.task]


def waiting(user: Actor, programme: str) -> Iterator[Waiting]:
    """The steps that a person is asked to take, the longest waiting of each kind first.

    One query a kind of which she may take a step; whoever wants the first only reads no more.
    """
    for kind in cases.KINDS.values():
        if all(stages.role_refusal(user, step) for step in asked_steps(kind)):
            continue
        for case in kind.open_cases(user, programme).iterator(chunk_size=200):
            yield from of_case(user, kind, case)


def of_case(user: Actor, kind: Kind[Any], case: Case) -> Iterator[Waiting]:
    """The steps of a case that a person who sees it is asked to take."""
    for step in kind.open_steps(case):
        if step.task and not cases.step_refusal(user, step, case):
            yield Waiting(case, step)


def waiting_of(user: Actor, name: str) -> Waiting | None:
    """The step of this name, if it waits for the person still."""
    subject, _, verb = name.partition("#")
    parsed = cases.parse(subject)
    if parsed is None:
        return None
    kind, pk = parsed
    case = kind.seen(user, settings.PROGRAMME).filter(pk=pk).first()
    found = of_case(user, kind, case) if case else iter(())
    return next((one for one in found if one.step.verb == verb), None)
