"""What is to do for a person, from the rooms below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import get_language, ngettext

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.core import permissions
from zielwerk.core.models import AuditEntry
from zielwerk.identity import queries as identity
from zielwerk.language import sentence
from zielwerk.publication import queries as publication
from zielwerk.rulebook.agreement import IntakeState, unknown_date_note


@dataclass(frozen=True)
class Task:
    """Something that waits for this person: how many, what, and where."""

    number: int
    text: str
    url: str
    publish: int = 0  # the year that one press publishes as a whole, 0 where there is none


def tasks(user: Any) -> list[Task]:
    """Work that waits, most urgent first; empty where there is none for this role."""
    found = []
    if not permissions.role_refusal(user, "agreements.confirm"):
        waiting = agreements.waiting()
        intakes = reverse("agreements:intakes")
        for state in (IntakeState.ACCEPTED, IntakeState.REVIEW):
            if number := waiting.get(state, 0):
                found.append(Task(number, waits(state, number), f"{intakes}?stand={state.value}"))
    if not permissions.role_refusal(user, "publication.publish"):
        for year, number in publication.unpublished_years():
            text = ngettext(
                "erfasste Zielvereinbarung ist nicht veröffentlicht",
                "erfasste Zielvereinbarungen sind nicht veröffentlicht",
                number,
            )
            found.append(Task(number, f"{text} ({year})", reverse("agreements:agreements"), year))
    return found


def waits(state: IntakeState, number: int) -> str:
    """What a number of recordings in this state waits for."""
    if state == IntakeState.ACCEPTED:
        return ngettext(
            "angenommene Erfassung wartet auf Bestätigung",
            "angenommene Erfassungen warten auf Bestätigung",
            number,
        )
    return ngettext("Erfassung ist zu prüfen", "Erfassungen sind zu prüfen", number)


def own_agreements(user: Any) -> list[Agreement]:
    """The agreements of the body for which a person acts."""
    if not user.ags or permissions.role_refusal(user, "agreements.look"):
        return []
    return list(agreements.agreements(user))


@dataclass(frozen=True)
class Logged:
    """One entry of the audit log in people's words; the subject by its German name."""

    number: int
    at: datetime
    who: str
    verb: str
    subject: str
    hash: str


def logged(entries: Iterable[AuditEntry]) -> list[Logged]:
    """Entries as people read them; names are looked up now and stand nowhere in the chain."""
    found = list(entries)
    names = identity.labels({entry.actor for entry in found})
    return [
        Logged(
            entry.pk,
            entry.at,
            names.get(entry.actor, entry.actor),
            permissions.TABLE[entry.verb].label if entry.verb in permissions.TABLE else entry.verb,
            _thing(entry.subject),
            entry.hash,
        )
        for entry in found
    ]


def _thing(reference: str) -> str:
    """The thing by its German name; what cannot be read is shown as it stands."""
    label, _, number = reference.partition(":")
    try:
        return f"{apps.get_model(label)._meta.verbose_name} {number}"
    except (LookupError, ValueError):
        return reference


def unknown_date(who: str, origin: Intake) -> str:
    """What stands where a date could not be read: who recorded that, and from what."""
    return sentence(unknown_date_note(who, origin.source_note), get_language() or "de")
