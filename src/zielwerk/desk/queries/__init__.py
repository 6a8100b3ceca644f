"""What is to do for a person, a year at a glance, and the log: from the rooms below."""

from zielwerk.desk.queries.log import Logged, logged, unknown_date
from zielwerk.desk.queries.waiting import Glance, Task, glance, own_agreements, tasks
from zielwerk.desk.queries.year import (
    BodyYear,
    Day,
    Summary,
    body_years,
    days,
    running_year,
    summary,
)

__all__ = [
    "BodyYear",
    "Day",
    "Glance",
    "Logged",
    "Summary",
    "Task",
    "body_years",
    "days",
    "glance",
    "logged",
    "own_agreements",
    "running_year",
    "summary",
    "tasks",
    "unknown_date",
]
