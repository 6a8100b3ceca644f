"""The worker reads on in the audit chain and tells everybody concerned.

What is read, whom it tells and how far it was read are written in one transaction, and one
worker reads at a time: a killed one leaves nothing half told, and the next begins where the last
one was done. That nobody is told twice the database says as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from zielwerk.core import cases
from zielwerk.core import queries as core
from zielwerk.core.capacity import numbers
from zielwerk.core.cases import Case, Kind
from zielwerk.core.models import AuditEntry, AuditSeal
from zielwerk.messaging.actions import outbox
from zielwerk.messaging.models import FoundState, Mail, Notice, Reading
from zielwerk.messaging.queries import TOLD, Waiting, people
from zielwerk.rulebook.refusal import Refused

BATCH = 200  # entries read in one transaction


@dataclass
class Batch:
    """Some entries of the chain, and what each record sealed by them was last touched by."""

    at: datetime
    asking: people.Asking
    touched: dict[str, AuditEntry] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    notices: list[Notice] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)

    def of(self, names: Any) -> dict[str, list[int]]:
        """The numbers of the touched records of some kinds, by kind."""
        found: dict[str, list[int]] = defaultdict(list)
        for subject in self.touched:
            kind, _, number = subject.partition(":")
            if kind in names and number.isdecimal():
                found[kind].append(int(number))
        return found


def tell_all(at: datetime) -> int:
    """Read the chain to its end; how many entries were read."""
    total = 0
    while read := tell(at):
        total += read
    return total


def tell(at: datetime) -> int:
    """Read the next entries of the chain and tell of them; how many they were, 0 at its end."""
    known = Reading.objects.values_list("entry", flat=True).filter(pk=1).first() or 0
    if core.audit_length() <= known:
        return 0
    with transaction.atomic():
        reading = locked_reading()
        entries = list(AuditEntry.objects.filter(pk__gt=reading.entry).order_by("pk")[:BATCH])
        if entries:
            _tell(_touched(entries, at))
            reading.entry = entries[-1].pk
            reading.save(update_fields=["entry"])
    return len(entries)


def locked_reading() -> Reading:
    """How far the worker has come; whoever has it is alone until the transaction ends."""
    Reading.objects.get_or_create(pk=1)
    return Reading.objects.select_for_update().get(pk=1)


def _touched(entries: list[AuditEntry], at: datetime) -> Batch:
    batch, by_number = (
        Batch(at, people.Asking(localdate(at))),
        {entry.pk: entry for entry in entries},
    )
    seals = AuditSeal.objects.filter(entry__gte=entries[0].pk, entry__lte=entries[-1].pk)
    for number, subject in seals.order_by("pk").values_list("entry", "subject"):
        batch.touched[subject] = by_number[number]
    return batch


def _tell(batch: Batch) -> None:
    _tell_of_cases(batch)
    _tell_of_records(batch)
    # Whoever sees the case itself is told of it first; of the same as a record no more.
    Notice.objects.bulk_create(batch.notices, ignore_conflicts=True)
    _mail_information(batch)
    outbox.put(batch.mails)


# --- cases ---------------------------------------------------------------------------------


def _tell_of_cases(batch: Batch) -> None:
    changed = list(_changed(batch))
    if not changed:
        return
    names = [f"{kind.name}:{case.pk}" for kind, case in changed]
    batch.changed.update(names)
    acted: dict[str, set[str]] = defaultdict(set)
    entries = AuditEntry.objects.filter(subject__in=names)
    for subject, actor in entries.values_list("subject", "actor").order_by().distinct():
        acted[subject].add(actor)
    passed_on = people.passed_on()
    asking, at_once = batch.asking, people.at_once("actions")
    for name, (kind, case) in zip(names, changed, strict=True):
        entry = batch.touched[name]
        having_part = people.having_part(acted[name], passed_on)
        concerned = _concerned(kind, case, having_part, asking) & asking.active
        batch.notices += _notices(name, entry, concerned, case.state_since, str(case.state))
        if at_once:
            batch.mails += _action_mails(kind, case, asking, at_once, batch.at)


def _changed(batch: Batch) -> Iterator[tuple[Kind[Any], Case]]:
    """The touched cases that are in another state than when the chain was last read."""
    found = FoundState.objects.filter(subject__in=list(batch.touched))
    known = dict(found.values_list("subject", "since"))
    newly = []
    for name, pks in batch.of(cases.KINDS).items():
        kind = cases.KINDS[name]
        for case in kind.model._default_manager.filter(pk__in=pks).order_by("pk"):
            subject = f"{name}:{case.pk}"
            if case.programme == settings.PROGRAMME and known.get(subject) != case.state_since:
                newly.append(FoundState(subject=subject, since=case.state_since))
                yield kind, case
    FoundState.objects.bulk_create(
        newly, update_conflicts=True, unique_fields=["subject"], update_fields=["since"]
    )


def _concerned(
    kind: Kind[Any], case: Case, having_part: set[int], asking: people.Asking
) -> set[int]:
    """Who is told that a case is where it ends or begins: who had a part, and its body's people.

    What lies between is told nobody but those whom it waits for; nor is what was changed past
    the chain, so that the rules know no such state.
    """
    try:
        lifecycle = kind.lifecycle(case)
    except Refused:  # rules that nobody kept
        return set()
    is_final = case.state in lifecycle.labels and lifecycle.is_final(case.state)
    if not is_final and case.state not in lifecycle.initial:
        return set()
    ags = getattr(case, "ags", "")
    return having_part | (asking.colleagues(ags, kind.look) if is_final and ags else set())


def _notices(
    subject: str, entry: AuditEntry, concerned: Iterable[int], since: datetime, state: str = ""
) -> list[Notice]:
    """A notice for everybody concerned but who did it."""
    return [
        Notice(
            person_id=number,
            subject=subject,
            verb=entry.verb,
            state=state,
            actor=entry.actor,
            since=since,
        )
        for number in sorted(concerned)
        if number not in numbers(entry.actor)[:1]
    ]


def _action_mails(
    kind: Kind[Any], case: Case, asking: people.Asking, at_once: set[int], at: datetime
) -> list[Mail]:
    """A mail for everybody who is asked now and wants to know at once."""
    mails = []
    for step in kind.open_steps(case):
        for user in asking.able(step.by) if step.task else ():
            is_asked = user.pk in at_once and not cases.step_refusal(user, step, case)
            if is_asked and kind.seen(user, settings.PROGRAMME).filter(pk=case.pk).exists():
                one = Waiting(case, step)
                once = f"action {one.name} {case.state_since.isoformat()}"
                mails.append(outbox.mail(user, Mail.Kind.ACTION, once, at, of=one.name))
    return mails


# --- other records -------------------------------------------------------------------------


def _tell_of_records(batch: Batch) -> None:
    """Of posts, deputies, and what rooms above declare: whoever is named, and a body's people."""
    for name, pks in batch.of(TOLD).items():
        kind = TOLD[name]
        for record in kind.model._default_manager.filter(pk__in=pks).order_by("pk"):
            subject = f"{name}:{record.pk}"
            if isinstance(record, Case) and subject not in batch.changed:
                continue
            entry, body = batch.touched[subject], kind.body(record)
            since = record.state_since if isinstance(record, Case) else entry.at
            concerned = set(kind.persons(record))
            if body:
                concerned |= batch.asking.colleagues(body, kind.look)
            concerned &= batch.asking.active
            batch.notices += _notices(subject, entry, concerned, since)


def _mail_information(batch: Batch) -> None:
    """A mail for everybody who wants to know at once what happened."""
    at_once = people.at_once("information")
    if not at_once:
        return
    subjects = {notice.subject for notice in batch.notices}
    rows = Notice.objects.filter(subject__in=subjects, person__in=at_once, read_at=None)
    for notice in rows.select_related("person").order_by("pk"):
        once = f"information {notice.pk}"
        batch.mails.append(
            outbox.mail(notice.person, Mail.Kind.INFORMATION, once, batch.at, notice=notice.pk)
        )
