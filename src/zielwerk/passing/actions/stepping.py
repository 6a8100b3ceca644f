"""The stages of a pass-on, the ways back and out, and the moment in which it comes into force.

Bringing it into force is one act: the document is set and kept, the amounts are written for good.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from zielwerk.core.actions import seal
from zielwerk.core.cases import step
from zielwerk.core.digests import digest_of
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.granting.models import GrantNotice
from zielwerk.passing import letters, queries
from zielwerk.passing.models import PassedAmount, PassOn
from zielwerk.passing.queries import PassDraft
from zielwerk.rulebook.passing.course import PASSING, PassFacts
from zielwerk.rulebook.passing.ways import Document
from zielwerk.typesetting.pdf import render


@dataclass(frozen=True)
class Ready:
    """What is to come into force, set before anybody waits: its content, document, and day."""

    content: dict[str, Any]
    document: bytes | None
    day: date


def ready(case: PassOn, at: datetime) -> Ready | None:
    """Set the document of what the draft says now, as of the day; none where no way is chosen."""
    if queries.way_of(case) is None:
        return None
    return _ready(letters.content_of(case, localdate(at)), localdate(at))


def _ready(content: dict[str, Any], day: date) -> Ready:
    is_set = content["document"] != Document.NONE
    return Ready(content, render(letters.document_of(content)) if is_set else None, day)


def hold(case: PassOn) -> None:
    """Let nobody change the notice, or pass on of it, while it is looked at."""
    case.notice = GrantNotice.objects.select_for_update().get(pk=case.notice_id)


@step(PASSING, hold)
def put_forward(
    actor: Actor, case: PassOn, facts: PassFacts | None, note: str = "", *, at: datetime
) -> None:
    """Put the draft forward: from now on it waits, and nobody writes in it."""


@step(PASSING)
def note(
    actor: Actor, case: PassOn, facts: PassFacts | None, note: str = "", *, at: datetime
) -> None:
    """Note what comes before it is in force, such as a resolution, as ``note``."""


@step(PASSING, hold)
def conclude(
    actor: Actor,
    case: PassOn,
    facts: PassFacts | None,
    note: str = "",
    prepared: Ready | None = None,
    *,
    at: datetime,
) -> None:
    """Bring it into force: document and amounts, in one act, under the rules of the notice."""
    day = localdate(at)
    content = letters.content_of(case, day)
    if prepared is None or prepared.day != day or prepared.content != content:
        prepared = _ready(content, day)
    if prepared.document is not None:
        name = letters.file_name(case)
        case.document = documents.store(actor, name, "application/pdf", prepared.document, at=at)
    case.content, case.digest = content, digest_of(content)
    case.concluded_by, case.concluded_at, case.concluded_on = actor.audit_name, at, day
    seal(*_amounts(actor, case, at))


def _amounts(actor: Actor, case: PassOn, at: datetime) -> list[PassedAmount]:
    """What it passes on by budget year, written for good."""
    return PassedAmount.objects.bulk_create(
        PassedAmount(
            pass_on=case,
            budget_year=year,
            cents=cents,
            entered_by=actor.audit_name,
            entered_at=at,
        )
        for year, cents in sorted(PassDraft.of(case).amounts.items())
        if cents
    )


@step(PASSING)
def send_back(actor: Actor, case: PassOn, facts: None, note: str = "", *, at: datetime) -> None:
    """Give it back to whoever drafted it, for a reason."""


@step(PASSING)
def take_back(actor: Actor, case: PassOn, facts: None, *, at: datetime) -> None:
    """Whoever put it forward takes it back before anybody decided."""


@step(PASSING)
def discard(actor: Actor, case: PassOn, facts: None, *, at: datetime) -> None:
    """Give a draft up; for some time it can be restored."""


@step(PASSING, hold)
def restore(actor: Actor, case: PassOn, facts: PassFacts, *, at: datetime) -> None:
    """Take a draft up again that was given up, while nothing else has its place."""


@step(PASSING, hold)
def end(actor: Actor, case: PassOn, facts: PassFacts, note: str = "", *, at: datetime) -> None:
    """End what is in force, for a reason: what is not spent can be passed on anew."""


@step(PASSING, hold)
def resume(actor: Actor, case: PassOn, facts: PassFacts, *, at: datetime) -> None:
    """Take up again what was ended, while its money is still there."""
