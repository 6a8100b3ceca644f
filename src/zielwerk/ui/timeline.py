"""The timeline of a record: what the chain vouches for, by whom, and on which legal basis."""

from dataclasses import dataclass, replace
from datetime import datetime

from zielwerk.core import cases, permissions, queries, taken
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.models import AuditEntry, Sealed
from zielwerk.rulebook.lifecycle import OWN_RULE, Step
from zielwerk.rulebook.refusal import Said
from zielwerk.ui.joined import JOINED
from zielwerk.ui.views import Request


@dataclass(frozen=True)
class Event:
    """A verb done to a case, by whom and on which legal basis; ``times`` in a row.

    ``origin`` says from what the case was made, ``verb`` and ``actor`` are its names in the chain.
    """

    at: datetime
    label: str
    who: str
    basis: str = ""
    times: int = 1
    origin: Said | None = None
    verb: str = ""
    actor: str = ""


def timeline(
    request: Request, record: Sealed, *more: Sealed, is_whole: bool = False
) -> tuple[Event, ...]:
    """The events of a case or of another record that the chain vouches for, oldest first.

    ``more`` are records whose events belong to it. One verb by one person in a row is one event,
    but for stages of a programme: each is its own; of a whole timeline every verb is.
    """
    records = (record, *more)
    entries = list(queries.audit_entries_of(*map(reference, records)))
    names = JOINED.names_for(request, {entry.actor for entry in entries})
    stages = {
        entry.pk: step
        for each in records
        if isinstance(each, Case)
        for entry, step in taken.stages(each, entries)
    }
    kinds = (cases.KINDS.get(each.seal_name) for each in records)
    tables = [table for kind in kinds if kind and not kind.frame for table in kind.tables]
    bases = {step.by: step.basis for table in tables for step in table.steps}
    events: list[tuple[AuditEntry, int]] = []
    for entry in entries:
        last, times = events[-1] if events else (None, 0)
        is_same = last is not None and not is_whole and _is_same(last, entry)
        if last and is_same and stages.get(last.pk) == stages.get(entry.pk):
            events[-1] = (entry, times + 1)
        else:
            events.append((entry, 1))
    told = [
        Event(
            entry.at,
            stage.label if stage else permissions.label(entry.verb),
            names[entry.actor],
            _basis(stage) if stage else bases.get(entry.verb, ""),
            times,
            verb=entry.verb,
            actor=entry.actor,
        )
        for entry, times, stage in ((*event, stages.get(event[0].pk)) for event in events)
    ]
    if told and isinstance(record, Case):
        origin = cases.kind_of(record).origin(request.user, record)
        told[0] = replace(told[0], origin=origin)
    return tuple(told)


def _basis(step: Step) -> str:
    """The norm of a step; none where a programme names none for its stage: that is no own rule."""
    return "" if step.act and step.basis == OWN_RULE else step.basis


def _is_same(entry: AuditEntry, other: AuditEntry) -> bool:
    """Whether two entries are one verb by one person."""
    return (entry.verb, entry.actor) == (other.verb, other.actor)
