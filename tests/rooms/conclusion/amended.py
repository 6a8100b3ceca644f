"""A concluded text that is changed, by the verbs that people use."""

from dataclasses import replace

from tests.rooms.conclusion import made
from tests.rooms.conclusion.made import Desk
from tests.rooms.negotiation import made as negotiated
from zielwerk.agreements.models import Agreement
from zielwerk.conclusion.models import Conclusion
from zielwerk.drafting.changes import Change
from zielwerk.negotiation import actions as negotiation
from zielwerk.negotiation.actions import NewAmendment
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import forms_of_both

LATER = made.SIGNED


def agreement(desk: Desk) -> Agreement:
    """What was concluded first."""
    found = made.concluded(desk).agreement
    assert found
    return found


def wish(of: Agreement, *changes: Change, total: int | None = None, form: str = "") -> NewAmendment:
    """The usual change of the programme, resting on a place of the text."""
    forms = forms_of_both(packs.programme(of.programme).document.sides)
    return NewAmendment(of, form or forms[0], "§ 4 Haushaltsmittel", changes, total)


def drafted(desk: Desk, new: NewAmendment) -> Desk:
    """The desk at which the change is drafted."""
    draft = negotiation.amend(desk.table.drafter, new, at=LATER)
    return replace(desk, table=replace(desk.table, draft=draft))


def settled(desk: Desk) -> Desk:
    """Both sides want the change."""
    negotiated.sent(desk.table, LATER)
    negotiated.answer_all(desk.table, LATER)
    made.settle(desk.table, LATER)
    return desk


def concluded(desk: Desk) -> Conclusion:
    return made.concluded(settled(desk))
