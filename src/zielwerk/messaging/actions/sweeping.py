"""Making ready what the day brings: digests at their hour, reminders before deadlines.

How far it was done is written in the transaction of what was made ready, and each mail is made
once by what it is about; so a worker that is killed leaves out and doubles nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, localtime

from zielwerk.core import cases
from zielwerk.core.cases import Case, Kind
from zielwerk.identity.models import User
from zielwerk.messaging import queries
from zielwerk.messaging.actions import marking, outbox
from zielwerk.messaging.actions.telling import locked_reading
from zielwerk.messaging.models import Mail, MailChoice, Reading, Recalled
from zielwerk.messaging.queries import people
from zielwerk.messaging.queries.open_steps import Waiting, asked_steps
from zielwerk.packs import loading as packs
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.mailing import digest_hours, is_reminder_due


def sweep(at: datetime) -> None:
    """Make ready what has come due since the last time; once an hour."""
    now = localtime(at)
    before = Reading.objects.values_list("swept_at", flat=True).filter(pk=1).first()
    if before and (localtime(before).date(), localtime(before).hour) >= (now.date(), now.hour):
        return
    with transaction.atomic():
        reading = locked_reading()
        last = localtime(reading.swept_at) if reading.swept_at else None
        hour = digest_hours(last, now, state())
        if hour is not None:
            outbox.put([*_digests(hour, at), *_reminders(at)])
            _recall(at)
        reading.swept_at = at
        reading.save(update_fields=["swept_at"])
        outbox.forget_old(at)
        marking.forget_old(at)


def state() -> str:
    """The state whose holidays count; empty where the programme names none."""
    return packs.programme(settings.PROGRAMME).holidays


def _digests(hour: int, at: datetime) -> Iterator[Mail]:
    """A digest for everybody who wants one and whose hour of the day has come."""
    chosen = {choice.person_id: choice for choice in MailChoice.objects.all()}
    usual, today = MailChoice(), localdate(at)
    there = User.objects.filter(is_active=True, posts__ended_at=None).distinct().order_by("pk")
    for person in there:
        choice = chosen.get(person.pk, usual)
        wants_one = MailChoice.Way.DIGEST in (choice.actions, choice.information)
        if wants_one and choice.hour <= hour:
            yield outbox.mail(person, Mail.Kind.DIGEST, f"digest {today.isoformat()}", at)


def _reminders(at: datetime) -> Iterator[Mail]:
    """A reminder for everybody who is asked to do what is due within some working days."""
    asking = people.Asking(localdate(at))
    declined = MailChoice.objects.filter(has_reminders=False)
    without = set(declined.values_list("person", flat=True))
    for kind in cases.KINDS.values():
        for case, step, due in _soon_due(kind, asking.day):
            one = Waiting(case, step)
            for user in asking.able(step.by):
                if user.pk not in without and _is_asked(user, kind, case, step):
                    once = f"reminder {one.name} {due.isoformat()}"
                    params: dict[str, Any] = {"of": one.name, "due": due.isoformat()}
                    yield outbox.mail(user, Mail.Kind.REMINDER, once, at, **params)


def _recall(at: datetime) -> None:
    """One mail to everybody of all that comes near and that she was not reminded of yet."""
    near = list(queries.recalls(localdate(at))) if settings.MAIL else []
    if not near:
        return
    asking = people.Asking(localdate(at))
    asked = dict.fromkeys(permission for one in near for permission, _ in one.to)
    users = [user for permission in asked for user in asking.able(permission)]
    told = queries.told_already({user.pk for user in users})
    declined = MailChoice.objects.filter(has_reminders=False)
    told_none = set(declined.values_list("person", flat=True))
    for user in users:
        if user.pk in told_none:
            continue
        new = [one for one in near if one.is_for(user)]
        new = [one for one in new if (user.pk, one.subject, one.stage) not in told]
        told |= {(user.pk, one.subject, one.stage) for one in new}
        for is_move in (False, True):  # what ends and what waits is told in different words
            if alike := [one for one in new if one.is_move == is_move]:
                _put_recall(user, alike, at)


def _put_recall(user: User, new: list[queries.Recall], at: datetime) -> None:
    once = f"recall {new[0].subject} {new[0].stage} {at.isoformat()}"
    mail = outbox.mail(user, Mail.Kind.REMINDER, once, at, recalls=[one.subject for one in new])
    Recalled.objects.bulk_create(
        Recalled(person_id=user.pk, subject=one.subject, stage=one.stage, at=at) for one in new
    )
    outbox.put([mail])


def _soon_due(kind: Kind[Any], today: date) -> Iterator[tuple[Case, Step, date]]:
    """The steps of a kind's open cases whose deadline is to be recalled on a day."""
    asked = asked_steps(kind)
    if not any(step.due or step.deadline for step in asked):
        return
    states = {source for step in asked for source in step.sources}
    rows = kind.model._default_manager.filter(
        programme=settings.PROGRAMME, state__in=sorted(states)
    )
    for case in rows.order_by("pk").iterator(chunk_size=500):
        for step in kind.open_steps(case):
            due = Waiting(case, step).due if step.task else None
            if due and is_reminder_due(due, today, days_before(case), state()):
                yield case, step, due


def days_before(case: Case) -> int:
    """How many working days before a deadline people are reminded; 0 where they are not."""
    if case.year not in packs.years(case.programme):
        return 0
    return packs.load(case.programme, case.year).reminder_days


def _is_asked(user: User, kind: Kind[Any], case: Case, step: Step) -> bool:
    if cases.step_refusal(user, step, case):
        return False
    return kind.seen(user, settings.PROGRAMME).filter(pk=case.pk).exists()
