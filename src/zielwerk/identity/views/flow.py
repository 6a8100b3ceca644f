"""How a sign-in goes on: after the first proof, where there is one a second, then the session.

The steps are allauth's, which keeps a sign-in that waits for its second proof in the session and
knows which proofs there were. These adapters say what is ours in them.
"""

import base64
import hashlib
import logging
from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from zielwerk.core import permissions, sessions
from zielwerk.core.networks import network_of
from zielwerk.identity import actions, queries
from zielwerk.identity.models import SignInEvent, User
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.ui import acts
from zielwerk.ui.tags.values import moment, said

log = logging.getLogger("zielwerk.sign_in")
BACKEND = "zielwerk.identity.views.Backend"
STRONG = "strong"  # in a session: more than a password was shown
WAY = "way"  # in a session: how the person signed in
CONFIRMED = "confirmed"  # in a session: when the person last showed what she signs in with
CONFIRMED_SECONDS = 900
END = "provider_end"  # in a session: the address by which one leaves the sign-in service as well
Kind, Way = SignInEvent.Kind, SignInEvent.Way
WAYS = {"password": Way.PASSWORD, "socialaccount": Way.PROVIDER, "mfa": Way.PASSKEY}
RECOVERED = msg(
    "Ihr Zugang wurde am {day} Uhr wiederhergestellt. Was Sie davor eingerichtet hatten, gilt "
    "nicht mehr. Wissen Sie davon nichts, melden Sie es sofort."
)


class SecondProof(AuthenticateStage):
    """A second proof is asked of whoever set one up, unless the sign-in service asked for it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if is_strong_elsewhere([record["method"] for record in records]):
            return False
        return super()._should_handle(request)


def is_strong_elsewhere(methods: list[str]) -> bool:
    """Whether the person came by a sign-in service that asks for a second factor itself."""
    return "socialaccount" in methods and settings.OIDC is not None and settings.OIDC.is_strong


class AccountAdapter(DefaultAccountAdapter):
    """The steps of a sign-in as the house takes them: nobody is created, nothing is mailed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["zielwerk.identity.views.flow.SecondProof"]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return redirect("identity:sign_in")

    def login(self, request: HttpRequest, user: Any) -> None:
        methods = [record["method"] for record in get_authentication_records(request, user)]
        is_strong = "mfa" in methods or is_strong_elsewhere(methods)
        begin_session(request, user, WAYS[methods[0]], is_strong=is_strong)

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        return onward(request, details.get("redirect_url") or "")


def begin_session(request: HttpRequest, person: User, way: str, *, is_strong: bool) -> None:
    """The person is signed in from now on, in this browser."""
    now = timezone.now()
    before = queries.events(person).filter(kind=Kind.SIGNED_IN).first()
    login(request, person, backend=BACKEND)
    sessions.begin(request, now)
    request.session[STRONG], request.session[WAY] = is_strong, way
    if way != Way.PROVIDER:  # begun there by somebody else, who did not come in
        request.session.pop(END, None)
    request.session[CONFIRMED] = now.timestamp()
    actions.note(Kind.SIGNED_IN, way, person, network_of(request), now)
    recovery = queries.recoveries(person).first()
    if recovery and (before is None or before.at < recovery.made_at):
        acts.say(request, said(Said(RECOVERED, {"day": moment(recovery.made_at)})))


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of factors lie in the database under the installation's own key."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; of what lies under a lost key one that nobody knows, so no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.warning("a second factor lies under another key: its person needs a new access")
            return generate_totp_secret()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"zielwerk.factors " + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SecondFactor:
    """Whoever's role asks for more than a password sets it up before anything else."""

    def __init__(self, handler: Any) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.handler(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        name = getattr(view, "permission", "")
        if not name or permissions.is_public(name) or name == "identity.keep_access":
            return None
        person = request.user
        if not person.is_authenticated or request.session.get(STRONG):
            return None
        if not queries.needs_second_factor(person):
            return None
        return redirect("identity:access")


def is_confirmed(request: HttpRequest, at: datetime) -> bool:
    """Whether the person showed a short while ago that it is herself who sits there."""
    confirmed: float = request.session.get(CONFIRMED, 0)
    return 0 <= at.timestamp() - confirmed < CONFIRMED_SECONDS


def onward(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect to the address asked for, if it is on this site; else to the desk."""
    is_own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(address if is_own else resolve_url("desk:home"))
