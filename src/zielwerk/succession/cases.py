"""The kind of case of this room: an act of succession."""

from typing import Any

from zielwerk.core.cases import Kind
from zielwerk.language import German
from zielwerk.rulebook.succession import SUCCESSION, SuccessionState
from zielwerk.succession import actions, panels, queries
from zielwerk.succession.models import SuccessionAct


def decision(act: SuccessionAct) -> tuple[str, dict[str, Any]]:
    """The page that asks before the decision: who has what before and after."""
    facts = queries.facts_of(act)
    of_act = panels.of_act(act)
    cautions = [*of_act["cautions"], *panels.lacking_by(act, facts)]
    effects = panels.effect_of(act, facts)
    context = {**of_act, "facts": facts, "effects": effects, "cautions": cautions}
    return "succession/act_decide.html", context


ACTS = Kind(
    model=SuccessionAct,
    tables=(SUCCESSION,),
    verbs=(actions.decide, actions.reject, actions.discard, actions.restore),
    page="succession:act",
    list_page="succession:acts",
    look="succession.look",
    visible=queries.acts,
    facts=lambda act, on: queries.facts_of(act),
    panels={"decide": decision},
    looks={SuccessionState.DECLARED: "warning", SuccessionState.COMPLETED: "success"},
    slots={"label": lambda act: German(panels.label_of(act))},
)
KINDS = (ACTS,)
