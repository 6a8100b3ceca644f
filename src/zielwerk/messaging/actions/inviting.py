"""Sending somebody the link by which she comes in."""

from datetime import datetime

from zielwerk.core.permissions import Actor
from zielwerk.identity.actions import Invited
from zielwerk.messaging.actions import outbox
from zielwerk.messaging.models import Mail
from zielwerk.messaging.queries import secrets


def send_invitation(actor: Actor, invited: Invited, *, at: datetime) -> None:
    """Put the link into the outbox, encrypted, in the transaction of whoever invites."""
    once = f"invitation {invited.link}"
    mail = outbox.mail(invited.person, Mail.Kind.INVITATION, once, at, link=invited.link)
    mail.secret = secrets.closed(invited.path)
    outbox.put([mail])
