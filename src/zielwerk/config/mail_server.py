"""The server by which mail is sent, from the environment."""

import os
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from zielwerk.config.provider import LOOPBACK

# Scheme to: usual port, TLS from the first byte, TLS asked for once connected.
SCHEMES = {
    "smtp": (587, False, True),
    "smtps": (465, True, False),
    "smtp+plain": (25, False, False),
}
EXPECTED = "write smtp://user:password@host:587, smtps://… or smtp+plain://host (without TLS)"
SECONDS = 30  # after which a silent server counts as away


@dataclass(frozen=True)
class MailServer:
    """Where mail goes: to a server, or as files into a folder (``host`` is then empty)."""

    sender: str  # ZIELWERK_MAIL_FROM: the address that stands in every mail
    host: str = ""  # ZIELWERK_SMTP_URL, and so the following
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    is_starttls: bool = False
    folder: Path | None = None

    @property
    def name(self) -> str:
        """Where mail goes, without a secret."""
        return f"{self.host}:{self.port}" if self.host else str(self.folder)

    def in_settings(self) -> dict[str, object]:
        """The server as Django's settings name it."""
        backend = "smtp" if self.host else "filebased"
        return {
            "EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend",
            "EMAIL_FILE_PATH": str(self.folder) if self.folder else None,
            "EMAIL_HOST": self.host,
            "EMAIL_PORT": self.port,
            "EMAIL_HOST_USER": self.user,
            "EMAIL_HOST_PASSWORD": self.password,
            "EMAIL_USE_SSL": self.is_tls,
            "EMAIL_USE_TLS": self.is_starttls,
            "EMAIL_TIMEOUT": SECONDS,
            "DEFAULT_FROM_EMAIL": self.sender,
        }


def read_mail_server(folder: Path, *, demo: bool, host: str) -> MailServer | None:
    """The server that the environment names, None without one; ValueError says what is odd.

    A demo never sends: its mail becomes files, whatever the environment says.
    """
    url, sender = (
        os.environ.get(name, "").strip() for name in ("ZIELWERK_SMTP_URL", "ZIELWERK_MAIL_FROM")
    )
    server = _of_url(url, _address(sender)) if url else None
    return MailServer(f"zielwerk@{_named(host)}", folder=folder) if demo else server


def _named(host: str) -> str:
    return host if host.replace(".", "").replace("-", "").isalnum() else "localhost"


def _address(text: str) -> str:
    """The sender's address and nothing else; a name beside it would be a second setting."""
    name, address = parseaddr(text)
    if name or address != text or "@" not in text or not text.isascii() or not text.isprintable():
        raise ValueError("write ZIELWERK_MAIL_FROM, an address like zielwerk@example.org")
    return text


def _of_url(url: str, sender: str) -> MailServer:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(EXPECTED) from None
    if parts.scheme not in SCHEMES or not host or parts.path.strip("/") or parts.query:
        raise ValueError(EXPECTED)
    usual, is_tls, is_starttls = SCHEMES[parts.scheme]
    if parts.password and not (is_tls or is_starttls) and host not in LOOPBACK:
        raise ValueError("a password goes over TLS only: write smtp:// or smtps://")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(sender, host, port or usual, user, password, is_tls, is_starttls)
