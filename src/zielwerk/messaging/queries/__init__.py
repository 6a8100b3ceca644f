"""Reads of what people are told: what waits for them, what they were told of."""

from zielwerk.messaging.queries.notices import (
    Action,
    Information,
    Notices,
    information,
    notices_for,
    own,
    own_notice,
    unread,
)
from zielwerk.messaging.queries.told import TOLD, Told, declare, told
from zielwerk.messaging.queries.waiting import Waiting, waiting

__all__ = [
    "TOLD",
    "Action",
    "Information",
    "Notices",
    "Told",
    "Waiting",
    "declare",
    "information",
    "notices_for",
    "own",
    "own_notice",
    "told",
    "unread",
    "waiting",
]
