"""One-time links by which persons come in."""

import hashlib
from datetime import datetime

from django.conf import settings

from zielwerk.identity.models import OneTimeLink

LINK_KEY = "schluessel"  # names in an address the key of a one-time link


def link_digest(key: str) -> str:
    """What is kept of the key of a one-time link; the key is random, so nobody guesses it."""
    return hashlib.sha256(key.encode()).hexdigest()


def open_link(key: str, at: datetime) -> OneTimeLink | None:
    """The link of this key if it is good: the newest of an active person, unused, in time."""
    link = OneTimeLink.objects.select_related("person").filter(digest=link_digest(key)).first()
    if link is None or link.used_at or link.expires_at <= at:
        return None
    person = link.person
    newest = OneTimeLink.objects.filter(person=person).latest("pk")
    is_good = link == newest and person.is_active and not person.is_demo and not settings.DEMO
    return link if is_good else None
