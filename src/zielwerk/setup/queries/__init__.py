"""Reads of the setup: whether it is open, which steps were taken, what is missing."""

from zielwerk.setup.queries.checklist import Row, checklist
from zielwerk.setup.queries.people import Staff, staffed
from zielwerk.setup.queries.steps import (
    has_mail,
    is_empty,
    is_open,
    ministry,
    opens,
    taken,
    token_digest,
    what_there_is,
)

__all__ = [
    "Row",
    "Staff",
    "checklist",
    "has_mail",
    "is_empty",
    "is_open",
    "ministry",
    "opens",
    "staffed",
    "taken",
    "token_digest",
    "what_there_is",
]
