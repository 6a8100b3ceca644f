"""Declaring kinds of cases: a kind whose parts do not agree ends the start."""

from dataclasses import fields
from itertools import chain
from string import Formatter
from typing import Any

from zielwerk.core.cases import KINDS, STEPS, Kind
from zielwerk.core.due_days import own_days
from zielwerk.rulebook.tasks import Deadlines


def declare(*kinds: Kind[Any]) -> None:
    """Add a room's kinds of cases, see :func:`check`; a name is declared once."""
    for kind in kinds:
        if KINDS.setdefault(kind.name, kind) is not kind:
            raise ValueError(f"the kind of case {kind.name} is declared twice")
        check(kind)


def check(kind: Kind[Any]) -> None:
    """Raise ValueError where a table of steps and the rest of the kind do not agree.

    A step without a function, with one that asks for another permission, or that is due on a
    day which neither the case nor a programme year has; a sentence with a slot that the kind
    does not fill; a form, a panel, a door or a look of something that no table has; a column
    of twins that the model has not.
    """
    verbs = {step.taken_by for table in kind.tables for step in table.steps}
    by_act = (kind.forms, kind.panels, kind.doors, kind.before)
    strange = {*chain.from_iterable(by_act), *(verb.__name__ for verb in kind.verbs)}
    states = {state for table in kind.tables for state in table.labels}
    if unknown := sorted((strange - verbs) | (set(kind.looks) - states)):
        raise ValueError(f"{kind.name}: no table has {', '.join(unknown)}")
    columns = {column.name for column in kind.model._meta.get_fields()}
    wanted = {*kind.twins.columns, kind.twins.made_at} if kind.twins else set()
    if unknown := sorted(wanted - columns):
        raise ValueError(f"{kind.name}: twins by {', '.join(unknown)}, no known column")
    days = own_days(kind.model) | {column.name for column in fields(Deadlines)}
    for table in kind.tables:
        for row in table.steps:
            if row.due and row.due not in days:
                raise ValueError(f"{table.name}: {row.verb} is due on {row.due}, no known day")
            parts = (*Formatter().parse(row.done), *Formatter().parse(row.asks))
            slots = {slot for _, slot, _, _ in parts if slot}
            if unknown := sorted(slots - {"number", *kind.slots}):
                raise ValueError(f"{table.name}: {row.verb} speaks of {', '.join(unknown)}")
        for row in table.steps:
            act = row.taken_by
            permission = next(
                (STEPS[function] for function in kind.verbs if function.__name__ == act), ""
            )
            if not permission:
                raise ValueError(f"{table.name}: nothing takes the step {act}")
            if permission != row.by:
                raise ValueError(
                    f"{table.name}: {act} is by {row.by}, its function by {permission}"
                )
