"""A person's tasks, a year at a glance, and the log: from the rooms below."""

from zielwerk.desk.queries.log import subject_label, unknown_date
from zielwerk.desk.queries.waiting import Glance, Task, glance, own_agreements, tasks
from zielwerk.desk.queries.year import (
    BodyYear,
    DeadlineDay,
    Summary,
    body_years,
    days,
    running_year,
    summary,
)

__all__ = [
    "BodyYear",
    "DeadlineDay",
    "Glance",
    "Summary",
    "Task",
    "body_years",
    "days",
    "glance",
    "own_agreements",
    "running_year",
    "subject_label",
    "summary",
    "tasks",
    "unknown_date",
]
