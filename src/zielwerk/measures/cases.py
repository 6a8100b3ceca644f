"""The kinds of cases of this room: a planned measure, a target of a whole agreement."""

from zielwerk.core.cases import Kind
from zielwerk.measures import actions, queries
from zielwerk.measures.models import OverallTarget, PlannedMeasure
from zielwerk.packs import naming
from zielwerk.rulebook.overall import OVERALL
from zielwerk.rulebook.planned import PLANNED, PlannedState

PLANNED_MEASURES = Kind(
    model=PlannedMeasure,
    tables=(PLANNED,),
    verbs=(actions.finish, actions.reopen, actions.drop, actions.restore),
    page="measures:planned",
    list_page="measures:planned_measures",
    look="measures.look",
    visible=queries.planned_measures,
    facts=queries.facts_of,
    looks={PlannedState.DRAFT: "info", PlannedState.READY: "success"},
    origin=queries.origin_of,
    slots={
        "title": lambda measure: measure.title or measure.file_number,
        "name": lambda measure: naming.short(measure.programme, measure.ags),
        "year": lambda measure: str(measure.year),
    },
)
OVERALL_TARGETS = Kind(
    model=OverallTarget,
    tables=(OVERALL,),
    verbs=(
        actions.finish_target,
        actions.reopen_target,
        actions.drop_target,
        actions.restore_target,
    ),
    page="measures:overall_target",
    list_page="measures:overall_targets",
    look="measures.look",
    visible=queries.overall_targets,
    facts=queries.target_facts_of,
    looks={PlannedState.DRAFT: "info", PlannedState.READY: "success"},
    origin=queries.origin_of,
    slots={
        "place": lambda overall: overall.position,
        "name": lambda overall: naming.short(overall.programme, overall.ags),
        "year": lambda overall: str(overall.year),
    },
)
KINDS = (PLANNED_MEASURES, OVERALL_TARGETS)
