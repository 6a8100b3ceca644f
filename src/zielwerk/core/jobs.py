"""Background work that people can watch: start it, see its progress, survive a kill.

A kind of work is a function ``work(progress, **params)`` that a room's ``jobs`` shelf
registers under a name; it must be idempotent, since a job whose worker was killed runs
again once its lease is over. It returns its outcome; ``message`` is said to the person,
``url`` leads on.

The worker acts in the name of who started a job. A job therefore carries a signature with the
installation's key, which is not in the database: what somebody wrote past the product is not
done. How far a job is and what it said is no proof of anything, and nothing is decided by it.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import Signer
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django_tasks import task

from zielwerk.core import wake
from zielwerk.core.digests import canonical
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.language import sentence, value_text
from zielwerk.rulebook.refusal import Refusal, Refused, msg

LEASE = timedelta(minutes=2)
ATTEMPTS = 3
OPEN = (Job.State.RUNNING, Job.State.QUEUED)
CRASHED = msg("Der Auftrag ist an einem Fehler gescheitert. Der Betrieb wurde benachrichtigt.")
GAVE_UP = msg("Der Auftrag wurde dreimal unterbrochen und nicht weiter versucht.")

FORGED = msg(
    "Diesen Auftrag hat nicht das Programm angelegt, oder er stammt aus einer früheren Fassung. "
    "Er wurde nicht ausgeführt; bitte beginnen Sie neu."
)

Work = Callable[..., dict[str, Any]]
KINDS: dict[str, Work] = {}
log = logging.getLogger("zielwerk.jobs")


def declare(kind: str, work: Work) -> None:
    KINDS[kind] = work


class Progress:
    """How far a running job is; written between transactions, so that people see it."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def of(self, total: int) -> None:
        """Say how many steps there are; starts counting anew after an interruption."""
        Job.objects.filter(pk=self.job.pk).update(total=total, done=0)

    def reach(self, done: int, total: int) -> None:
        """Say how many of how many steps are done; renews the lease."""
        Job.objects.filter(pk=self.job.pk).update(
            done=min(done, total), total=total, lease_until=timezone.now() + LEASE
        )

    def step(self, message: str = "") -> None:
        """One more step is done; renews the lease."""
        Job.objects.filter(pk=self.job.pk).update(
            done=F("done") + 1, message=message[:500], lease_until=timezone.now() + LEASE
        )


def start(actor: Actor, kind: str, params: dict[str, Any], *, at: datetime) -> Job:
    """Queue a piece of work; call inside an action. It begins when the action is committed."""
    assert kind in KINDS, kind
    job = Job.objects.create(
        kind=kind,
        params=params,
        started_by=actor.audit_name,
        signature=signature(kind, params, actor.audit_name),
        created_at=at,
        lease_until=timezone.now() + LEASE,
    )
    transaction.on_commit(lambda: enqueue(job.pk))
    return job


def signature(kind: str, params: dict[str, Any], started_by: str) -> str:
    """What only the product can write beside a job: that this person started this work."""
    return Signer(salt="zielwerk.job").signature(canonical([kind, params, started_by]))


def is_signed(job: Job) -> bool:
    """Whether the product itself queued this work, in this person's name."""
    own = signature(job.kind, job.params, job.started_by)
    return constant_time_compare(own, job.signature)


def waiting() -> int:
    """How many jobs wait or run."""
    return Job.objects.filter(state__in=OPEN).count()


def faults() -> Iterator[Refusal]:
    """Jobs that wait or run and that the product did not queue."""
    for job in Job.objects.filter(state__in=OPEN).order_by("pk").iterator(chunk_size=500):
        if not is_signed(job):
            sentence = msg("Auftrag {number} wurde am Programm vorbei angelegt oder verändert.")
            yield Refusal("audit.job", sentence, {"number": job.pk})


def enqueue(job_id: int) -> None:
    """Hand a job to the worker, and wake it when it can see the job."""
    run.enqueue(job_id)
    transaction.on_commit(wake.call)


@task()
def run(job_id: int) -> None:
    """Do one job if nobody else holds it."""
    now = timezone.now()
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    claimed = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING, lease_until=now + LEASE, attempt=F("attempt") + 1
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    if not is_signed(job):
        _finish(job, Job.State.FAILED, FORGED)
        return
    try:
        outcome = KINDS[job.kind](Progress(job), **job.params)
    except Refused as refused:
        _finish(job, Job.State.FAILED, *_reasons(refused.refusals))
    except Exception:
        log.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(job, Job.State.FAILED, CRASHED)
    else:
        _finish(job, Job.State.DONE, outcome.pop("message", ""), outcome)


def _finish(job: Job, state: str, message: str = "", outcome: dict[str, Any] | None = None) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state,
        message=message[:500],
        outcome=outcome or {},
        finished_at=timezone.now(),
        lease_until=None,
    )


def _reasons(refusals: Sequence[Refusal]) -> tuple[str, dict[str, Any]]:
    """What to say of a refused job: one sentence, and all of them to be said in any language."""
    said = [
        {
            "msgid": refusal.msgid,
            "params": {name: value_text(value) for name, value in refusal.params.items()},
        }
        for refusal in refusals
    ]
    return " ".join(map(sentence, refusals)), {"reasons": said}


def requeue_expired(now: datetime) -> int:
    """Queue again the jobs whose worker was lost, or that were never taken up; three times."""
    lost = Job.objects.filter(state__in=OPEN, lease_until__lt=now)
    for job in lost.filter(attempt__gte=ATTEMPTS):
        _finish(job, Job.State.FAILED, GAVE_UP)
    waiting = list(lost.filter(attempt__lt=ATTEMPTS).values_list("pk", flat=True))
    for job_id in waiting:
        Job.objects.filter(pk=job_id).update(state=Job.State.QUEUED, lease_until=now + LEASE)
        enqueue(job_id)
    return len(waiting)
