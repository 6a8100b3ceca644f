"""What a person says of how she is told, what the worker tells, and what the outbox does."""

from zielwerk.messaging.actions.calendar import NewAddress, renew_address, revoke_address
from zielwerk.messaging.actions.choosing import Choice, choose
from zielwerk.messaging.actions.inviting import send_invitation
from zielwerk.messaging.actions.marking import mark_read
from zielwerk.messaging.actions.outbox import DROPPED, TRIED_AGAIN, Dropping, drop, try_again

__all__ = [
    "DROPPED",
    "TRIED_AGAIN",
    "Choice",
    "Dropping",
    "NewAddress",
    "choose",
    "drop",
    "mark_read",
    "renew_address",
    "revoke_address",
    "send_invitation",
    "try_again",
]
