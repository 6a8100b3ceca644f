"""A person's calendar: its secret address, and the days in it as they are now."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.identity.actions import Recovered
from zielwerk.identity.models import User
from zielwerk.messaging.models import CalendarAddress, CalendarDay
from zielwerk.messaging.queries import calendar, people


@dataclass(frozen=True)
class NewAddress:
    """Whose calendar gets an address, and in which language it speaks."""

    person: User
    language: str


@action("messaging.keep_calendar")
def renew_address(actor: Actor, new: NewAddress, *, at: datetime) -> str:
    """Give a person's calendar a new secret address, returned here alone; an earlier one is void.

    Of its key only a digest is kept: whoever loses the address makes a new one.
    """
    key = secrets.token_urlsafe(32)
    values = {"digest": calendar.key_digest(key), "made_at": at, "kept_at": at}
    CalendarAddress.objects.update_or_create(
        person=new.person, defaults={**values, "language": new.language}
    )
    _keep(new.person, at)
    return f"{reverse('messaging:calendar')}?{calendar.KEY}={key}"


@action("messaging.keep_calendar")
def revoke_address(actor: Actor, person: User, *, at: datetime) -> None:
    """Take the address away; whoever knows it reads nothing any more."""
    CalendarAddress.objects.filter(person=person.pk).delete()


def void_address(actor: Actor, recovered: Recovered, *, at: datetime) -> None:
    """Void the address with all else of an access that is recovered: a thief may have made it."""
    CalendarAddress.objects.filter(person=recovered.person.pk).delete()


def keep_all(at: datetime) -> None:
    """Bring the days of every calendar up to date that was not within the hour."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    while due := CalendarAddress.objects.filter(kept_at__lt=hour).order_by("pk").first():
        with transaction.atomic():
            row = CalendarAddress.objects.select_for_update(of=("self",)).filter(pk=due.pk).first()
            if row and row.kept_at < hour:
                _keep(row.person, at)
                row.kept_at = at
                row.save(update_fields=["kept_at"])


def _keep(person: User, at: datetime) -> None:
    """Each change raises the version of a day; what is moot is told as such and not removed."""
    today = localdate(at)
    wanted = calendar.wanted(people.capacities(person, today), today)
    days = {day.name: day for day in CalendarDay.objects.filter(person=person)}
    fresh = [
        CalendarDay(person=person, name=name, day=day, changed_at=at)
        for name, day in wanted.items()
        if name not in days
    ]
    CalendarDay.objects.bulk_create(fresh)
    changed = [day for name, day in days.items() if _changes(day, wanted.get(name), today, at)]
    columns = ["day", "sequence", "changed_at", "cancelled_at"]
    CalendarDay.objects.bulk_update(changed, columns)


def _changes(kept: CalendarDay, day: date | None, today: date, at: datetime) -> bool:
    """Bring one day up to date; whether it is another now."""
    if day is None and (kept.cancelled_at or calendar.is_past(kept, today)):
        return False  # moot before, or past and no longer listed
    if day is not None and day == kept.day and not kept.cancelled_at:
        return False
    kept.day, kept.cancelled_at = day or kept.day, None if day else at
    kept.sequence, kept.changed_at = kept.sequence + 1, at
    return True
