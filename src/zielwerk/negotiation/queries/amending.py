"""What a change of an agreed document starts from, and why none can be begun."""

from collections.abc import Callable, Collection, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.agreements.queries.changing import next_change, why_not_changed
from zielwerk.core.permissions import Actor
from zielwerk.drafting.model import Amends, Document
from zielwerk.drafting.recorded import recorded
from zielwerk.negotiation.models import GIVEN_UP, DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Form
from zielwerk.rulebook.amendment import Part
from zielwerk.rulebook.refusal import Refusal, msg

TEXT_OF: list[Callable[[Agreement], Document | None]] = []
"""Asked for the text that an agreement was concluded by; joined by wiring, as the room is above."""


def amending(agreement: Agreement) -> QuerySet[DraftDocument]:
    """The drafts that change an agreement in any of its versions, the newest first."""
    root = agreement.root_id
    rows = DraftDocument.objects.filter(Q(amends=root) | Q(amends__amends=root))
    return rows.order_by("-pk")


def under_way(agreement: Agreement) -> DraftDocument | None:
    """The draft by which this version is to be changed, if it was not given up."""
    return DraftDocument.objects.filter(amends=agreement).exclude(state__in=GIVEN_UP).first()


def number_under_way(agreement: Agreement) -> str:
    """Its number; empty where there is none."""
    found = under_way(agreement)
    return found.file_number if found else ""


def text_that_holds(agreement: Agreement) -> Document:
    """The text of an agreement: as it was concluded here, else as it was recorded from paper."""
    for text_of in TEXT_OF:
        if text := text_of(agreement):
            return text
    rules = packs.load(agreement.programme, agreement.year)
    bodies = packs.bodies_in(agreement.programme, agreement.year)
    body = next(each for each in bodies if each.ags == agreement.ags)
    plans = list(agreement.agreed.order_by("pk").values_list("planned", flat=True))
    terms = agreement.content
    day = rules.within(terms.signed_on or localdate(agreement.recorded_at))
    return recorded(terms, rules, body, plans, day)


def amends(agreement: Agreement, text: Document, form: str, basis: str) -> Amends:
    """What a change of an agreement by this text says of its beginnings."""
    signed_on = agreement.content.signed_on
    return Amends(
        agreement.file_number,
        text.substance,
        text.check_code,
        next_change(agreement),
        form,
        basis,
        signed_on.isoformat() if signed_on else "",
    )


def why_not_amended(agreement: Agreement) -> Sequence[Refusal]:
    """Every reason why no change of an agreement can be drafted now."""
    reasons = list(why_not_changed(agreement))
    bodies = {body.ags for body in packs.bodies_in(agreement.programme, agreement.year)}
    if agreement.ags not in bodies:
        reasons.append(Refusal("negotiation.no_body_any_more", NO_BODY))
    return reasons


def amendable(user: Actor, programme: str, year: int) -> list[Agreement]:
    """The agreements of a year that nobody is changing yet, body by body; one query."""
    drafted = DraftDocument.objects.exclude(state__in=GIVEN_UP).filter(amends__isnull=False)
    rows = agreements.agreements(user).filter(programme=programme, year=year)
    rows = rows.exclude(pk__in=drafted.values("amends"))
    rows = rows.exclude(Exists(agreements.changes_of(OuterRef("pk"), OuterRef("amends"))))
    return list(rows.order_by("body_key", "ordinal"))


def may_change(draft: DraftDocument) -> Collection[str]:
    """The parts of its text that may be changed: of a first document and of a new one, all."""
    data = packs.programme(draft.programme).amendment
    counted = (Form.AMENDMENT, Form.NOTICE)
    if data is None or draft.form not in counted:
        return frozenset(Part)
    return data.may_change


NO_BODY = msg("Diese Gebietskörperschaft gibt es im Programmjahr nicht mehr.")
