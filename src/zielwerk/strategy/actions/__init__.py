"""The verbs of a regional strategy: making a version, its stages, and the consents to it."""

from zielwerk.strategy.actions.answering import (
    Answer,
    Asked,
    NewConsent,
    answer,
    record_consent,
    record_consent_for,
    take_back_consent,
    take_back_consent_for,
)
from zielwerk.strategy.actions.asking import NewRequest, Sent, ask, withdraw_request
from zielwerk.strategy.actions.drafting import (
    Attached,
    NewVersion,
    Point,
    draft,
    draft_for,
    edit,
    edit_for,
    why_not_begun,
)
from zielwerk.strategy.actions.erasing import Erasure, erase
from zielwerk.strategy.actions.stepping import (
    discard,
    note,
    put_in_force,
    restore,
    send_back,
    submit,
    take_back,
    withdraw,
)

__all__ = [
    "Answer",
    "Asked",
    "Attached",
    "Erasure",
    "NewConsent",
    "NewRequest",
    "NewVersion",
    "Point",
    "Sent",
    "answer",
    "ask",
    "discard",
    "draft",
    "draft_for",
    "edit",
    "edit_for",
    "erase",
    "note",
    "put_in_force",
    "record_consent",
    "record_consent_for",
    "restore",
    "send_back",
    "submit",
    "take_back",
    "take_back_consent",
    "take_back_consent_for",
    "why_not_begun",
    "withdraw",
    "withdraw_request",
]
