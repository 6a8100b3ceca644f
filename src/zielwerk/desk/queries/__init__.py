"""A person's tasks, a year at a glance, and the log: from the rooms below."""

from zielwerk.desk.queries.accord import COMPARISONS
from zielwerk.desk.queries.gaps import StateGap, state_gaps
from zielwerk.desk.queries.log import unknown_date
from zielwerk.desk.queries.waiting import (
    Asking,
    Glance,
    Task,
    glance,
    own_agreements,
    own_askings,
    tasks,
)
from zielwerk.desk.queries.year import (
    BodyYear,
    DeadlineDay,
    Summary,
    bodies,
    body_years,
    days,
    summary,
)

__all__ = [
    "COMPARISONS",
    "Asking",
    "BodyYear",
    "DeadlineDay",
    "Glance",
    "StateGap",
    "Summary",
    "Task",
    "bodies",
    "body_years",
    "days",
    "glance",
    "own_agreements",
    "own_askings",
    "state_gaps",
    "summary",
    "tasks",
    "unknown_date",
]
