"""Who may read the log, prove it and take a proof along; who may know who looked at persons."""

from typing import Any

from zielwerk.core.capacity import did
from zielwerk.core.permissions import Actor, Permission
from zielwerk.rulebook.refusal import Refusal, msg

READERS = frozenset({"ministry", "auditor"})
# There is no role of the data protection officer: who audits, or administers people, stands for it.
INQUIRING = frozenset({"auditor", "ministry_administrator"})
OWN_INQUIRY = Refusal(
    "auditing.own_inquiry",
    msg("Einen Antrag auf Einsicht gibt eine zweite Person frei, nicht wer ihn gestellt hat."),
)


def asked_herself(actor: Actor, subject: object) -> Refusal | None:
    """Four eyes: whoever asked does not release it, nor for whom she stands in."""
    inquiry: Any = subject
    return OWN_INQUIRY if did(actor, inquiry.asked_by) else None


PERMISSIONS = (
    Permission("auditing.look", msg("Protokoll einsehen"), READERS),
    Permission("auditing.verify", msg("Protokoll und Bücher prüfen"), READERS),
    Permission("auditing.conclude", msg("Ergebnis einer Prüfung festhalten"), READERS),
    Permission("auditing.take_proof", msg("Nachweis des Protokolls mitnehmen"), READERS),
    Permission(
        "auditing.inquire",
        msg("Einsicht beantragen, wer Daten von Personen angesehen hat"),
        INQUIRING,
        scope_label=msg("nach Freigabe, vierzehn Tage lang"),
    ),
    Permission(
        "auditing.release",
        msg("Einsicht freigeben"),
        INQUIRING,
        unless=asked_herself,
        unless_label=msg("nicht den eigenen Antrag"),
    ),
)
