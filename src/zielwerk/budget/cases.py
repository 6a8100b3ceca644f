"""The kind of case of this room: the correction of an entry into the budget."""

from zielwerk.budget import actions, queries
from zielwerk.budget.models import Correction
from zielwerk.core.cases import Kind
from zielwerk.rulebook.correction import CORRECTION, CorrectionState

CORRECTIONS = Kind(
    model=Correction,
    tables=(CORRECTION,),
    verbs=(actions.confirm, actions.reject, actions.withdraw),
    page="budget:correction",
    list_page="budget:corrections",
    look="budget.look",
    visible=queries.corrections,
    facts=lambda correction, on: actions.facts_of(correction),
    looks={CorrectionState.ASKED: "warning", CorrectionState.CONFIRMED: "success"},
    slots={"about": lambda correction: correction.about},
)
KINDS = (CORRECTIONS,)
