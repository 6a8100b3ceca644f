"""The kind of case of this room: a move of money during the year."""

from typing import Any

from django.utils import timezone

from zielwerk.adjustments import actions, panels, queries
from zielwerk.adjustments.models import Adjustment
from zielwerk.budget.panels.free_money import over_drawn
from zielwerk.core.cases import Kind, Twins
from zielwerk.rulebook.adjustment import (
    ADJUSTMENT,
    GIVEN_UP,
    MOVE,
    MOVE_WITH_HEARING,
    AdjustmentKind,
    AdjustmentState,
)
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.ui import wording


def decision(adjustment: Adjustment) -> tuple[str, dict[str, Any]]:
    """The page that asks before the decision: who has what before and after."""
    on = timezone.localdate()
    facts = actions.facts_of_move(adjustment, on)
    context = panels.decision(adjustment, facts, on)
    is_waiver = adjustment.kind == AdjustmentKind.WAIVER
    over = [] if is_waiver else over_drawn(facts.standing.tranches, context["drawn"])
    return "adjustments/adjustment_decide.html", {**context, "over_drawn": over}


ADJUSTMENTS = Kind(
    model=Adjustment,
    tables=(MOVE, MOVE_WITH_HEARING),
    frame=ADJUSTMENT,
    procedure="adjustment",
    verbs=(actions.note, actions.decide, actions.reject, actions.withdraw),
    table_of=queries.lifecycle_of,
    page="adjustments:adjustment",
    list_page="adjustments:adjustments",
    look="adjustments.look",
    visible=queries.adjustments,
    facts=actions.facts_of_move,
    panels={"decide": decision},
    looks={AdjustmentState.DECLARED: "warning", AdjustmentState.ORDERED: "success"},
    slots={
        "kind": lambda adjustment: Label(adjustment.get_kind_display()),
        "name": lambda adjustment: adjustment.body_name or wording.territory(),
        "amount": lambda adjustment: Cents(adjustment.amount_cents),
    },
    twins=Twins(
        ("kind", "year", "earmark", "ags", "amount_cents"),
        "declared_at",
        GIVEN_UP,
    ),
)
KINDS = (ADJUSTMENTS,)
