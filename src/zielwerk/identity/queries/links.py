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
    return link if link and _is_good(link, at) else None


def good_link(pk: int, at: datetime) -> OneTimeLink | None:
    """The link of this number if it is good."""
    link = OneTimeLink.objects.select_related("person").filter(pk=pk).first()
    return link if link and _is_good(link, at) else None


def _is_good(link: OneTimeLink, at: datetime) -> bool:
    if link.used_at or link.expires_at <= at:
        return False
    person = link.person
    newest = OneTimeLink.objects.filter(person=person).latest("pk")
    return link == newest and person.is_active and not person.is_demo and not settings.DEMO
