"""What a person shows to sign in: a password, codes of an app, passkeys; and the loss of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate

from zielwerk.core import sessions
from zielwerk.core.actions import action
from zielwerk.core.permissions import Actor
from zielwerk.identity import queries
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Refusal, Refused, msg

PERIOD = 30  # seconds that a code of the app is shown
TOLERANCE = 1  # codes before and after, for clocks that differ
Type = Authenticator.Type
WRONG_CODE = Refusal("identity.wrong_code", msg("Dieser Code stimmt nicht oder ist schon benutzt."))
LAST_FACTOR = Refusal(
    "identity.last_factor",
    msg(
        "Ihre Rolle verlangt mehr als ein Passwort. Richten Sie zuerst einen weiteren Passkey oder "
        "die App für Einmal-Codes ein."
    ),
)
LAST_WAY = Refusal(
    "identity.last_way",
    msg("Ohne ihn könnten Sie sich nicht mehr anmelden. Setzen Sie zuerst ein Passwort."),
)
DEMO_PERSON = Refusal(
    "identity.demo_person",
    msg("Das ist eine Person der Vorführung. Sie bekommt keinen Zugang."),
)
HAS_APP = Refusal("identity.has_app", msg("Eine App für Einmal-Codes ist schon eingerichtet."))
NO_FACTOR = Refusal(
    "identity.no_factor",
    msg("Wiederherstellungscodes gibt es erst neben einem Passkey oder einer App."),
)


@dataclass(frozen=True)
class OwnPassword:
    """A password that a person chose for herself, already hashed."""

    person: User
    hashed: str


@dataclass(frozen=True)
class CodeApp:
    """An app on the person's telephone that shows codes made from a secret."""

    person: User
    secret: str
    code: str


@dataclass(frozen=True)
class NewPasskey:
    """A passkey as the browser made it, under a name the person gave it; looked at by the door."""

    person: User
    name: str
    credential: dict[str, Any]


@dataclass(frozen=True)
class Factor:
    """One of a person's factors."""

    person: User
    authenticator: Authenticator


@action("identity.change_password")
def change_password(actor: Actor, own: OwnPassword, *, at: datetime) -> User:
    """Set another password; every session under the old one ends with it."""
    person = _locked(own.person, at)
    person.password = own.hashed
    person.save()
    return person


@action("identity.add_factor")
def add_code_app(actor: Actor, app: CodeApp, *, at: datetime) -> User:
    """Keep the secret of an app, once its first code is right; that code is used up by it."""
    person = _locked(app.person, at)
    if queries.factors(person).filter(type=Type.TOTP).exists():
        raise Refused(HAS_APP)
    counter = counter_of(app.secret, app.code, at)
    if counter is None:
        raise Refused(WRONG_CODE)
    data = {"secret": encrypt(app.secret), "counter": counter}
    _keep(person, Type.TOTP, data, at)
    return person


@action("identity.add_factor")
def add_passkey(actor: Actor, new: NewPasskey, *, at: datetime) -> User:
    """Keep a passkey."""
    person = _locked(new.person, at)
    keep_passkey(new, at)
    return person


@action("identity.remove_factor")
def remove_factor(actor: Actor, factor: Factor, *, at: datetime) -> User:
    """Remove a factor, unless a role of the person asks for it or it is her last way in."""
    person = _locked(factor.person, at)
    others = queries.factors(person).exclude(pk=factor.authenticator.pk)
    others = others.exclude(type=Type.RECOVERY_CODES)
    if not others.exists() and queries.ever_needs_second_factor(person):
        raise Refused(LAST_FACTOR)
    has_passkey = others.filter(type=Type.WEBAUTHN).exists()
    if not (person.has_usable_password() or has_passkey or queries.subjects(person).exists()):
        raise Refused(LAST_WAY)
    factor.authenticator.delete()
    if not others.exists():  # the codes for the case of its loss are of no use without it
        queries.factors(person).delete()
    return person


@action("identity.renew_codes")
def renew_codes(actor: Actor, person: User, *, at: datetime) -> User:
    """Make new codes for the case that every other factor is lost; the earlier ones are void."""
    person = _locked(person, at)
    if not queries.has_second_factor(person):
        raise Refused(NO_FACTOR)
    queries.factors(person).filter(type=Type.RECOVERY_CODES).delete()
    data = {"seed": encrypt(RecoveryCodes.generate_seed()), "used_mask": 0}
    _keep(person, Type.RECOVERY_CODES, data, at)
    return person


@transaction.atomic
def use_code(person: User, code: str, at: datetime) -> Authenticator | None:
    """The factor by which a code is right, and the code used up; None where it is wrong."""
    for factor in queries.factors(person).select_for_update():
        if factor.type == Type.TOTP:
            counter = counter_of(decrypt(factor.data["secret"]), code, at)
            if counter is not None and counter > factor.data["counter"]:
                factor.data["counter"] = counter
                factor.save()
                return factor
        elif factor.type == Type.RECOVERY_CODES and RecoveryCodes(factor).validate_code(code):
            return factor
    return None


def keep_passkey(new: NewPasskey, at: datetime) -> None:
    """Keep a passkey, for the verbs by which a person gives one."""
    data = {"name": new.name, "credential": new.credential}
    _keep(new.person, Type.WEBAUTHN, data, at)


def void(person: User) -> None:
    """Void all by which a person came in until now, and end her sessions."""
    queries.factors(person).delete()
    queries.subjects(person).delete()
    sessions.end_all(person.pk)
    person.password = make_password(None)
    person.save()


def counter_of(secret: str, code: str, at: datetime) -> int | None:
    """For which turn of its clock an app shows this code about now; None for no turn."""
    now = int(at.timestamp()) // PERIOD
    for counter in range(now - TOLERANCE, now + TOLERANCE + 1):
        shown = format_hotp_value(hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=shown):
            return counter
    return None


def _locked(person: User, at: datetime) -> User:
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_demo:
        raise Refused(DEMO_PERSON)
    return queries.let_in(person, localdate(at))


def _keep(person: User, kind: str, data: dict[str, Any], at: datetime) -> None:
    Authenticator.objects.create(user=person, type=kind, data=data, created_at=at)
