"""Verbs about persons: enrolling, erasing, inviting, redeeming a one-time link."""

from zielwerk.identity.actions.links import NewPassword, invite, redeem
from zielwerk.identity.actions.people import Enrolment, Operator, enrol, erase

__all__ = ["Enrolment", "NewPassword", "Operator", "enrol", "erase", "invite", "redeem"]
