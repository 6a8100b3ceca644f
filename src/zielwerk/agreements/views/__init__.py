"""Doors of agreements: recording, changing, annulling."""

from zielwerk.agreements.views.changing import annulment, annulments, ask_annulment, change
from zielwerk.agreements.views.recording import (
    agreements,
    compare,
    intake,
    intakes,
    review,
    source_text,
    upload,
)
from zielwerk.agreements.views.teaching import lessons, teach, withdraw_lesson

__all__ = [
    "agreements",
    "annulment",
    "annulments",
    "ask_annulment",
    "change",
    "compare",
    "intake",
    "intakes",
    "lessons",
    "review",
    "source_text",
    "teach",
    "upload",
    "withdraw_lesson",
]
