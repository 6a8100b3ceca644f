"""The audit log in people's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from zielwerk.agreements.models import Intake
from zielwerk.core import audit, permissions
from zielwerk.core.models import AuditEntry
from zielwerk.core.ui import steps
from zielwerk.identity import queries as identity
from zielwerk.language import sentence
from zielwerk.rulebook.agreement import unknown_date_note


@dataclass(frozen=True)
class Logged:
    """One entry of the audit log in people's words; the subject by its German name.

    ``url`` leads to the case, empty where the subject is none.
    """

    number: int
    at: datetime
    who: str
    verb: str
    subject: str
    url: str
    hash: str


def logged(user: Any, entries: Iterable[AuditEntry]) -> list[Logged]:
    """Entries as people read them; names are looked up now and stand nowhere in the chain."""
    found = list(entries)
    names = identity.labels({entry.actor for entry in found}, user)
    return [
        Logged(
            entry.pk,
            entry.at,
            names.get(entry.actor, entry.actor),
            permissions.label(entry.verb),
            _thing(entry.subject),
            steps.url_of(entry.subject),
            entry.hash,
        )
        for entry in found
    ]


def _thing(reference: str) -> str:
    """The thing by its German name; what nobody declares is shown as it stands."""
    name, _, number = reference.partition(":")
    return (
        f"{audit.SEALED[name]._meta.verbose_name} {number}" if name in audit.SEALED else reference
    )


def unknown_date(who: str, origin: Intake) -> str:
    """What stands where a date could not be read: who recorded that, and from what."""
    return sentence(unknown_date_note(who, origin.source_note), get_language() or "de")
