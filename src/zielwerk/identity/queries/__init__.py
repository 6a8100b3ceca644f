"""Reads about persons and how they come in."""

from zielwerk.identity.queries.access import (
    PROVIDER,
    counted,
    events,
    factors,
    has_second_factor,
    held_off,
    needs_second_factor,
    of_subject,
    recoveries,
    subjects,
)
from zielwerk.identity.queries.browsers import browser_of
from zielwerk.identity.queries.links import LINK_KEY, link_digest, open_link
from zielwerk.identity.queries.people import (
    able,
    acted,
    anybody,
    authorities,
    demo_people,
    demo_person,
    labels,
    let_in,
    of_address,
    person,
)

__all__ = [
    "LINK_KEY",
    "PROVIDER",
    "able",
    "acted",
    "anybody",
    "authorities",
    "browser_of",
    "counted",
    "demo_people",
    "demo_person",
    "events",
    "factors",
    "has_second_factor",
    "held_off",
    "labels",
    "let_in",
    "link_digest",
    "needs_second_factor",
    "of_address",
    "of_subject",
    "open_link",
    "person",
    "recoveries",
    "subjects",
]
