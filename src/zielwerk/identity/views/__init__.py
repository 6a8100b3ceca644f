"""Doors of signing in, of one's own access, and of persons with their posts."""

from zielwerk.identity.views.access import access, confirm, end_session, end_sessions
from zielwerk.identity.views.account import ActingAs, account, act_as, own_looks
from zielwerk.identity.views.factors import code_app, passkey, password, recovery_codes, remove
from zielwerk.identity.views.flow import AccountAdapter, FactorAdapter, SecondFactor
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
from zielwerk.identity.views.provider import from_provider, to_provider
from zielwerk.identity.views.recovery import recover
from zielwerk.identity.views.second_step import second_step
from zielwerk.identity.views.signing_in import (
    Backend,
    sign_in,
    sign_in_by_passkey,
    sign_in_demo,
    sign_out,
)

__all__ = [
    "AccountAdapter",
    "ActingAs",
    "Backend",
    "FactorAdapter",
    "SecondFactor",
    "access",
    "account",
    "act_as",
    "code_app",
    "confirm",
    "deputise",
    "end_deputyship",
    "end_post",
    "end_session",
    "end_sessions",
    "enrol",
    "from_provider",
    "grant",
    "hand_over",
    "invitation",
    "invite",
    "limit",
    "own_looks",
    "passkey",
    "password",
    "people",
    "person",
    "recover",
    "recovery_codes",
    "remove",
    "rights",
    "second_step",
    "sign_in",
    "sign_in_by_passkey",
    "sign_in_demo",
    "sign_out",
    "to_provider",
]
