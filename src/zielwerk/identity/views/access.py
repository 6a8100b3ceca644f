"""What a person keeps of her own access: the overview, her sessions, and that it is herself."""

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import sessions
from zielwerk.core.networks import network_of
from zielwerk.core.permissions import NotAllowed
from zielwerk.identity import actions, queries
from zielwerk.identity.actions.factors import DEMO_PERSON
from zielwerk.identity.forms import CodeForm, ConfirmForm
from zielwerk.identity.models import SignInEvent, User
from zielwerk.identity.views import passkeys
from zielwerk.identity.views.flow import CONFIRMED, STRONG, is_confirmed, onward
from zielwerk.identity.views.second_step import shown
from zielwerk.identity.views.signing_in import reasons
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui import acts
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import may

WRONG_PASSWORD = Refusal("identity.wrong_password", msg("Dieses Passwort stimmt nicht."))
ENDED = msg("Abgemeldet: die andere Sitzung.")
ALL_ENDED = msg("Überall sonst abgemeldet.")
TOLD = 10  # attempts that the page tells


@may("identity.keep_access")
@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """By what one signs in, where one is signed in, and who tried."""
    person, now = person_of(request), timezone.now()
    factors = list(queries.factors(person))
    rows = sessions.of_person(person.pk, now)
    own = request.session.session_key
    context = {
        "person": person,
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "codes": codes_left(factors),
        "subject": queries.subjects(person).first(),
        "sessions": [
            (row, queries.browser_of(row.agent), sessions.name_of(row.pk), row.pk == own)
            for row in rows
        ],
        "events": queries.events(person).exclude(kind=SignInEvent.Kind.PASSED)[:TOLD],
        "recoveries": queries.recoveries(person),
        "is_asked": queries.needs_second_factor(person) and not request.session.get(STRONG),
    }
    return render(request, "identity/access.html", context)


def codes_left(factors: list[Authenticator]) -> int | None:
    """How many codes for the case of a loss are unused; None where there are none at all."""
    kept = [one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES]
    return len(RecoveryCodes(kept[0]).get_unused_codes()) if kept else None


@may("identity.keep_access")
@require_POST
def end_session(request: HttpRequest, name: str) -> HttpResponse:
    """Sign out in another browser."""
    if sessions.end(person_of(request).pk, name, timezone.now()):
        acts.say(request, said(ENDED))
    return redirect("identity:access")


@may("identity.keep_access")
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    sessions.end_all(person_of(request).pk, but=request.session.session_key or "")
    acts.say(request, said(ALL_ENDED))
    return redirect("identity:access")


@may("identity.keep_access")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Show once more that it is oneself, before anything of the access is changed."""
    person, why = person_of(request), None
    address = request.POST.get("next") or request.GET.get("next", "")
    has_second = queries.has_second_factor(person)
    kind: Any = CodeForm if has_second else ConfirmForm
    form = kind(None if "credential" in request.POST else request.POST or None)
    try:
        if _is_herself(request, person, form):
            request.session[CONFIRMED] = timezone.now().timestamp()
            return onward(request, address)
    except Refused as refused:
        why = refused
    context = {
        "refusals": reasons(why),
        "form": form,
        "next": address,
        "can_confirm": has_second or person.has_usable_password(),
        **(passkeys.to_ask(person) if has_second else {}),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "identity/confirm.html", context, status=status)


def _is_herself(request: HttpRequest, person: User, form: Any) -> bool:
    """Whether the person showed one of her factors, or her password where she has none."""
    if isinstance(form, CodeForm):
        return shown(request, person, form) is not None
    if not form.is_valid():
        return False
    way = SignInEvent.Way.PASSWORD
    attempt = actions.Attempt(way, network_of(request), person.email, person)
    event = actions.try_secret(attempt, timezone.now())
    if not person.check_password(form.cleaned_data["passwort"]):
        raise Refused(WRONG_PASSWORD)
    actions.succeed(event, person)
    return True


def confirmed(view: Any) -> Any:
    """A view that changes the access: whoever sits there shows first that it is herself."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if person_of(request).is_demo:
            raise NotAllowed(DEMO_PERSON)
        if not is_confirmed(request, timezone.now()):
            query = urlencode({"next": request.path})
            return redirect(f"{reverse('identity:confirm')}?{query}")
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return asked


def person_of(request: HttpRequest) -> User:
    person = request.user
    assert isinstance(person, User)  # the door lets in nobody else
    return person
