"""Verbs about persons: their posts, deputies and leaving, and how they come in."""

from zielwerk.identity.actions.attempts import Attempt, note, succeed, try_secret
from zielwerk.identity.actions.deputies import NewDeputy, deputise, end_deputyship
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
from zielwerk.identity.actions.leaving import Leaving, hand_over
from zielwerk.identity.actions.links import (
    Invited,
    KnownSubject,
    NewAccess,
    Recovered,
    invite,
    link_subject,
    recover,
    redeem,
    void_links,
)
from zielwerk.identity.actions.marking import mark
from zielwerk.identity.actions.people import Enrolment, Operator, enrol, erase
from zielwerk.identity.actions.posts import NewPost, end_post, grant, limit

__all__ = [
    "Attempt",
    "CodeApp",
    "Enrolment",
    "Factor",
    "Invited",
    "KnownSubject",
    "Leaving",
    "NewAccess",
    "NewDeputy",
    "NewPasskey",
    "NewPost",
    "Operator",
    "OwnPassword",
    "Recovered",
    "add_code_app",
    "add_passkey",
    "change_password",
    "deputise",
    "end_deputyship",
    "end_post",
    "enrol",
    "erase",
    "grant",
    "hand_over",
    "invite",
    "limit",
    "link_subject",
    "mark",
    "note",
    "recover",
    "redeem",
    "remove_factor",
    "renew_codes",
    "succeed",
    "try_secret",
    "use_code",
    "void_links",
]
