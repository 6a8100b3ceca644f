"""Who may sign in, and who may enrol persons."""

from zielwerk.core.permissions import EVERYONE, Permission
from zielwerk.rulebook.refusal import msg

OPERATOR = "operator"  # whoever has the command line of the installation

PERMISSIONS = (
    Permission("identity.sign_in", msg("Anmelden und abmelden"), frozenset({EVERYONE})),
    Permission("identity.redeem", msg("Einmal-Link einlösen"), frozenset({EVERYONE})),
    Permission("identity.invite", msg("Person einladen"), frozenset({OPERATOR})),
    Permission("identity.enrol", msg("Person anlegen"), frozenset({OPERATOR})),
    Permission("identity.grant", msg("Stelle vergeben"), frozenset({OPERATOR})),
    Permission("identity.erase", msg("Daten einer Person löschen"), frozenset({OPERATOR})),
)
