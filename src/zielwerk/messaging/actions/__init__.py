"""What a person says of how she is told, what the worker tells, and what the outbox does."""

from zielwerk.messaging.actions.calendar import (
    NewAddress,
    renew_address,
    revoke_address,
    void_address,
)
from zielwerk.messaging.actions.choosing import Choice, choose
from zielwerk.messaging.actions.inviting import send_invitation
from zielwerk.messaging.actions.marking import mark_read
from zielwerk.messaging.actions.outbox import DROPPED, TRIED_AGAIN, Dropping, drop, try_again
from zielwerk.messaging.actions.outside import Outgoing, drop_outside, send_outside

__all__ = [
    "DROPPED",
    "TRIED_AGAIN",
    "Choice",
    "Dropping",
    "NewAddress",
    "Outgoing",
    "choose",
    "drop",
    "drop_outside",
    "mark_read",
    "renew_address",
    "revoke_address",
    "send_invitation",
    "send_outside",
    "try_again",
    "void_address",
]
