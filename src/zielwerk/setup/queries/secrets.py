"""Secrets that are none: those of examples, and keys that others on the machine can read."""

from django.conf import settings

OFTEN = frozenset(
    {"", "admin", "changeme", "geheim", "passwort", "password", "postgres", "secret", "zielwerk"}
)
KEY_OF_OTHERS = 0o077


def weak() -> list[str]:
    """The names of settings, or of the file, whose secret somebody else may know."""
    found = []
    if settings.OIDC and settings.OIDC.secret.lower() in OFTEN:
        found.append("ZIELWERK_OIDC_SECRET")
    known = {name: str(value) for name, value in settings.DATABASES["default"].items()}
    is_by_network = "postgresql" in known["ENGINE"] and not known["HOST"].startswith("/")
    if is_by_network and known["PASSWORD"].lower() in OFTEN:
        found.append("ZIELWERK_DATABASE_URL")
    if len(set(settings.SECRET_KEY)) < 8:  # one letter again and again
        found.append("ZIELWERK_SECRET_KEY")
    key = settings.ENVIRONMENT.data / "secret_key"
    if key.is_file() and key.stat().st_mode & KEY_OF_OTHERS:
        found.append(str(key))
    return found
