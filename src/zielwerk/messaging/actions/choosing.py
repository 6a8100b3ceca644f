"""Choosing how one is told."""

from dataclasses import dataclass, fields
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import User
from zielwerk.messaging.models import MailChoice


@dataclass(frozen=True)
class Choice:
    """How a person wants to be told: the columns of :class:`MailChoice`."""

    person: User
    actions: str
    information: str
    has_reminders: bool
    hour: int
    language: str


@action("messaging.choose")
def choose(actor: Actor, choice: Choice, *, at: datetime) -> MailChoice:
    """Choose how one is told by mail."""
    values = {field.name: getattr(choice, field.name) for field in fields(choice)}
    person = values.pop("person")
    return MailChoice.objects.update_or_create(person=person, defaults=values)[0]
