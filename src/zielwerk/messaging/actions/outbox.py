"""The outbox: mail is put into it, taken up, and is sent, moot, failed or dropped in the end.

A mail is put in within the transaction of what it tells of. It is taken up before it is sent, in
a transaction of its own that also says when it is tried again: whoever is killed while sending
leaves a mail that is tried again, so it is sent at least once. It always has the same Message-ID.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import User
from zielwerk.messaging.models import Mail
from zielwerk.rulebook.mailing import is_given_up, wait_after
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import written

LEASE = timedelta(minutes=15)
"""So long a mail belongs to who took it up; longer than any server may be silent."""
KEPT = timedelta(days=90)
"""So long is told what became of a mail."""
NOT_WAITING = Refusal(
    "messaging.not_waiting", msg("Diese E-Mail wartet nicht mehr: Sie ist gesendet oder erledigt.")
)
NOT_FAILED = Refusal(
    "messaging.not_failed",
    msg("Noch einmal versucht wird nur, was wartet, gescheitert ist oder verworfen wurde."),
)
NO_REASON = Refusal("messaging.no_reason", msg("Zum Verwerfen gehört ein Grund."))
SECRET_GONE = Refusal(
    "messaging.secret_gone",
    msg("Der Einmal-Link dieser E-Mail ist nicht mehr da. Laden Sie die Person noch einmal ein."),
)


TEXT_GONE = Refusal(
    "messaging.text_gone",
    msg("Adresse und Text dieser E-Mail sind nicht mehr da. Wer gebeten hat, bittet neu."),
)


def mail(person: User, kind: str, once: str, at: datetime, **params: Any) -> Mail:
    """A mail to a person, told as whoever she acts just now; not yet in the outbox."""
    acting = person.acting
    is_first = acting is None or (acting.is_first and not acting.absent)
    post = None if is_first or acting is None else acting.posts[0].pk
    host = settings.MAIL.sender.rpartition("@")[2] if settings.MAIL else "localhost"
    return Mail(
        person_id=person.pk,
        kind=kind,
        once=f"{person.pk} {post or ''} {once}",
        message_id=f"<{secrets.token_hex(16)}@{host}>",
        post=post,
        params=params,
        made_at=at,
        next_at=at,
    )


def put(mails: Iterable[Mail]) -> None:
    """Put mails into the outbox; one about the same is there once only, and none without a way."""
    if settings.MAIL:
        Mail.objects.bulk_create(mails, ignore_conflicts=True)


def take_up(now: datetime) -> Mail | None:
    """The mail whose turn it is, taken up by whoever asks; None where none is to be sent now."""
    while True:
        due = Mail.objects.filter(state=Mail.State.WAITING, next_at__lte=now)
        found = due.order_by("next_at", "pk").first()
        if found is None:
            return None
        taken = Mail.objects.filter(pk=found.pk, state=Mail.State.WAITING, attempts=found.attempts)
        if taken.update(attempts=F("attempts") + 1, next_at=now + LEASE):
            found.attempts += 1
            return found


def end(mail: Mail, state: str, at: datetime, fault: str = "") -> None:
    """What became of a mail for good; its secret is gone where it was sent."""
    secret = mail.secret if state == Mail.State.FAILED else ""
    waiting = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING)
    waiting.update(state=state, done_at=at, fault=fault[:500], secret=secret)


def put_off(mail: Mail, at: datetime, fault: str) -> None:
    """A mail could not be sent just now: it is tried again, unless it has been for days."""
    if is_given_up(mail.made_at, at):
        end(mail, Mail.State.FAILED, at, fault)
        return
    waiting = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING)
    waiting.update(next_at=at + wait_after(mail.attempts), fault=fault[:500])


def put_off_all(mail: Mail, at: datetime) -> None:
    """The server is away: whatever is due waits as long as the mail by which it was noticed."""
    due = Mail.objects.filter(state=Mail.State.WAITING, next_at__lte=at)
    due.update(next_at=at + wait_after(mail.attempts))


def hold_all(at: datetime, fault: str) -> int:
    """Whatever waits is sent by nobody before somebody says so; how many mails they were."""
    waiting = Mail.objects.filter(state=Mail.State.WAITING)
    return waiting.update(state=Mail.State.FAILED, done_at=at, fault=fault[:500])


def forget_old(at: datetime) -> None:
    """Remove what has been done with for long."""
    Mail.objects.filter(done_at__lt=at - KEPT).delete()


# --- what the administrator does -----------------------------------------------------------


TRIED_AGAIN = frozenset({Mail.State.WAITING, Mail.State.FAILED, Mail.State.DROPPED})
DROPPED = frozenset({Mail.State.WAITING, Mail.State.FAILED})


@dataclass(frozen=True)
class Dropping:
    """A mail that is not to be sent, and why."""

    mail: Mail
    reason: str


@action("messaging.try_again")
def try_again(actor: Actor, mail: Mail, *, at: datetime) -> Mail:
    """Have a mail sent at the next opportunity, whatever became of it before."""
    mail = Mail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in TRIED_AGAIN:
        raise Refused(NOT_FAILED)
    if mail.kind == Mail.Kind.INVITATION and not mail.secret:
        raise Refused(SECRET_GONE)
    if mail.kind == Mail.Kind.OUTSIDE and not mail.secret:
        raise Refused(TEXT_GONE)
    if mail.state != Mail.State.WAITING:
        mail.made_at = at  # it is tried for days again
    mail.state, mail.next_at, mail.done_at = Mail.State.WAITING, at, None
    mail.dropped_by = mail.reason = ""
    mail.save()
    return mail


@action("messaging.drop")
def drop(actor: Actor, dropping: Dropping, *, at: datetime) -> Mail:
    """Give a mail up that waits or failed; what it tells of stays on the person's desk."""
    mail = Mail.objects.select_for_update().get(pk=dropping.mail.pk)
    if mail.state not in DROPPED:
        raise Refused(NOT_WAITING)
    reason = written(dropping.reason)
    if not reason:
        raise Refused(NO_REASON)
    mail.state, mail.done_at, mail.secret = Mail.State.DROPPED, at, ""
    mail.dropped_by, mail.reason = actor.audit_name, reason[:500]
    mail.save()
    return mail
