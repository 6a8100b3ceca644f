"""Verbs about persons: enrolling and erasing them, their posts."""

from zielwerk.identity.actions.people import Enrolment, Operator, enrol, erase
from zielwerk.identity.actions.posts import NewPost, grant

__all__ = ["Enrolment", "NewPost", "Operator", "enrol", "erase", "grant"]
