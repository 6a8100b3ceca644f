"""What a person is told: what waits for her, and what became of what she has a part in."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from zielwerk.core import cases
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.identity import queries as identity
from zielwerk.language import value_text
from zielwerk.messaging.models import Notice
from zielwerk.messaging.queries import told
from zielwerk.messaging.queries.open_steps import Waiting, waiting
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg

NEWS = msg("Es gibt Neues: {what}.")
NOW_IN_STATE = "{kind} {number}: {state}."
LOOKED_AT = 200
"""So many notices are read to find the newest that a person may still see."""


@dataclass(frozen=True)
class Action:
    """Something waits for a person: the case, the step asked for, since when, until when."""

    text: str
    step: Label
    url: str
    since: date
    due: date | None
    is_late: bool
    is_assumed: bool  # whether no source names the day


@dataclass(frozen=True)
class Information:
    """Something happened that concerns a person; ``who`` did it as she may know it."""

    pk: int
    sentence: Said
    who: str
    at: datetime
    url: str
    is_read: bool


@dataclass(frozen=True)
class Brief:
    """What mail says of a notice: ``what`` it is about, the sentence, and where it is shown."""

    pk: int
    what: str
    sentence: Said
    url: str


@dataclass(frozen=True)
class AsTold:
    """A record that is no case to the person, and how its kind is told."""

    kind: told.Told
    record: Any


@dataclass(frozen=True)
class Notices:
    """Both kinds: ``actions`` are never marked read, they vanish when they are done."""

    actions: tuple[Action, ...]
    information: tuple[Information, ...]


def notices_for(user: Any, today: date, most: int = 20) -> Notices:
    """What a person is told today: all that waits for her, late first, and her newest unread."""
    actions = actions_of(waiting(user, settings.PROGRAMME), today)
    return Notices(tuple(actions), tuple(information_for(user, most)))


def actions_of(steps: Iterable[Waiting], today: date) -> list[Action]:
    """Steps as they are told: late first, then by their day."""
    actions = [
        Action(
            str(one.case),
            Label(one.step.label),
            one.url,
            one.since,
            one.due,
            one.is_late(today),
            one.is_assumed,
        )
        for one in steps
    ]
    return sorted(actions, key=lambda one: (not one.is_late, one.due or date.max, one.since))


def information_for(user: Any, most: int = 20) -> list[Information]:
    """The newest that a person has not read: a few queries, however much waits for her."""
    return information(user, unread(user)[:LOOKED_AT])[:most]


def own(user: Any) -> QuerySet[Notice]:
    """All that a person was told of, newest first."""
    return Notice.objects.filter(person=user.pk)


def unread(user: Any) -> QuerySet[Notice]:
    return own(user).filter(read_at=None)


def own_notice(user: Any, pk: int) -> Notice:
    """A notice of the person's own; raises Http404 where there is none."""
    notice = own(user).filter(pk=pk).first()
    if notice is None:
        raise Http404
    return notice


def information(user: Any, notices: Iterable[Notice]) -> list[Information]:
    """Those of some notices whose record the person may see today, as they are said.

    One query a kind of record, whatever their number.
    """
    told_of = list(notices)
    records = _records(user, {notice.subject for notice in told_of})
    names = identity.labels({notice.actor for notice in told_of}, user)
    return [
        Information(
            notice.pk,
            _said(notice, records[notice.subject]),
            names.get(notice.actor, ""),
            notice.since,
            _url(records[notice.subject]),
            notice.is_read,
        )
        for notice in told_of
        if notice.subject in records
    ]


def briefly(user: Any, notices: Iterable[Notice]) -> list[Brief]:
    """The same for mail, which anybody might read on its way: without names and amounts."""
    told_of = list(notices)
    records = _records(user, {notice.subject for notice in told_of})
    return [
        _brief(notice, records[notice.subject]) for notice in told_of if notice.subject in records
    ]


def _brief(notice: Notice, record: Case | AsTold) -> Brief:
    if isinstance(record, Case):
        return Brief(notice.pk, record.file_number, _said(notice, record), _url(record))
    what = record.kind.brief(record.record)
    text = value_text(what, get_language() or "de")
    return Brief(notice.pk, text, Said(NEWS, {"what": what}), _url(record))


def _records(user: Actor, names: Collection[str]) -> dict[str, Case | AsTold]:
    """The records of these names in the chain that a person may see."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for name in names:
        kind, _, number = name.partition(":")
        numbers[kind].append(int(number))
    found: dict[str, Case | AsTold] = {}
    for kind, pks in numbers.items():
        if kind in told.TOLD:
            records = told.seen(user, told.TOLD[kind], pks)
            found |= {name: AsTold(told.TOLD[kind], row) for name, row in records.items()}
        if kind in cases.KINDS:  # whoever sees the case itself is shown it
            rows = cases.KINDS[kind].seen(user, settings.PROGRAMME).filter(pk__in=pks)
            found |= {f"{kind}:{row.pk}": row for row in rows}
    return found


def _said(notice: Notice, record: Case | AsTold) -> Said:
    if not isinstance(record, Case):
        return record.kind.said(record.record, notice.verb)
    kind = cases.kind_of(record)
    params = {
        "kind": Label(kind.label),
        "number": record.file_number,
        "state": Label(kind.labels.get(notice.state, notice.state)),
    }
    return Said(NOW_IN_STATE, params)


def _url(record: Case | AsTold) -> str:
    if isinstance(record, Case):
        return reverse(cases.kind_of(record).page, args=[record.pk])
    return record.kind.url(record.record)


def told_of(subject: str) -> list[tuple[datetime, int]]:
    """When people were told of a record, and how many; one query."""
    rows = Notice.objects.filter(subject=subject).order_by("since").values_list("since")
    return list(rows.annotate(Count("pk")))
