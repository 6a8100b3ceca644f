"""Doors of signing in: the sign-in and its second step, the invitation, one's own access."""

from zielwerk.identity.views.access import access, confirm, end_session, end_sessions
from zielwerk.identity.views.factors import code_app, passkey, password, recovery_codes, remove
from zielwerk.identity.views.flow import AccountAdapter, FactorAdapter, SecondFactor
from zielwerk.identity.views.invitation import invitation
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
    "Backend",
    "FactorAdapter",
    "SecondFactor",
    "access",
    "code_app",
    "confirm",
    "end_session",
    "end_sessions",
    "from_provider",
    "invitation",
    "passkey",
    "password",
    "recover",
    "recovery_codes",
    "remove",
    "second_step",
    "sign_in",
    "sign_in_by_passkey",
    "sign_in_demo",
    "sign_out",
    "to_provider",
]
