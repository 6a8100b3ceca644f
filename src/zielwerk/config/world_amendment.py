"""A change of the demo: the agreement that was concluded here is to name a smaller amount."""

from datetime import datetime, timedelta

from zielwerk.agreements.models import Agreement
from zielwerk.agreements.queries.changing import places
from zielwerk.config.cast import Cast
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import NewAmendment
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import forms_of_both

PACE = timedelta(hours=2)
PARTS = 10  # of which one is not needed


def make(cast: Cast, agreement: Agreement, at: datetime) -> DraftDocument | None:
    """The change that is drafted and sent, where two sides negotiate it."""
    sides = queries.sides(agreement.programme, agreement.year)
    if not sides.answering:
        return None
    form, *_ = forms_of_both(packs.programme(agreement.programme).document.sides)
    basis = next((place for place in places(agreement) if "ittel" in place), places(agreement)[0])
    less = agreement.amount_cents - agreement.amount_cents // (100 * PARTS) * 100
    drafter, _ = cast.pair(sides.drafting, agreement.ags)
    wish = NewAmendment(agreement, form, basis, total_cents=less)
    return actions.send(drafter, actions.amend(drafter, wish, at=at), at=at + PACE)
