"""The kind of case of this room: a pass-on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from zielwerk.core.cases import Kind
from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.passing import actions, queries
from zielwerk.passing.models import PassOn
from zielwerk.passing.panels.filed import filed
from zielwerk.passing.panels.page import concluding
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.passing.course import (
    PASSED_ON,
    PASSED_ON_AFTER_RESOLUTION,
    PASSING,
    PassState,
)


def set_before(case: PassOn, at: datetime) -> dict[str, Any]:
    """The document, set before the press that brings it into force begins its transaction."""
    return {"prepared": actions.ready(case, at)}


LOOKS: Mapping[str, str] = {
    PassState.DRAFT: "info",
    PassState.IN_FORCE: "success",
    PassState.ENDED: "neutral",
    PassState.DISCARDED: "neutral",
}
PASS_ONS = Kind(
    model=PassOn,
    tables=(PASSED_ON, PASSED_ON_AFTER_RESOLUTION),
    frame=PASSING,
    procedure="passing",
    verbs=(
        actions.put_forward,
        actions.note,
        actions.conclude,
        actions.send_back,
        actions.take_back,
        actions.discard,
        actions.restore,
        actions.end,
        actions.resume,
    ),
    table_of=queries.lifecycle_of,
    page="passing:pass_on",
    list_page="passing:pass_ons",
    look="passing.look",
    visible=queries.pass_ons,
    facts=queries.facts_of,
    before={"conclude": set_before},
    panels={"conclude": lambda case: concluding(case, timezone.localdate())},
    told_from=queries.told_from,
    filed=filed,
    looks=LOOKS,
    slots={
        "name": lambda case: German(body_of(case)),
        "year": lambda case: case.year,
        "amount": lambda case: Cents(case.amount_cents),
    },
)
KINDS = (PASS_ONS,)
