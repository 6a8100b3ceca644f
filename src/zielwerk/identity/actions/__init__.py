"""Verbs about persons: enrolling, erasing, inviting, recovering, and how they sign in."""

from zielwerk.identity.actions.attempts import Attempt, note, succeed, try_secret
from zielwerk.identity.actions.factors import (
    CodeApp,
    Factor,
    NewPasskey,
    OwnPassword,
    add_code_app,
    add_passkey,
    change_password,
    remove_factor,
    renew_codes,
    use_code,
)
from zielwerk.identity.actions.links import (
    KnownSubject,
    NewAccess,
    invite,
    link_subject,
    recover,
    redeem,
)
from zielwerk.identity.actions.people import Enrolment, Operator, enrol, erase

__all__ = [
    "Attempt",
    "CodeApp",
    "Enrolment",
    "Factor",
    "KnownSubject",
    "NewAccess",
    "NewPasskey",
    "Operator",
    "OwnPassword",
    "add_code_app",
    "add_passkey",
    "change_password",
    "enrol",
    "erase",
    "invite",
    "link_subject",
    "note",
    "recover",
    "redeem",
    "remove_factor",
    "renew_codes",
    "succeed",
    "try_secret",
    "use_code",
]
