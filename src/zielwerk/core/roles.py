"""The sides of a programme and the roles that people have on each.

A side alone stands for all its roles that work on cases: whoever only administers people has
nothing to do with cases. In the permission table, a row names a side or single roles.
"""

from dataclasses import dataclass

from zielwerk.rulebook.refusal import msg

MINISTRY, AUTHORITY, BODY, PROVIDER, AUDITOR = SIDES = (
    "ministry",
    "authority",
    "body",
    "provider",
    "auditor",
)


@dataclass(frozen=True)
class Role:
    """A role: its German name, its side, and whether it administers that side's people."""

    name: str
    label: str
    side: str
    administers: bool = False


ROLES = {
    role.name: role
    for role in (
        Role("ministry_steering", msg("Programmsteuerung"), MINISTRY),
        Role("ministry_editor", msg("Programmbearbeitung"), MINISTRY),
        Role("ministry_administrator", msg("Personenverwaltung des Ministeriums"), MINISTRY, True),
        Role("authority_case_officer", msg("Sachbearbeitung der Behörde"), AUTHORITY),
        Role("authority_approver", msg("Freigabe der Behörde"), AUTHORITY),
        Role("authority_cashier", msg("Kasse der Behörde"), AUTHORITY),
        Role("authority_examiner", msg("Verwendungsprüfung der Behörde"), AUTHORITY),
        Role("authority_administrator", msg("Personenverwaltung der Behörde"), AUTHORITY, True),
        Role("body_coordinator", msg("Koordination der Körperschaft"), BODY),
        Role("body_approver", msg("Freigabe der Körperschaft"), BODY),
        Role("body_finance", msg("Finanzen der Körperschaft"), BODY),
        Role("body_audit_office", msg("Rechnungsprüfungsamt"), BODY),
        Role("body_administrator", msg("Personenverwaltung der Körperschaft"), BODY, True),
        Role("provider_contact", msg("Ansprechperson des Trägers"), PROVIDER),
        Role("provider_administrator", msg("Personenverwaltung des Trägers"), PROVIDER, True),
        Role(AUDITOR, msg("Prüfung"), AUDITOR),
    )
}
SIDE_LABELS = {
    MINISTRY: msg("Ministerium"),
    AUTHORITY: msg("Bewilligungsbehörde"),
    BODY: msg("Gebietskörperschaft"),
    PROVIDER: msg("Träger"),
    AUDITOR: msg("Prüfung"),
}
LABELS = {**SIDE_LABELS, **{name: role.label for name, role in ROLES.items()}}
ADMINISTRATORS = frozenset(name for name, role in ROLES.items() if role.administers)
EVERYBODY = frozenset(ROLES)
# Who enters and who decides: the law and daily work separate them.
ENTERING = frozenset(
    {
        "ministry_steering",
        "ministry_editor",
        "authority_case_officer",
        "authority_approver",
        "body_coordinator",
        "body_approver",
    }
)
DECIDING = frozenset({"ministry_steering", "authority_approver", "body_approver"})
STEERING = frozenset({"ministry_steering"})
"""Decides for the ministry what others have prepared, in whatever room."""


def side_of(role: str) -> str:
    """The side of a role; a side, the operator and everybody are their own."""
    return ROLES[role].side if role in ROLES else role


def of_sides(roles: frozenset[str], *sides: str) -> frozenset[str]:
    """Those of some roles that are of these sides."""
    return frozenset(role for role in roles if side_of(role) in sides)


def held(roles: frozenset[str]) -> frozenset[str]:
    """What a person with these roles is to the permission table: them, and their working sides."""
    return roles | {side_of(role) for role in roles - ADMINISTRATORS}


def expanded(named: frozenset[str]) -> frozenset[str]:
    """The single roles that a row of the permission table names, by themselves or their side."""
    return frozenset(role for role in ROLES if held(frozenset({role})) & named)
