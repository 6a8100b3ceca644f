"""Who may read and mark what she is told, and choose how."""

from typing import Any

from zielwerk.core.permissions import EVERYONE, Actor, Permission
from zielwerk.core.roles import EVERYBODY
from zielwerk.rulebook.refusal import msg

OWN_ONLY = msg("nur eigene")
OPERATING = frozenset({"ministry_administrator"})


def is_own(actor: Actor, subject: object) -> bool:
    """A scope: what belongs to the person herself, as whatever she acts just now."""
    person: Any = getattr(subject, "person", subject)
    return bool(getattr(actor, "pk", None) == person.pk)


PERMISSIONS = (
    Permission(
        "messaging.look",
        msg("Eigene Mitteilungen lesen"),
        EVERYBODY,
        scope_label=OWN_ONLY,
    ),
    *(
        Permission(f"messaging.{verb}", label, OPERATING, is_of_whole=True)
        for verb, label in (
            ("look_at_outbox", msg("Postausgang ansehen")),
            ("try_again", msg("E-Mail noch einmal versuchen")),
            ("drop", msg("E-Mail verwerfen")),
        )
    ),
    Permission(
        "messaging.keep_calendar",
        msg("Kalenderadresse einrichten und widerrufen"),
        EVERYBODY,
        scope=is_own,
        scope_label=OWN_ONLY,
    ),
    Permission("messaging.read_calendar", msg("Kalender abrufen"), frozenset({EVERYONE})),
    Permission(
        "messaging.choose",
        msg("Zustellung wählen"),
        EVERYBODY,
        scope=is_own,
        scope_label=OWN_ONLY,
    ),
)
