"""Proving the audit log and the books from a page."""

from datetime import datetime

from zielwerk.core import jobs
from zielwerk.core.actions import action
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor

PROVE = "desk.prove"  # the kind of job


@action("desk.look_at_audit")
def begin_proof(actor: Actor, subject: None, *, at: datetime) -> Job:
    """Queue the proof of the audit chain and of the books."""
    return jobs.start(actor, PROVE, {}, at=at)
