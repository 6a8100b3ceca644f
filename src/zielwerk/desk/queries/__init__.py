"""What waits for a person and her house, a year at a glance, and the log: from below."""

from zielwerk.desk.queries.accord import COMPARISONS
from zielwerk.desk.queries.bulk import MOST, Alike, step_of, steps_alike, to_publish, uncovered
from zielwerk.desk.queries.gaps import StateGap, state_gaps
from zielwerk.desk.queries.log import unknown_date
from zielwerk.desk.queries.season import BodySeason, SeasonYear, season_year
from zielwerk.desk.queries.waiting import decided, for_me, of_others, seen_until, standing_in
from zielwerk.desk.queries.year import (
    BodyYear,
    DeadlineDay,
    Summary,
    bodies,
    body_years,
    days,
    strategies,
    summary,
)
from zielwerk.desk.queries.years import (
    BodyYears,
    agreed_counts,
    bodies_of,
    body_of_years,
    open_years,
    planned_counts,
    since_first,
    target_values,
    year_money,
)

__all__ = [
    "COMPARISONS",
    "MOST",
    "Alike",
    "BodySeason",
    "BodyYear",
    "BodyYears",
    "DeadlineDay",
    "SeasonYear",
    "StateGap",
    "Summary",
    "agreed_counts",
    "bodies",
    "bodies_of",
    "body_of_years",
    "body_years",
    "days",
    "decided",
    "for_me",
    "of_others",
    "open_years",
    "planned_counts",
    "season_year",
    "seen_until",
    "since_first",
    "standing_in",
    "state_gaps",
    "step_of",
    "steps_alike",
    "strategies",
    "summary",
    "target_values",
    "to_publish",
    "uncovered",
    "unknown_date",
    "year_money",
]
