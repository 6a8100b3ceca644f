"""Reads of the programme: rules as used, regional bodies, parties, money in the books."""

from zielwerk.programme.queries.bodies import (
    body,
    body_title,
    breaks,
    holdings_of_body,
    holdings_of_year,
    is_comparable,
    key_column,
    no_such_body,
    uncovered_of_body,
)
from zielwerk.programme.queries.labels import body_names, passing_on, purpose, purposes
from zielwerk.programme.queries.money import (
    Gap,
    frame_cents,
    frames,
    gaps,
    is_in_force,
    last_year,
    left_of_body,
    standing,
    uncovered,
    uncovered_planning,
    unredeemed,
)
from zielwerk.programme.queries.parties import parties, parties_and_bodies, party, relations
from zielwerk.programme.queries.rules import has_purpose, later_years, rule_versions, rules

__all__ = [
    "Gap",
    "body",
    "body_names",
    "body_title",
    "breaks",
    "frame_cents",
    "frames",
    "gaps",
    "has_purpose",
    "holdings_of_body",
    "holdings_of_year",
    "is_comparable",
    "is_in_force",
    "key_column",
    "last_year",
    "later_years",
    "left_of_body",
    "no_such_body",
    "parties",
    "parties_and_bodies",
    "party",
    "passing_on",
    "purpose",
    "purposes",
    "relations",
    "rule_versions",
    "rules",
    "standing",
    "uncovered",
    "uncovered_of_body",
    "uncovered_planning",
    "unredeemed",
]
