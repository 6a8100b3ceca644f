"""Reads about persons and their posts."""

from zielwerk.identity.queries.people import (
    acted,
    anybody,
    authorities,
    demo_people,
    demo_person,
    labels,
    of_address,
    person,
)
from zielwerk.identity.queries.posts import deputyships, let_in, signed_in, stands_in

__all__ = [
    "acted",
    "anybody",
    "authorities",
    "demo_people",
    "demo_person",
    "deputyships",
    "labels",
    "let_in",
    "of_address",
    "person",
    "signed_in",
    "stands_in",
]
