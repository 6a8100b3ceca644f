"""Pages of planned measures and overall targets."""

from zielwerk.measures.views.carrying import carry
from zielwerk.measures.views.overall import (
    edit_target,
    overall_target,
    overall_targets,
    set_target,
    tick_target,
)
from zielwerk.measures.views.pasting import paste
from zielwerk.measures.views.planned import (
    begin,
    changes,
    edit,
    planned,
    planned_measures,
    tick,
)
from zielwerk.measures.views.targets import target

__all__ = [
    "begin",
    "carry",
    "changes",
    "edit",
    "edit_target",
    "overall_target",
    "overall_targets",
    "paste",
    "planned",
    "planned_measures",
    "set_target",
    "target",
    "tick",
    "tick_target",
]
