"""Pages of strategies, of consents to them, and the one that is opened by a link."""

from zielwerk.strategy.views.answering import answer, answer_document
from zielwerk.strategy.views.consenting import (
    ask,
    record_consent,
    record_consent_for,
    take_back_consent,
    take_back_consent_for,
    withdraw_request,
)
from zielwerk.strategy.views.versions import (
    document,
    edit,
    edit_for,
    new,
    new_for,
    strategies,
    strategy,
)

__all__ = [
    "answer",
    "answer_document",
    "ask",
    "document",
    "edit",
    "edit_for",
    "new",
    "new_for",
    "record_consent",
    "record_consent_for",
    "strategies",
    "strategy",
    "take_back_consent",
    "take_back_consent_for",
    "withdraw_request",
]
