"""Reads of what people are told: what waits for them, what they were told of."""

from zielwerk.messaging.queries.dated import Dated, Dating, declare_dating
from zielwerk.messaging.queries.notices import (
    Action,
    Brief,
    Information,
    Notices,
    actions_of,
    briefly,
    information,
    information_for,
    notices_for,
    own,
    own_notice,
    told_of,
    unread,
)
from zielwerk.messaging.queries.open_steps import Waiting, waiting, waiting_of
from zielwerk.messaging.queries.recalled import (
    Recall,
    declare_recalling,
    move_day,
    move_number,
    moves_of,
    recalls,
    recalls_of,
    told_already,
)
from zielwerk.messaging.queries.told import TOLD, Told, declare

__all__ = [
    "TOLD",
    "Action",
    "Brief",
    "Dated",
    "Dating",
    "Information",
    "Notices",
    "Recall",
    "Told",
    "Waiting",
    "actions_of",
    "briefly",
    "declare",
    "declare_dating",
    "declare_recalling",
    "information",
    "information_for",
    "move_day",
    "move_number",
    "moves_of",
    "notices_for",
    "own",
    "own_notice",
    "recalls",
    "recalls_of",
    "told_already",
    "told_of",
    "unread",
    "waiting",
    "waiting_of",
]
