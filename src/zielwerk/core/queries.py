"""Reads of the audit log and of jobs."""

from django.db.models import QuerySet
from django.http import Http404

from zielwerk.core.models import AuditEntry, AuditHead, Job
from zielwerk.core.permissions import Actor


def audit_length() -> int:
    return AuditHead.objects.values_list("entry", flat=True).get(pk=1)


def audit_entries() -> QuerySet[AuditEntry]:
    """The audit log, newest first."""
    return AuditEntry.objects.order_by("-pk")


def audit_entries_of(*subjects: str) -> QuerySet[AuditEntry]:
    """The audit entries of records (by their names in the chain), oldest first."""
    return AuditEntry.objects.filter(subject__in=subjects).order_by("pk")


def job(user: Actor, pk: int) -> Job:
    """A job that this person started."""
    job = Job.objects.filter(pk=pk, started_by=user.audit_name).first()
    if job is None:
        raise Http404
    return job
