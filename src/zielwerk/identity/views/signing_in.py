"""Signing in by password or passkey, and out; in a demo by a press of a button."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, perform_password_login
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from zielwerk.core.networks import network_of
from zielwerk.identity import actions, queries
from zielwerk.identity.forms import SignInForm
from zielwerk.identity.models import SignInEvent, User
from zielwerk.identity.views import passkeys
from zielwerk.identity.views.flow import END, WAY, begin_session, onward
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import may

Kind, Way = SignInEvent.Kind, SignInEvent.Way
# The same for every reason: it tells nobody which addresses there are.
WRONG = Refusal("identity.wrong", msg("E-Mail-Adresse oder Passwort stimmen nicht."))


class Backend(ModelBackend):
    """Who is signed in, by the posts that she holds today.

    Where there is no demo, its people are nobody: their sessions end with it. In a demo nobody
    signs in by a password.
    """

    def get_user(self, user_id: int) -> User | None:
        person = queries.signed_in(user_id, timezone.localdate())
        is_let_in = person and person.is_active and (settings.DEMO or not person.is_demo)
        return person if is_let_in else None

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user) and queries.may_enter(user, timezone.localdate())


@may("identity.sign_in")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By e-mail address and password; in a demo by a press of a button."""
    if request.method != "POST" or settings.DEMO:
        return page(request, SignInForm(), 200, request.GET.get("next", ""))
    form, address = SignInForm(request.POST), request.POST.get("next", "")
    if not form.is_valid():
        return page(request, form, 422, address)
    try:
        person = _shown(request, form)
    except Refused as refused:
        status = 422 if WRONG in refused.refusals else 429
        return page(request, form, status, address, refused)
    return perform_password_login(request, {}, Login(user=person, redirect_url=address))


def page(
    request: HttpRequest,
    form: SignInForm,
    status: int,
    address: str,
    refused: Refused | None = None,
) -> HttpResponse:
    context = {
        "refusals": reasons(refused),
        "form": form,
        "people": queries.demo_people(),
        "is_demo": settings.DEMO,
        "provider": settings.OIDC,
        "next": address,
    }
    return render(request, "identity/sign_in.html", context, status=status)


def _shown(request: HttpRequest, form: SignInForm) -> User:
    """The person whose password was shown; raises Refused where it is wrong or held off."""
    address, password = form.cleaned_data["adresse"].lower(), form.cleaned_data["passwort"]
    attempt = actions.Attempt(
        Way.PASSWORD, network_of(request), address, queries.of_address(address)
    )
    event = actions.try_secret(attempt, timezone.now())
    person = authenticate(request, username=address, password=password)
    if not isinstance(person, User):
        raise Refused(WRONG)
    actions.succeed(event, person)
    return person


def reasons(refused: Refused | None) -> list[str]:
    """What a page says above its form."""
    return [said(refusal) for refusal in refused.refusals] if refused else []


@may("identity.sign_in")
@require_http_methods(["GET", "POST"])
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """GET gives what the browser asks its passkeys for; POST what a passkey answered."""
    if settings.DEMO:
        return redirect("identity:sign_in")
    if request.method == "GET":
        return JsonResponse(passkeys.to_ask_anybody())
    address = request.POST.get("next", "")
    try:
        factor = passkeys.of_anybody(request)
    except Refused as refused:
        return page(request, SignInForm(), 422, address, refused)
    post_authentication(request, factor, passwordless=True)
    return perform_login(request, Login(user=factor.user, redirect_url=address))


@may("identity.sign_in")
@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("person", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    person = queries.demo_person(int(number)) if is_number else None
    if person is None:
        return redirect("identity:sign_in")
    begin_session(request, person, Way.DEMO, is_strong=True)
    return onward(request, request.POST.get("next", ""))


@may("identity.sign_in")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; whoever came by the sign-in service is led to its own sign-out as well."""
    person, elsewhere = request.user, request.session.get(END, "")
    if isinstance(person, User):
        way = request.session.get(WAY, Way.PASSWORD)
        actions.note(Kind.SIGNED_OUT, way, person, network_of(request), timezone.now())
    logout(request)
    if elsewhere:
        return render(request, "identity/signed_out.html", {"elsewhere": elsewhere})
    return redirect("publication:list")
