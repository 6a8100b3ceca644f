"""The audit log with names and labels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zielwerk.agreements.models import Intake
from zielwerk.core import audit, permissions
from zielwerk.core.models import AuditEntry
from zielwerk.core.ui import steps
from zielwerk.identity import queries as identity
from zielwerk.rulebook.agreement import unknown_date_note
from zielwerk.rulebook.refusal import Refusal


@dataclass(frozen=True)
class LogEntry:
    """One entry of the audit log with the actor's name and the subject's German name.

    ``url`` leads to the case, empty where the subject is none.
    """

    number: int
    at: datetime
    actor: str
    verb: str
    subject: str
    url: str
    hash: str


def log_entries(user: Any, entries: Iterable[AuditEntry]) -> list[LogEntry]:
    """Entries with the names of their actors, which stand nowhere in the chain."""
    all_entries = list(entries)
    names = identity.labels({entry.actor for entry in all_entries}, user)
    seen = steps.urls_seen(user, {entry.subject for entry in all_entries})
    return [
        LogEntry(
            entry.pk,
            entry.at,
            names.get(entry.actor, entry.actor),
            permissions.label(entry.verb),
            _subject(entry.subject),
            seen.get(entry.subject, ""),
            entry.hash,
        )
        for entry in all_entries
    ]


def _subject(reference: str) -> str:
    """The subject by its German name; a reference of no declared kind as it stands."""
    name, _, number = reference.partition(":")
    return (
        f"{gettext(str(audit.SEALED[name]._meta.verbose_name))} {number}"
        if name in audit.SEALED
        else reference
    )


def unknown_date(recorder: str, origin: Intake) -> Refusal:
    """The sentence in place of a date that could not be read: its recorder and its source."""
    return unknown_date_note(recorder, origin.source_note)
