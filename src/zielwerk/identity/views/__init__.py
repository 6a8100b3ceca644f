"""Doors of signing in, and who is signed in."""

from zielwerk.identity.views.signing_in import Backend, sign_in, sign_in_demo, sign_out

__all__ = ["Backend", "sign_in", "sign_in_demo", "sign_out"]
