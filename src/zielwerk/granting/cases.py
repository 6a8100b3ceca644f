"""The kinds of case of this room: a notice, and an act on one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from zielwerk.core.cases import Kind
from zielwerk.core.words import body_of
from zielwerk.granting import actions, queries
from zielwerk.granting.models import GrantAct, GrantNotice, Issuing
from zielwerk.granting.panels import deciding
from zielwerk.granting.panels.filed import filed, kept_from
from zielwerk.language import German
from zielwerk.rulebook.grant.course import GRANT, GRANTED, GRANTED_AFTER_HEARING, GrantState
from zielwerk.rulebook.money import Cents


def set_before(case: Issuing, at: datetime) -> dict[str, Any]:
    """The document, set before the press that issues begins its transaction."""
    return {"prepared": actions.ready(case, at)}


def issuing(case: Issuing) -> tuple[str, dict[str, Any]]:
    """The page that asks before it is issued: what is granted, and what the books do."""
    return "granting/issuing.html", deciding.issuing(case, timezone.localdate())


VERBS = (
    actions.put_forward,
    actions.note,
    actions.issue,
    actions.send_back,
    actions.take_back,
    actions.discard,
    actions.restore,
)
LOOKS: Mapping[str, str] = {
    GrantState.DRAFT: "info",
    GrantState.ISSUED: "success",
    GrantState.DISCARDED: "neutral",
}
SLOTS = {
    "name": lambda case: German(body_of(case)),
    "year": lambda case: case.year,
    "amount": lambda case: Cents(case.amount_cents),
}
NOTICES = Kind(
    model=GrantNotice,
    tables=(GRANTED, GRANTED_AFTER_HEARING),
    frame=GRANT,
    procedure="grant",
    verbs=VERBS,
    table_of=queries.lifecycle_of,
    page="granting:notice",
    list_page="granting:notices",
    look="granting.look",
    visible=queries.notices,
    facts=queries.facts_of,
    before={"issue": set_before},
    panels={"issue": issuing},
    told_from=queries.told_from,
    filed=filed,
    kept_from=kept_from,
    looks=LOOKS,
    slots=SLOTS,
)
ACTS = Kind(
    model=GrantAct,
    tables=(GRANTED, GRANTED_AFTER_HEARING),
    frame=GRANT,
    procedure="grant",
    verbs=VERBS,
    table_of=queries.lifecycle_of,
    page="granting:act",
    list_page="granting:acts",
    look="granting.look",
    visible=queries.acts,
    facts=queries.facts_of,
    before={"issue": set_before},
    panels={"issue": issuing},
    told_from=queries.told_from,
    filed=filed,
    kept_from=kept_from,
    looks=LOOKS,
    slots=SLOTS,
)
KINDS = (NOTICES, ACTS)
