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

__all__ = [
    "COMPARISONS",
    "MOST",
    "Alike",
    "BodySeason",
    "BodyYear",
    "DeadlineDay",
    "SeasonYear",
    "StateGap",
    "Summary",
    "bodies",
    "body_years",
    "days",
    "decided",
    "for_me",
    "of_others",
    "season_year",
    "seen_until",
    "standing_in",
    "state_gaps",
    "step_of",
    "steps_alike",
    "strategies",
    "summary",
    "to_publish",
    "uncovered",
    "unknown_date",
]
