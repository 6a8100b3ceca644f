"""Who may sign in, who may enrol persons, and who recovers a lost access."""

from typing import Any

from zielwerk.core.permissions import EVERYONE, Actor, Permission
from zielwerk.identity.models import Role
from zielwerk.rulebook.refusal import Refusal, msg

OPERATOR = "operator"  # whoever has the command line of the installation
EVERYBODY = frozenset(Role.values)
ADMINISTRATORS = frozenset({Role.MINISTRY.value, OPERATOR})


def is_herself(actor: Actor, subject: object) -> bool:
    """A scope: what a person keeps of herself."""
    person = getattr(subject, "person", subject)
    return bool(getattr(actor, "pk", None) == getattr(person, "pk", 0))


def is_colleague(actor: Any, subject: Any) -> bool:
    """A scope: people of one's own organisation; for the command line everybody."""
    if OPERATOR in actor.roles:
        return True
    own = (actor.role, actor.organisation, actor.organisation_code, actor.ags)
    return own == (subject.role, subject.organisation, subject.organisation_code, subject.ags)


def not_herself(actor: Actor, subject: object) -> Refusal | None:
    """An exception: whoever could recover her own access would need no second person for it."""
    return HERSELF if is_herself(actor, subject) else None


HERSELF = Refusal("identity.herself", msg("Den eigenen Zugang stellt jemand anderes wieder her."))
OWN_ONLY = msg("nur den eigenen Zugang")
PERMISSIONS = (
    Permission("identity.sign_in", msg("Anmelden und abmelden"), frozenset({EVERYONE})),
    Permission("identity.redeem", msg("Einmal-Link einlösen"), frozenset({EVERYONE})),
    Permission("identity.keep_access", msg("Eigenen Zugang verwalten"), EVERYBODY),
    *(
        Permission(f"identity.{verb}", label, EVERYBODY, scope=is_herself, scope_label=OWN_ONLY)
        for verb, label in (
            ("change_password", msg("Eigenes Passwort ändern")),
            ("add_factor", msg("Weiteren Nachweis hinzufügen")),
            ("remove_factor", msg("Nachweis entfernen")),
            ("renew_codes", msg("Wiederherstellungscodes erneuern")),
            ("link_subject", msg("Konto des Anmeldedienstes verbinden")),
        )
    ),
    Permission("identity.invite", msg("Person einladen"), frozenset({OPERATOR})),
    Permission(
        "identity.recover",
        msg("Zugang einer Person wiederherstellen"),
        ADMINISTRATORS,
        scope=is_colleague,
        scope_label=msg("nur in der eigenen Organisation"),
        unless=not_herself,
        unless_label=msg("nicht den eigenen"),
    ),
    Permission("identity.enrol", msg("Person anlegen"), frozenset({OPERATOR})),
    Permission("identity.erase", msg("Daten einer Person löschen"), frozenset({OPERATOR})),
)
