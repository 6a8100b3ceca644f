"""The kind of case of this room: the draft of a body's document for a year."""

from zielwerk.core.cases import Kind
from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.models import DraftDocument
from zielwerk.negotiation.panels import filed
from zielwerk.rulebook.negotiation import (
    DRAFTED,
    DRAFTED_ALONE,
    DRAFTED_AND_AGREED,
    NEGOTIATION,
    DraftState,
)

DRAFTS = Kind(
    model=DraftDocument,
    tables=(DRAFTED, DRAFTED_AND_AGREED, DRAFTED_ALONE),
    frame=NEGOTIATION,
    procedure="negotiation",
    verbs=(
        actions.send,
        actions.accept,
        actions.settle,
        actions.answer,
        actions.note_answer,
        actions.hand_over,
        actions.recall,
        actions.reopen,
        actions.end,
        actions.resume,
        actions.discard,
        actions.restore,
    ),
    table_of=queries.lifecycle_of,
    page="negotiation:draft",
    list_page="negotiation:drafts",
    look="negotiation.look",
    visible=queries.drafts,
    filed=filed.filed,
    facts=queries.Facts,
    looks={
        DraftState.PREPARATION: "info",
        DraftState.SETTLED: "success",
        DraftState.ENDED: "neutral",
        DraftState.DISCARDED: "neutral",
    },
    slots={
        "name": lambda draft: German(body_of(draft)),
        "version": lambda draft: draft.version,
        "code": lambda draft: draft.code,
    },
)
KINDS = (DRAFTS,)
