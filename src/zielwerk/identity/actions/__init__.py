"""Verbs about persons: enrolling and erasing them, their posts, one-time links."""

from zielwerk.identity.actions.links import NewPassword, invite, redeem
from zielwerk.identity.actions.people import Enrolment, Operator, enrol, erase
from zielwerk.identity.actions.posts import NewPost, grant

__all__ = [
    "Enrolment",
    "NewPassword",
    "NewPost",
    "Operator",
    "enrol",
    "erase",
    "grant",
    "invite",
    "redeem",
]
