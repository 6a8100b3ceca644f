"""Input about drafts: changes, comments, decisions, answers, filters."""

from zielwerk.negotiation.forms.change import ADDITION, MEASURES, ChangeForm, kinds_at
from zielwerk.negotiation.forms.filters import DraftFilter
from zielwerk.negotiation.forms.said import (
    AnswerForm,
    CommentForm,
    DecisionForm,
    InternalForm,
    OpenForm,
    RejectForm,
)

__all__ = [
    "ADDITION",
    "MEASURES",
    "AnswerForm",
    "ChangeForm",
    "CommentForm",
    "DecisionForm",
    "DraftFilter",
    "InternalForm",
    "OpenForm",
    "RejectForm",
    "kinds_at",
]
