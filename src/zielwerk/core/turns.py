"""Whose turn it is: the open steps of all cases, kept beside them so that they are found at once.

A row (:class:`~zielwerk.core.models.Turn`) is made from its case whenever that is saved, and all
are compared with their cases as the server starts, for a programme's rules may have changed. The
rows decide nothing: whoever takes a step is asked by the permission table as ever. What became of
a case is kept as :class:`~zielwerk.core.models.Outcome` for those whom it concerns.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact
from django.utils.timezone import localdate

from zielwerk.core import capacity, cases, due_days, permissions, queries, stages
from zielwerk.core.actions import acting
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case, Kind
from zielwerk.core.models import Outcome, Turn
from zielwerk.core.permissions import Actor
from zielwerk.rulebook.lifecycle import Look, Step, english_of
from zielwerk.rulebook.refusal import msgs

RETURNED = msgs(
    "zurückgegebener Vorgang ist zu überarbeiten",
    "zurückgegebene Vorgänge sind zu überarbeiten",
)
WRITTEN = [column.name for column in Turn._meta.concrete_fields if column.name != "id"]


# --- kept with the case -------------------------------------------------------------------


def keep(case: Case) -> None:
    """Make the rows of a case that was saved."""
    Turn.objects.filter(about=reference(case)).delete()
    Turn.objects.bulk_create(rows_of(case))


def keep_all(using: str) -> None:
    """Compare all rows with their cases, and make anew what differs."""
    kept = {
        (row.about, row.verb): row for row in Turn.objects.using(using).iterator(chunk_size=2000)
    }
    made = {(row.about, row.verb): row for row in _all_rows(using)}
    strange = [row.pk for key, row in kept.items() if key not in made or _differ(row, made[key])]
    missing = [row for key, row in made.items() if key not in kept or _differ(kept[key], row)]
    for start in range(0, len(strange), 500):
        Turn.objects.using(using).filter(pk__in=strange[start : start + 500]).delete()
    Turn.objects.using(using).bulk_create(missing, batch_size=500)


def _all_rows(using: str) -> Iterator[Turn]:
    for kind in cases.KINDS.values():
        table = kind.model._default_manager.using(using).filter(programme=settings.PROGRAMME)
        for case in table.filter(state__in=kind.open_states):
            yield from rows_of(case)


def _differ(one: Turn, other: Turn) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in WRITTEN)


def rows_of(case: Case) -> list[Turn]:
    """A row for each step that the case waits for."""
    kind = cases.kind_of(case)
    return [_row(kind, case, step) for step in kind.open_steps(case) if task_of(case, step)]


def task_of(case: Case, step: Step) -> tuple[str, str] | None:
    """What the case waits for, for one and for several; None where nobody is asked for the step.

    What was given back waits for its first stage, also where a draft waits for nobody.
    """
    is_again = bool(case.word) and step.look == Look.PRIMARY and bool(step.act)
    return step.task or (RETURNED if is_again else None)


def _row(kind: Kind[Any], case: Case, step: Step) -> Turn:
    task, word, due = task_of(case, step), case.word, due_days.due_day(case, step)
    assert task
    return Turn(
        about=reference(case),
        kind=kind.name,
        programme=case.programme,
        year=case.year,
        ags=getattr(case, "ags", ""),
        title=str(case)[:200],
        state=case.state,
        verb=step.verb,
        task=task[0],
        permission=step.by,
        side=step.side,
        barred=_barred(case, step),
        put_forward_by=case.put_forward_by,
        house=case.put_forward_for,
        returned_by=word.get("by", ""),
        reason=word.get("note", ""),
        since=case.state_since,
        since_on=localdate(case.state_since),
        due=due,
        order_on=due or date.max,
        is_due_assumed=due_days.is_due_assumed(case, step),
    )


def _barred(case: Case, step: Step) -> str:
    """The persons who may not take a step, each between blanks."""
    row = permissions.permission(step.by)
    names = list(row.barred(case)) if row.barred else []
    names += [taken["by"] for taken in case.trail if step.four_eyes]
    found = {person for name in names if name for person in capacity.persons(name)}
    return f" {' '.join(sorted(found))} " if found else ""


def note_outcome(case: Case, step: Step) -> None:
    """Keep what became of a case; of one that went back, its open step says it."""
    is_over = cases.kind_of(case).lifecycle(case).is_final(case.state)
    if step.is_taking_back or not is_over:
        return
    word, actor = case.word, acting()
    Outcome.objects.create(
        about=reference(case),
        kind=case.seal_name,
        programme=case.programme,
        year=case.year,
        ags=getattr(case, "ags", ""),
        title=str(case)[:200],
        label=str(case.state_label),
        label_en=english_of(case.state_label),
        note=word.get("note", ""),
        put_forward_by=case.put_forward_by,
        house=case.put_forward_for,
        by=actor.audit_name,
        at=case.state_since,
    )


# --- found for a person -------------------------------------------------------------------


def asked(actor: Actor, programme: str) -> QuerySet[Turn]:
    """The steps that this person may take of those that cases wait for."""
    return Turn.objects.filter(is_asked(actor), programme=programme)


def is_asked(actor: Actor) -> Q:
    """The condition that a step waits for this person: role, perimeter, and four eyes."""
    names = sorted({step.by for step in _asking() if not permissions.role_refusal(actor, step.by)})
    condition = Q(permission__in=names, side__in=["", *sorted(actor.roles)])
    if not actor.perimeter.is_whole:
        of_hers = Q(ags="", put_forward_by__in=sorted(capacity.names(actor)))
        condition &= queries.perimeter(actor) | of_hers
    for person in sorted(capacity.persons(actor.audit_name)):
        condition &= Q(Exact(StrIndex("barred", Value(f" {person} ")), 0))
    return condition


def _asking() -> Iterable[Step]:
    """Every step that a case of any kind may wait for."""
    tables = (table for kind in cases.KINDS.values() for table in kind.known_tables)
    return (step for table in tables for step in table.steps if step.task or step.act)


def is_of(actor: Actor, field: str = "put_forward_by") -> Q:
    """The condition that a name of the chain is the person's, or hers for whom she stands in."""
    condition = Q()
    for person in sorted(capacity.persons(actor.audit_name)):
        condition |= Q(**{field: person}) | Q(**{f"{field}__endswith": f"+{person}"})
        condition |= Q(**{f"{field}__startswith": f"{person}@"})
        condition |= Q(**{f"{field}__startswith": f"{person}+"})
    return condition


def seen_kinds(actor: Actor) -> list[str]:
    """The kinds of cases that a person may look at."""
    kinds = cases.KINDS.values()
    return [kind.name for kind in kinds if not permissions.role_refusal(actor, kind.look)]


def of_others(actor: Actor, programme: str) -> QuerySet[Turn]:
    """What this person's organisation put forward, and others than she are asked to do."""
    turns = Turn.objects.filter(programme=programme, house=capacity.house(actor))
    return turns.filter(kind__in=seen_kinds(actor)).exclude(is_asked(actor))


def outcomes(actor: Actor, programme: str) -> QuerySet[Outcome]:
    """What others decided about what this person put forward, or about her body.

    Of bodies outside the perimeter that she acts in now nothing: she could not open it.
    """
    found = Outcome.objects.filter(programme=programme, kind__in=seen_kinds(actor))
    if within := queries.perimeter(actor):
        found = found.filter(within | Q(ags=""))
    concerned = is_of(actor)
    if actor.ags:
        concerned |= Q(ags=actor.ags) | Q(house=capacity.house(actor))
    return found.filter(concerned).exclude(is_of(actor, "by"))


def several(task: str) -> str:
    """What several cases wait for, by what one of them does."""
    return dict([RETURNED, *(step.task for step in _asking() if step.task)])[task]


def who(turn: Turn) -> tuple[str, ...]:
    """The roles that are asked, as German msgids."""
    names = stages.roles_for(turn.permission, turn.side)
    return tuple(permissions.ROLES[name] for name in permissions.ROLES if name in names)
