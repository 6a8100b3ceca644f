"""The verbs of measures: planning them and targets, entering them, and who carries them out."""

from zielwerk.measures.actions.carrying import TakeOver, take_over
from zielwerk.measures.actions.delivering import Ending, NewDelivery, deliver, end_delivery, enter
from zielwerk.measures.actions.overall import (
    NewTarget,
    drop_target,
    finish_target,
    reopen_target,
    restore_target,
    revise_target,
    set_target,
    tick_target,
)
from zielwerk.measures.actions.planning import (
    Conflicting,
    NewPlan,
    Pasted,
    Revision,
    drop,
    finish,
    paste,
    plan,
    reopen,
    restore,
    revise,
    tick,
)
from zielwerk.rulebook.planned import OWN_DELIVERY

__all__ = [
    "OWN_DELIVERY",
    "Conflicting",
    "Ending",
    "NewDelivery",
    "NewPlan",
    "NewTarget",
    "Pasted",
    "Revision",
    "TakeOver",
    "deliver",
    "drop",
    "drop_target",
    "end_delivery",
    "enter",
    "finish",
    "finish_target",
    "paste",
    "plan",
    "reopen",
    "reopen_target",
    "restore",
    "restore_target",
    "revise",
    "revise_target",
    "set_target",
    "take_over",
    "tick",
    "tick_target",
]
