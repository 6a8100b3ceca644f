"""Mail to people outside, who have no account: a room above writes it, and may call it back."""

import json
from dataclasses import dataclass
from datetime import datetime

from zielwerk.core.capacity import numbers
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import User
from zielwerk.messaging.actions import outbox
from zielwerk.messaging.models import Mail
from zielwerk.messaging.queries import secrets


@dataclass(frozen=True)
class Outgoing:
    """A mail to an address, in plain text; ``once`` is what it is about."""

    once: str
    to: str
    heading: str
    body: str


def send_outside(actor: Actor, outgoing: Outgoing, *, at: datetime) -> None:
    """Put a mail into the outbox on behalf of whoever acts, encrypted until it is sent.

    Neither address nor text is kept: they may hold a secret, and tell of somebody outside.
    """
    person = User.objects.get(pk=numbers(actor.audit_name)[0])
    mail = outbox.mail(person, Mail.Kind.OUTSIDE, outgoing.once, at)
    said = {"to": outgoing.to, "heading": outgoing.heading, "body": outgoing.body}
    mail.secret = secrets.closed(json.dumps(said))
    outbox.put([mail])


def drop_outside(once: str, at: datetime) -> None:
    """What a mail asks for is moot: one that still waits is not sent."""
    waiting = Mail.objects.filter(kind=Mail.Kind.OUTSIDE, once__endswith=f" {once}")
    for mail in waiting.exclude(state__in=(Mail.State.SENT, Mail.State.MOOT)):
        mail.state, mail.done_at, mail.secret = Mail.State.MOOT, at, ""
        mail.save(update_fields=["state", "done_at", "secret"])
