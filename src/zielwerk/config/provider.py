"""The sign-in service of the organisation, from the environment."""

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect service by which people sign in.

    ``is_strong`` says that it asks for a second factor itself, so that ours is not asked for.
    """

    issuer: str  # ZIELWERK_OIDC_ISSUER: its address, exactly as the service writes it itself
    client: str  # ZIELWERK_OIDC_CLIENT: under which name it knows this installation
    secret: str = field(repr=False)  # ZIELWERK_OIDC_SECRET
    name: str  # ZIELWERK_OIDC_NAME: what people call it
    is_strong: bool  # ZIELWERK_OIDC_STRONG

    def in_settings(self) -> dict[str, object]:
        """The service as allauth's settings name it."""
        app = {
            "provider_id": "dienst",
            "name": self.name,
            "client_id": self.client,
            "secret": self.secret,
            "settings": {"server_url": self.issuer.rstrip("/")},
        }
        return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def read_provider(*, is_strong: bool) -> Provider | None:
    """The service that the environment names; None without one; ValueError says what is odd."""
    issuer, client, secret, name = (
        os.environ.get(f"ZIELWERK_OIDC_{part}", "").strip()
        for part in ("ISSUER", "CLIENT", "SECRET", "NAME")
    )
    if not issuer and not client:
        return None
    if not (issuer and client):
        raise ValueError("write ZIELWERK_OIDC_ISSUER and ZIELWERK_OIDC_CLIENT, or neither")
    parts = urlsplit(issuer)
    is_near = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not (parts.scheme == "https" or is_near) or not parts.hostname:
        raise ValueError("write an address that begins with https://")
    return Provider(issuer, client, secret, name or "Anmeldedienst", is_strong)
