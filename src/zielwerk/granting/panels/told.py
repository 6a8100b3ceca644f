"""What people are told of notices: that a day changed, and that one passed to a successor."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zielwerk.core.capacity import numbers
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.granting import queries
from zielwerk.granting.models import Issuing, ReckonedDays, Takeover
from zielwerk.messaging.queries import Told
from zielwerk.rulebook.grant.delivery import Change
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg

REMEDY = "remedy_until"
MOVED = msg("{number}: Tage haben sich geändert. {days}")
INSTEAD = msg("{day}: {after} statt {before}")
NEW = msg("{day}: neu {after}")
GONE = msg("{day}: entfällt, bisher {before}")
PASSED = msg("{number} ist durch Rechtsnachfolge übergegangen von {source} auf {target}.")


def case_of(row: ReckonedDays) -> Issuing:
    return row.act or row.notice


def responsible(case: Issuing) -> set[int]:
    """Who wrote it, put it forward or issued it: the officers who watch its days."""
    names = (case.written_by, case.put_forward_by, case.issued_by)
    return {number for name in names for number in numbers(name)[:1]}


def days_seen(user: Actor, programme: str) -> QuerySet[ReckonedDays]:
    rows = ReckonedDays.objects.filter(notice__in=queries.notices(user, programme).values("pk"))
    return rows.select_related("notice", "act")


def told_of_days(row: ReckonedDays, verb: str) -> Said:
    days = [said_of(each) for each in row.changes]
    return Said(MOVED, {"number": case_of(row).file_number, "days": days})


def said_of(change: Change) -> Said:
    """A day that changed: what for, the day now, the day before."""
    both: dict[str, Any] = {"before": change.before, "after": change.after}
    known = {name: day for name, day in both.items() if day}
    sentence = INSTEAD if len(known) == 2 else NEW if change.after else GONE
    return Said(sentence, {"day": Label(change.label), **known})


def url_of(row: ReckonedDays) -> str:
    if row.act_id:
        return f"{reverse('granting:act', args=[row.act_id])}#fristen"
    return f"{reverse('granting:notice', args=[row.notice_id])}#fristen"


def officers(row: ReckonedDays) -> set[int]:
    return responsible(case_of(row)) if row.moved else set()


def body_told(row: ReckonedDays) -> str:
    """The body is told where the day until which it can contest is another one."""
    is_own = any(each.code == REMEDY and each.before for each in row.changes)
    return row.ags if is_own else ""


def takeovers(user: Actor, programme: str) -> QuerySet[Takeover]:
    rows = Takeover.objects.filter(notice__programme=programme).select_related("notice")
    return within(user, rows, "notice__ags")


def told_of_takeover(row: Takeover, verb: str) -> Said:
    ends = {"source": row.source_name, "target": row.target_name}
    return Said(PASSED, {"number": row.notice.file_number, **ends})


TELLING = (
    Told(
        ReckonedDays,
        days_seen,
        told_of_days,
        url_of,
        lambda row: case_of(row).file_number,
        persons=officers,
        body=body_told,
        look="granting.look",
    ),
    Told(
        Takeover,
        takeovers,
        told_of_takeover,
        lambda row: reverse("granting:notice", args=[row.notice_id]),
        lambda row: row.notice.file_number,
        persons=lambda row: responsible(row.notice),
        body=lambda row: row.target,
        look="granting.look",
    ),
)
