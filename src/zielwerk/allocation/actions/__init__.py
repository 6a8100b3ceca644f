"""The verbs of allocation: enter needs, try out, put forward, decide."""

from zielwerk.allocation.actions.needs import Needs, enter_indicators
from zielwerk.allocation.actions.scenario import (
    Draft,
    Start,
    begin,
    consult,
    decide,
    discard,
    keep,
    propose,
    restore,
    send_back,
    take_back,
)

__all__ = [
    "Draft",
    "Needs",
    "Start",
    "begin",
    "consult",
    "decide",
    "discard",
    "enter_indicators",
    "keep",
    "propose",
    "restore",
    "send_back",
    "take_back",
]
