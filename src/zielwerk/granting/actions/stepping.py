"""The stages of a notice and of an act, the ways back and out, and the moment of issuing.

Issuing is one act: the document is set and kept, the amounts are written for good, the books commit
or release, all of it or nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from zielwerk.core.actions import seal
from zielwerk.core.cases import step
from zielwerk.core.digests import digest_of
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.granting import letters, queries
from zielwerk.granting.actions.changing import needs_second_for
from zielwerk.granting.models import GrantAct, GrantedAmount, GrantNotice, Issuing
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import EntryCode
from zielwerk.packs import loading as packs
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.grant.amounts import Amounts, whole
from zielwerk.rulebook.grant.course import GRANT, GrantFacts
from zielwerk.rulebook.grant.paper import why_not_alike
from zielwerk.rulebook.refusal import Refused
from zielwerk.typesetting.pdf import render


@dataclass(frozen=True)
class Ready:
    """What is to be issued, set before anybody waits: its content, the document, and its day."""

    content: dict[str, Any]
    document: bytes
    day: date


def ready(case: Issuing, at: datetime) -> Ready:
    """Set the document of what the draft says now, as of the day."""
    content = letters.content_of(case, localdate(at))
    return Ready(content, render(letters.document_of(content)), localdate(at))


def hold(case: Issuing) -> None:
    """Let nobody issue another act on the same notice while what stands is looked at.

    An application needs no hold: whoever takes its examination up again gives its draft up, and
    finds then that it was issued meanwhile.
    """
    if isinstance(case, GrantAct):
        case.notice = GrantNotice.objects.select_for_update().get(pk=case.notice_id)


@step(GRANT, hold)
def put_forward(
    actor: Actor, case: Issuing, facts: GrantFacts | None, note: str = "", *, at: datetime
) -> None:
    """Put the draft forward: from now on it waits, and nobody writes in it."""
    _ask_for_second(case, localdate(at))


def _ask_for_second(case: Issuing, on: date) -> None:
    """Where more stands than when an act was written, a second person may have to issue it."""
    if isinstance(case, GrantAct) and not case.needs_second:
        case.needs_second = needs_second_for(case.notice, queries.ActDraft.of(case), on)


@step(GRANT)
def note(
    actor: Actor, case: Issuing, facts: GrantFacts | None, note: str = "", *, at: datetime
) -> None:
    """Note what comes before it is issued, such as a co-signature, as ``note``."""


@step(GRANT, hold)
def issue(
    actor: Actor,
    case: Issuing,
    facts: GrantFacts | None,
    note: str = "",
    prepared: Ready | None = None,
    *,
    at: datetime,
) -> None:
    """Issue it: document, amounts and booking, in one act, under the rules of the day."""
    case.rule_version = keep_rules(actor, case.programme, case.year, at=at)
    day = localdate(at)
    content = letters.content_of(case, day)
    if refusals := why_not_alike(letters.stated(content)):
        raise Refused(*refusals)
    if prepared is None or prepared.day != day or prepared.content != content:
        prepared = Ready(content, render(letters.document_of(content)), day)
    name = letters.file_name(case)
    case.document = documents.store(actor, name, "application/pdf", prepared.document, at=at)
    case.content, case.digest = content, digest_of(content)
    case.issued_by, case.issued_at, case.issued_on = actor.audit_name, at, day
    _ask_for_second(case, day)  # the database refuses what one person had all parts in
    amounts = _amounts(case)
    case.amount_cents = whole(amounts)
    if isinstance(case, GrantAct):
        case.counts_from = queries.ActDraft.of(case).effective or day
    if amounts:
        seal(*_granted(actor, case, amounts, at))
        counts_from = case.counts_from if isinstance(case, GrantAct) else None
        ledger.record_granted(actor, _booking(case, amounts, counts_from or day), at=at)


def _amounts(case: Issuing) -> Amounts:
    """What it grants or changes, nothing of places that come to nothing."""
    return {place: cents for place, cents in queries.drafted(case).items() if cents}


def _granted(
    actor: Actor, case: Issuing, amounts: Amounts, at: datetime
) -> Iterable[GrantedAmount]:
    act = case if isinstance(case, GrantAct) else None
    notice = act.notice if act else case
    assert isinstance(notice, GrantNotice)
    measures = {measure.key: measure for measure in queries.applied(notice).content.measures}
    return GrantedAmount.objects.bulk_create(
        GrantedAmount(
            notice=notice,
            act=act,
            measure=measure,
            title=measures[measure].title[:300],
            budget_year=year,
            earmark=measures[measure].earmark,
            cents=cents,
            entered_by=actor.audit_name,
            entered_at=at,
        )
        for (measure, year), cents in amounts.items()
    )


def _booking(case: Issuing, amounts: Amounts, day: date) -> ledger.Grant:
    notice = case.notice if isinstance(case, GrantAct) else case
    assert isinstance(notice, GrantNotice)
    return ledger.Grant(
        case.programme,
        case.year,
        case.ags,
        tuple(queries.wants_of(case, queries.applied(notice), amounts)),
        day,
        case.file_number,
        packs.load(case.programme, case.year).draws_first,
        EntryCode.GRANT_CHANGE if isinstance(case, GrantAct) else EntryCode.GRANT,
    )


@step(GRANT)
def send_back(actor: Actor, case: Issuing, facts: None, note: str = "", *, at: datetime) -> None:
    """Give it back to whoever drafted it, for a reason."""


@step(GRANT)
def take_back(actor: Actor, case: Issuing, facts: None, *, at: datetime) -> None:
    """Whoever put it forward takes it back before anybody issued it."""


@step(GRANT)
def discard(actor: Actor, case: Issuing, facts: None, *, at: datetime) -> None:
    """Give a draft up; for some time it can be restored."""


@step(GRANT, hold)
def restore(actor: Actor, case: Issuing, facts: GrantFacts, *, at: datetime) -> None:
    """Take a draft up again that was given up, while nothing else decides in its place."""
