"""The verbs of notices and of acts on them."""

from zielwerk.granting.actions.changing import (
    ON_NOTICES,
    NewAct,
    WriteAct,
    change,
    release,
    write_act,
)
from zielwerk.granting.actions.drafting import (
    NewNotice,
    WriteNotice,
    draft,
    draft_for,
    give_up_for,
    why_not_drafted,
    write,
)
from zielwerk.granting.actions.following import NewEvent, enter, why_not_entered
from zielwerk.granting.actions.reckoning import reckon_all
from zielwerk.granting.actions.stepping import (
    Ready,
    discard,
    issue,
    note,
    put_forward,
    ready,
    restore,
    send_back,
    take_back,
)
from zielwerk.granting.actions.succeeding import NoticePassed, take_over_for
from zielwerk.granting.actions.together import Batch, issue_together

__all__ = [
    "ON_NOTICES",
    "Batch",
    "NewAct",
    "NewEvent",
    "NewNotice",
    "NoticePassed",
    "Ready",
    "WriteAct",
    "WriteNotice",
    "change",
    "discard",
    "draft",
    "draft_for",
    "enter",
    "give_up_for",
    "issue",
    "issue_together",
    "note",
    "put_forward",
    "ready",
    "reckon_all",
    "release",
    "restore",
    "send_back",
    "take_back",
    "take_over_for",
    "why_not_drafted",
    "why_not_entered",
    "write",
    "write_act",
]
