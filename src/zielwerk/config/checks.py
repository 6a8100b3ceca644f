"""What `zielwerk django check --deploy` says of a real installation, beside Django's own checks."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Warned

from zielwerk.setup.queries import secrets


@register(Tags.security, deploy=True)
def real_installation(**others: Any) -> list[CheckMessage]:
    """What a real installation must not lack, by its settings alone; asks no database."""
    found: list[CheckMessage] = []
    if settings.DEMO:
        found.append(
            Warned(
                "A demo is served: whoever reaches it signs in as any of its people.",
                hint="Set ZIELWERK_DEMO=0 for a real installation, with a database of its own.",
                id="zielwerk.W001",
            )
        )
    if settings.ENVIRONMENT.operator.is_example:
        found.append(
            Warned(
                "Imprint, privacy, contact and accessibility statement hold example values.",
                hint="Name the file of your public body in ZIELWERK_OPERATOR.",
                id="zielwerk.W002",
            )
        )
    if weak := secrets.weak():
        found.append(
            Warned(
                f"Somebody else may know these secrets: {', '.join(weak)}.",
                hint="Replace them by random ones, readable by their owner alone.",
                id="zielwerk.W003",
            )
        )
    if urlsplit(settings.ENVIRONMENT.address).scheme != "https":
        found.append(
            Warned(
                "Links that are sent to people do not begin with https://.",
                hint="Set ZIELWERK_HTTPS=1 behind TLS, and ZIELWERK_URL or ZIELWERK_HOSTS.",
                id="zielwerk.W004",
            )
        )
    return found
