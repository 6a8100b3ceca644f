"""The steps that a case took, as the audit chain vouches for them, and what was noted of them."""

from collections.abc import Iterable
from datetime import datetime

from zielwerk.core import cases
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.refusal import Refused


def stages(case: Case, entries: Iterable[AuditEntry]) -> list[tuple[AuditEntry, Step]]:
    """The steps that a case took of a path that its programme declares, by its entries in order.

    Stages that share a permission are told apart by the state to which the steps before led.
    """
    kind = cases.kind_of(case)
    if kind.frame is None:
        return []
    try:
        steps = kind.lifecycle(case).steps
    except Refused:  # rules that nobody kept: it was changed past the chain
        return []
    state, name, taken = kind.frame.initial, reference(case), []
    for entry in entries:
        asking = [step for step in steps if step.by == entry.verb]
        if entry.subject == name and asking:
            step = next((step for step in asking if state in step.sources), asking[0])
            state = step.target
            taken.append((entry, step))
    return taken


def noted(actor: Actor, case: Case) -> list[dict[str, str]]:
    """The stages of a case and the reasons against it, each with its words as far as one is told.

    Whoever sees a case only once it is out reads nothing of what was weighed before.
    """
    since = cases.kind_of(case).told_from(actor, case)
    return [
        {**one, "note": ""} if since and datetime.fromisoformat(one["at"]) < since else one
        for one in (*case.trail, *case.words)
    ]
