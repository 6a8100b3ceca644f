"""The kind of case of this room: a move of money during the year."""

from zielwerk.adjustments import actions, queries
from zielwerk.adjustments.models import Adjustment
from zielwerk.core.cases import Kind
from zielwerk.rulebook.adjustment import ADJUSTMENT, AdjustmentState

ADJUSTMENTS = Kind(
    model=Adjustment,
    tables=(ADJUSTMENT,),
    verbs=(actions.decide, actions.reject),
    page="adjustments:adjustment",
    list_page="adjustments:adjustments",
    look="adjustments.look",
    visible=queries.adjustments,
    facts=actions.facts_of_move,
    looks={AdjustmentState.DECLARED: "warning", AdjustmentState.DECIDED: "success"},
)
KINDS = (ADJUSTMENTS,)
