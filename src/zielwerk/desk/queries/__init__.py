"""A person's tasks, a year at a glance, and the log: from the rooms below."""

from zielwerk.desk.queries.log import LogEntry, log_entries, unknown_date
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
    "LogEntry",
    "Summary",
    "Task",
    "body_years",
    "days",
    "glance",
    "log_entries",
    "own_agreements",
    "running_year",
    "summary",
    "tasks",
    "unknown_date",
]
