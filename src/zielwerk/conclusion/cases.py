"""The kind of case of this room: the conclusion of a draft whose text stands."""

from typing import Any

from django.utils import timezone

from zielwerk.conclusion import actions, queries
from zielwerk.conclusion.models import Conclusion
from zielwerk.conclusion.panels import effects, filed
from zielwerk.core.cases import Kind
from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.rulebook.conclusion import (
    CONCLUDED_AFTER_A_NOTE,
    CONCLUDED_BY_TWO,
    CONCLUSION,
    ConclusionState,
)
from zielwerk.rulebook.money import Cents


def concluding(conclusion: Conclusion) -> tuple[str, dict[str, Any]]:
    """The page that asks before it is concluded: who signed, and what the books do."""
    return "conclusion/concluding.html", effects.concluding(conclusion, timezone.localdate())


CONCLUSIONS = Kind(
    model=Conclusion,
    tables=(CONCLUDED_BY_TWO, CONCLUDED_AFTER_A_NOTE),
    frame=CONCLUSION,
    procedure="conclusion",
    verbs=(
        actions.check,
        actions.note,
        actions.conclude,
        actions.send_back,
        actions.take_back,
        actions.abandon,
        actions.resume,
    ),
    table_of=queries.lifecycle_of,
    page="conclusion:conclusion",
    list_page="conclusion:conclusions",
    look="conclusion.look",
    visible=queries.conclusions,
    filed=filed.filed,
    facts=queries.Facts,
    panels={"conclude": concluding},
    looks={
        ConclusionState.SIGNING: "info",
        ConclusionState.CONCLUDED: "success",
        ConclusionState.ABANDONED: "neutral",
    },
    slots={
        "name": lambda conclusion: German(body_of(conclusion)),
        "year": lambda conclusion: conclusion.year,
        "amount": lambda conclusion: Cents(conclusion.amount_cents),
        "version": lambda conclusion: conclusion.version,
        "code": lambda conclusion: conclusion.code,
    },
)
KINDS = (CONCLUSIONS,)
