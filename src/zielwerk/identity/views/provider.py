"""Signing in by the organisation's own sign-in service (OpenID Connect, code flow with PKCE)."""

import logging
import secrets
from typing import Any
from urllib.parse import urlencode

import requests
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from zielwerk.identity import actions, queries
from zielwerk.identity.models import User
from zielwerk.identity.views.claims import Expected, NotBelieved, believed
from zielwerk.identity.views.flow import END
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.views import may

NAME = "dienst"  # the one service of an installation
UNKNOWN, FAILED = "unknown", "failed"
KEPT_AS = "identity.provider"  # in this process: what the service says of itself
SILENT, SILENT_SECONDS, SAYS_SECONDS = "silent", 10, 60
# What an answer of any shape may lead to, beside what the library says of a wrong one.
BAD_ANSWER = (
    *(NotBelieved, OAuth2Error, requests.RequestException),
    *(LookupError, ValueError, TypeError, AttributeError),
)
log = logging.getLogger("zielwerk.sign_in")


@may("identity.sign_in")
@require_safe
def to_provider(request: HttpRequest) -> HttpResponse:
    """Lead to the service, with what its answer must repeat."""
    service, nonce = _service(request), secrets.token_urlsafe(24)
    try:
        _soundly_configured(service)
        answer: HttpResponse = service.get_provider().redirect(
            request,
            process="login",
            next_url=request.GET.get("next", ""),
            data={"nonce": nonce},
            auth_params={"nonce": nonce},
        )
    except BAD_ANSWER as error:
        return failed(request, error)
    return answer


@may("identity.sign_in")
@require_safe
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the service: whoever it knows is let in if she is known here."""
    service = _service(request, provider_id)
    state = statekit.unstash_state(
        request, provider_id=service.get_provider().sub_id, state_id=request.GET.get("state", "")
    )
    if state is None or "code" not in request.GET:
        return failed(request, NotBelieved(request.GET.get("error", "no such request")[:60]))
    try:
        answer, claims = _asked(request, service, state)
    except BAD_ANSWER as error:
        return failed(request, error)
    person = _known(claims)
    if person is None:
        return not_in(request, UNKNOWN, 403)
    if request.user.is_authenticated:
        logout(request)
    request.session[END] = _way_out(request, service, str(answer["id_token"]))
    record_authentication(request, person, "socialaccount", provider=NAME)
    return perform_login(request, Login(user=person, redirect_url=state.get("next")))


def _service(request: HttpRequest, name: str = NAME) -> Any:
    """The library's hands for the service of this installation."""
    if settings.OIDC is None or settings.DEMO or name != NAME:
        raise Http404
    return OpenIDConnectOAuth2Adapter(request, NAME)


def _named() -> Any:
    """The service as the environment names it; there is one where this is asked."""
    return settings.OIDC


def _soundly_configured(service: Any) -> None:
    """The service says at its address that it is the one that was asked for.

    What it says of itself is kept for a minute, and for a few seconds that it is silent: else
    everybody who wants to sign in would hold up a thread for those who work. Its keys are not
    kept.
    """
    says = cache.get(KEPT_AS)
    if says is None:
        try:
            says = service.openid_config
        except requests.RequestException:
            cache.set(KEPT_AS, SILENT, SILENT_SECONDS)
            raise
        cache.set(KEPT_AS, says, SAYS_SECONDS)
    if says == SILENT:
        raise requests.ConnectionError("silent a moment ago")
    service._openid_config = says
    if says["issuer"] != _named().issuer:
        raise NotBelieved(f"the service calls itself {str(says['issuer'])[:100]}")


def _asked(
    request: HttpRequest, service: Any, state: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the service answers to its code, and the claims that are believed of it."""
    _soundly_configured(service)
    client = service.get_client(request, service.get_provider().app)
    verifier = state.get("pkce_code_verifier")
    answer = client.get_access_token(request.GET["code"], pkce_code_verifier=verifier)
    library: Any = get_adapter()
    with library.get_requests_session() as session:
        keys = session.get(service.openid_config["jwks_uri"])
        keys.raise_for_status()
    expected = Expected(_named().issuer, _named().client, state["data"]["nonce"])
    claims = believed(str(answer["id_token"]), keys.json(), expected, timezone.now())
    if "email" not in claims and "userinfo_endpoint" in service.openid_config:
        more = service._fetch_user_info(answer["access_token"])
        if more["sub"] == claims["sub"]:
            claims |= {name: more.get(name) for name in ("email", "email_verified")}
    return answer, claims


def _known(claims: dict[str, Any]) -> User | None:
    """The person whom the service means: by the subject kept of her, else by a verified address.

    Nobody is created. Who is known under another subject is not found by her address: the
    service may have given it to somebody else.
    """
    subject, day = str(claims["sub"]), timezone.localdate()
    person = queries.of_subject(subject)
    if person is None and claims.get("email_verified") is True:
        person = queries.of_address(str(claims.get("email", "")))
        if person is not None and queries.may_enter(person, day):
            try:
                known = actions.KnownSubject(person, subject)
                actions.link_subject(person, known, at=timezone.now())
            except Refused:
                return None
    return person if person and queries.may_enter(person, day) else None


def _way_out(request: HttpRequest, service: Any, token: str) -> str:
    """The address by which one leaves the service as well; empty where it has none."""
    address = service.openid_config.get("end_session_endpoint")
    if not address:
        return ""
    back = request.build_absolute_uri(reverse("identity:sign_in"))
    query = {
        "id_token_hint": token,
        "client_id": _named().client,
        "post_logout_redirect_uri": back,
    }
    return f"{address}?{urlencode(query)}"


def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """The page for an answer that is not believed or did not come; why says the log."""
    log.warning("sign-in service: %s: %s", type(error).__name__, str(error)[:200])
    is_silent = isinstance(error, requests.RequestException)
    return not_in(request, FAILED, 502 if is_silent else 400)


def not_in(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    context = {"reason": reason, "provider": settings.OIDC}
    return render(request, "identity/not_signed_in.html", context, status=status)
