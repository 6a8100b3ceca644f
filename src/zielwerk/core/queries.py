"""What a person sees of any rows; reads of the audit log and of jobs."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from zielwerk.core.models import AuditEntry, AuditHead, AuditSeal, Job
from zielwerk.core.permissions import Actor

M = TypeVar("M", bound=Model)


def perimeter(user: Actor, field: str = "ags") -> Q:
    """The condition that a body's key in ``field`` is within the person's perimeter."""
    keys = user.perimeter.keys
    return Q() if keys is None else Q(**{f"{field}__in": sorted(keys)})


def within(user: Actor, rows: QuerySet[M], field: str = "ags") -> QuerySet[M]:
    """The rows of bodies within the person's perimeter."""
    return rows.filter(perimeter(user, field))


def of_whole(user: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    """Rows that are about all bodies at once: for whoever sees all of them, else none."""
    return rows if user.perimeter.is_whole else rows.none()


def audit_length() -> int:
    return AuditHead.objects.values_list("entry", flat=True).get(pk=1)


def audit_entries() -> QuerySet[AuditEntry]:
    """The audit log, newest first."""
    return AuditEntry.objects.order_by("-pk")


def audit_entries_of(*subjects: str) -> QuerySet[AuditEntry]:
    """The audit entries of records (by their names in the chain), oldest first.

    Also those of verbs that made or changed many records at once, and so name none of them.
    """
    own = AuditEntry.objects.filter(subject__in=subjects).order_by()
    seals = AuditSeal.objects.filter(subject__in=subjects).order_by().values("entry")
    of_many = AuditEntry.objects.filter(subject="", pk__in=seals).order_by()
    return own.union(of_many, all=True).order_by("id")


def job(user: Actor, pk: int) -> Job:
    """A job that this person started."""
    job = Job.objects.filter(pk=pk, started_by=user.audit_name).first()
    if job is None:
        raise Http404
    return job
