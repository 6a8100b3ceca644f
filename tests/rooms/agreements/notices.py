"""Notices of one side for measures, as a programme issues them that is wholly invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

from zielwerk.agreements import actions
from zielwerk.agreements.actions import HandEntry, NewChange, Review
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.identity.actions import Operator
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, EntryCode
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Form, Measure, Signature, Terms
from zielwerk.rulebook.planning import Fund

SOUTH = "kreisbudget_suedland"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLERK = Operator("user:201", frozenset({"authority"}))
DEPUTY = Operator("user:202", frozenset({"authority"}))
HEAD = Operator("user:203", frozenset({"authority"}))
CHIEF = Operator("user:102", frozenset({"ministry"}))
OFFICER = Operator("user:101", frozenset({"ministry"}))
FUND = Fund(SOUTH, 2026)
BODY = packs.bodies_in(SOUTH, 2026)[0]
TYPE = packs.load(SOUTH, 2026).measure_types[0].code
RESOLUTION = "Beschluss Nr. 17 vom 12.02.2026"


def allocate(cents: int, earmark: str = "", ags: str = BODY.ags) -> None:
    """Money that is allocated to a body, booked as a decision books it."""
    fund = Fund(SOUTH, 2026, earmark)
    outside, free, allocated = (
        AccountKey.planning(fund, place, owner)
        for place, owner in (("outside", ""), ("free", ""), ("allocated", ags))
    )
    postings = [
        ledger.Posting(outside, free, cents, EntryCode.PROVIDING, date(2026, 1, 2), "HH-1"),
        ledger.Posting(free, allocated, cents, EntryCode.ALLOCATION, date(2026, 1, 2), "BV-1"),
    ]
    ledger.post(OFFICER, postings, at=AT)


def terms(*amounts: int, total: int | None = None, own_share: int | None = None) -> Terms:
    """A notice over measures with these amounts."""
    measures = tuple(
        Measure(TYPE, f"Kurs {place}", cents) for place, cents in enumerate(amounts, 1)
    )
    return Terms(
        programme=SOUTH,
        year=2026,
        ags=BODY.ags,
        body_name=BODY.name,
        body_kind=str(BODY.kind.label),
        ministry="",
        granting_authority="Regierung des Bezirks",
        amount_cents=sum(amounts) if total is None else total,
        own_share_cents=own_share,
        measures=measures,
        signatures=(Signature("authority", None, "Präsidentin", "Sonnbruck", "2026-02-20"),),
    )


def begun(content: Terms) -> Intake:
    return actions.begin_by_hand(CLERK, HandEntry(content, "Bescheid auf Papier"), at=AT)


def resolved(content: Terms) -> Intake:
    """Examined, and the resolution of the council noted."""
    intake = actions.accept(CLERK, begun(content), at=AT)
    return actions.note(DEPUTY, intake, note=RESOLUTION, at=AT)


def changed(notice: Agreement, *amounts: int, number: int = 1) -> Agreement:
    """The notice changed by another one: its measures in their order with these amounts."""
    new = NewChange(notice, Form.NOTICE, "Ziffer 3", number, "Änderungsbescheid auf Papier")
    intake = actions.begin_change(CLERK, new, at=AT)
    measures = tuple(
        replace(measure, amount_cents=cents)
        for measure, cents in zip(intake.content.measures, amounts, strict=True)
    )
    content = replace(intake.content, amount_cents=sum(amounts), measures=measures)
    intake = actions.review(CLERK, intake, Review(content, [], intake.revision), at=AT)
    intake = actions.note(DEPUTY, actions.accept(CLERK, intake, at=AT), note=RESOLUTION, at=AT)
    intake = actions.confirm(HEAD, intake, at=AT)
    assert intake.agreement
    return intake.agreement


def granted(content: Terms) -> Agreement:
    intake = actions.confirm(HEAD, resolved(content), at=AT)
    assert intake.agreement
    return intake.agreement
