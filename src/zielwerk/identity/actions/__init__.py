"""Verbs about persons: enrolling and erasing, posts, deputies, leaving, one-time links."""

from zielwerk.identity.actions.deputies import NewDeputy, deputise, end_deputyship
from zielwerk.identity.actions.leaving import Leaving, hand_over
from zielwerk.identity.actions.links import NewPassword, invite, redeem
from zielwerk.identity.actions.people import Enrolment, Operator, enrol, erase
from zielwerk.identity.actions.posts import NewPost, end_post, grant, limit

__all__ = [
    "Enrolment",
    "Leaving",
    "NewDeputy",
    "NewPassword",
    "NewPost",
    "Operator",
    "deputise",
    "end_deputyship",
    "end_post",
    "enrol",
    "erase",
    "grant",
    "hand_over",
    "invite",
    "limit",
    "redeem",
]
