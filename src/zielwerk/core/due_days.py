"""Until when a step of a case is to be taken."""

from datetime import date

from django.utils import timezone

from zielwerk.core.cases import Case, kind_of
from zielwerk.packs import loading as packs
from zielwerk.packs.due import day_of, days_of
from zielwerk.packs.model import Deadline
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.tasks import Deadlines


def due_day(case: Case, step: Step) -> date | None:
    """The last day on which a step is in time: the case's own, or one of its programme year.

    None where the programme's rules name no such day.
    """
    if step.deadline:
        deadline = deadline_of(case, step)
        if deadline is None:
            return None
        return day_of(packs.load(case.programme, case.year), deadline, events_of(case))
    if not step.due:
        return None
    holder: object = case
    if step.due not in own_days(type(case)):
        if case.year not in packs.years(case.programme):
            return None
        rules = packs.load(case.programme, case.year)
        holder = Deadlines.of({each.purpose: day for each, day in days_of(rules)})
    day: date | None = getattr(holder, step.due)
    return day


def events_of(case: Case) -> dict[str, date]:
    """The events of a case that a period may run from: the day on which it began."""
    twins = kind_of(case).twins
    return {"received": timezone.localdate(getattr(case, twins.made_at))} if twins else {}


def deadline_of(case: Case, step: Step) -> Deadline | None:
    """The programme's deadline for a step, where its stage names one."""
    if not step.deadline or case.year not in packs.years(case.programme):
        return None
    deadlines = packs.load(case.programme, case.year).deadlines
    return next((each for each in deadlines if each.code == step.deadline), None)


def is_due_assumed(case: Case, step: Step) -> bool:
    """Whether no source names the day until which a step is to be taken."""
    deadline = deadline_of(case, step)
    return step.is_due_assumed or (deadline is not None and deadline.source.assumed)


def own_days(model: type[Case]) -> set[str]:
    """The columns of a case that hold a day."""
    columns = model._meta.concrete_fields
    return {column.name for column in columns if column.get_internal_type() == "DateField"}
