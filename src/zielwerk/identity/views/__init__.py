"""Doors of signing in and of persons: who is signed in, their posts, their accounts."""

from zielwerk.identity.views.account import ActingAs, account, act_as
from zielwerk.identity.views.invitation import invitation
from zielwerk.identity.views.people import enrol, invite, people, person, rights
from zielwerk.identity.views.posts import (
    deputise,
    end_deputyship,
    end_post,
    grant,
    hand_over,
    limit,
)
from zielwerk.identity.views.signing_in import Backend, sign_in, sign_in_demo, sign_out

__all__ = [
    "ActingAs",
    "Backend",
    "account",
    "act_as",
    "deputise",
    "end_deputyship",
    "end_post",
    "enrol",
    "grant",
    "hand_over",
    "invitation",
    "invite",
    "limit",
    "people",
    "person",
    "rights",
    "sign_in",
    "sign_in_demo",
    "sign_out",
]
