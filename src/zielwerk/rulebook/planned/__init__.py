"""Planned measures: what a plan says, what it lacks, how it changes, and what last year leaves.

A body plans its measures before any agreement names them. The plan may lack anything while it
is in work; it is *ready* when :func:`faults` finds nothing. Whoever saves changes only what
she changed (:func:`merged`); what was taken over from last year and no longer holds asks to be
looked at (:func:`to_review`).
"""

from zielwerk.rulebook.planned.changes import (
    LABELS,
    Change,
    Conflict,
    changes,
    merged,
)
from zielwerk.rulebook.planned.checks import (
    OWN_DELIVERY,
    PlanRules,
    faults,
    folded,
    months_between,
    months_of,
    names_age_group,
)
from zielwerk.rulebook.planned.content import (
    FIELDS,
    SAID,
    TOGETHER,
    CostLine,
    Plan,
    by_source,
    by_source_and_year,
)
from zielwerk.rulebook.planned.path import PLANNED, PlannedFacts, PlannedState
from zielwerk.rulebook.planned.takeover import Review, moved, reviewed, to_review

__all__ = [
    "FIELDS",
    "LABELS",
    "OWN_DELIVERY",
    "PLANNED",
    "SAID",
    "TOGETHER",
    "Change",
    "Conflict",
    "CostLine",
    "Plan",
    "PlanRules",
    "PlannedFacts",
    "PlannedState",
    "Review",
    "by_source",
    "by_source_and_year",
    "changes",
    "faults",
    "folded",
    "merged",
    "months_between",
    "months_of",
    "moved",
    "names_age_group",
    "reviewed",
    "to_review",
]
