"""Reads about persons and their posts."""

from zielwerk.identity.queries.links import LINK_KEY, link_digest, open_link
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
    "LINK_KEY",
    "acted",
    "anybody",
    "authorities",
    "demo_people",
    "demo_person",
    "deputyships",
    "labels",
    "let_in",
    "link_digest",
    "of_address",
    "open_link",
    "person",
    "signed_in",
    "stands_in",
]
