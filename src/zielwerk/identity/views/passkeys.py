"""Passkeys: what a browser is asked for, and what is believed of its answer."""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from zielwerk.identity import queries
from zielwerk.identity.forms import PasskeyForm
from zielwerk.identity.models import User
from zielwerk.rulebook.refusal import Refusal, Refused, msg

WRONG_PASSKEY = Refusal(
    "identity.wrong_passkey",
    msg("Mit diesem Passkey konnten wir Sie nicht anmelden. Versuchen Sie es noch einmal."),
)
NOT_MADE = Refusal(
    "identity.passkey_not_made",
    msg("Der Passkey wurde nicht angelegt. Versuchen Sie es noch einmal."),
)
# What reading an answer of any shape raises, beside what the library says of a wrong one.
UNREADABLE = (ValidationError, ValueError, TypeError, LookupError, AttributeError)


def to_make(person: User) -> str:
    """What the browser needs to make a passkey by which one signs in alone."""
    return json.dumps(webauthn.begin_registration(person, passwordless=True)["publicKey"])


def made(request: HttpRequest) -> dict[str, Any]:
    """The passkey that the browser made in answer to this site; raises Refused."""
    credential = _sent(request, NOT_MADE)
    try:
        webauthn.parse_registration_response(credential)
        data = webauthn.complete_registration(credential)
    except UNREADABLE as error:
        raise Refused(NOT_MADE) from error
    if not data.is_user_verified():
        raise Refused(NOT_MADE)
    return credential


def to_ask_anybody() -> dict[str, Any]:
    """What the browser asks its passkeys for where nobody is named yet."""
    question: dict[str, Any] = webauthn.begin_authentication()["publicKey"]
    return question


def to_ask(person: User) -> dict[str, str]:
    """What the browser asks the person's passkeys for; nothing where she has none."""
    if not queries.factors(person).filter(type=Authenticator.Type.WEBAUTHN).exists():
        return {}
    return {"passkey_options": json.dumps(webauthn.begin_authentication(person)["publicKey"])}


def of_person(request: HttpRequest, person: User) -> Authenticator:
    """The passkey of this person that answered; raises Refused."""
    credential = _sent(request, WRONG_PASSKEY)
    try:
        webauthn.parse_authentication_response(credential)
        return webauthn.complete_authentication(person, credential)
    except UNREADABLE as error:
        raise Refused(WRONG_PASSKEY) from error


def of_anybody(request: HttpRequest) -> Authenticator:
    """The passkey that answered, of a person who may sign in; it verified her. Raises Refused."""
    credential = _sent(request, WRONG_PASSKEY)
    try:
        answer = webauthn.parse_authentication_response(credential)
        person = webauthn.extract_user_from_response(credential)
        factor = webauthn.complete_authentication(person, credential)
    except UNREADABLE as error:
        raise Refused(WRONG_PASSKEY) from error
    may_enter = queries.may_enter(person, timezone.localdate())  # type: ignore[arg-type]
    if not (may_enter and answer.response.authenticator_data.is_user_verified()):
        raise Refused(WRONG_PASSKEY)
    return factor


def _sent(request: HttpRequest, why_not: Refusal) -> dict[str, Any]:
    """What the browser handed on; raises Refused where it is nothing of that kind."""
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        raise Refused(why_not)
    credential: dict[str, Any] = form.cleaned_data["credential"]
    return credential
