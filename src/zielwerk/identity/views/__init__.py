"""Doors of signing in: the sign-in, the invitation, and who is signed in."""

from zielwerk.identity.views.invitation import invitation
from zielwerk.identity.views.signing_in import Backend, sign_in, sign_in_demo, sign_out

__all__ = ["Backend", "invitation", "sign_in", "sign_in_demo", "sign_out"]
