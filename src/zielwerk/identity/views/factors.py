"""Setting up and removing what a person signs in with."""

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.identity import actions, queries
from zielwerk.identity.forms import CodeForm, NewPasswordForm, PasskeyNameForm
from zielwerk.identity.models import User
from zielwerk.identity.views import passkeys
from zielwerk.identity.views.access import confirmed, person_of
from zielwerk.identity.views.flow import STRONG
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.acts import Answer, Question
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import may

SECRET = "app_secret"  # in a session: the secret of an app that is being set up  # noqa: S105
SHOWN = "codes_shown"  # in a session: until when codes just made are shown
SHOWN_SECONDS = 600
PASSWORD_SET = msg("Ihr Passwort ist geändert. Andere Sitzungen sind damit zu Ende.")
APP_SET = msg("Die App für Einmal-Codes ist eingerichtet.")
PASSKEY_SET = msg("Der Passkey ist angelegt.")
REMOVED = msg("Entfernt: {name}.")
APP = msg("die App für Einmal-Codes")
QUESTION = msg("Nachweis entfernen?")
EFFECT = msg("Danach melden Sie sich damit nicht mehr an. Neu anlegen lässt er sich jederzeit.")
TITLE = msg("Mein Zugang")
own = may("identity.keep_access")


@own
@require_http_methods(["GET", "POST"])
@confirmed
def password(request: HttpRequest) -> HttpResponse:
    """Set another password."""
    person = person_of(request)
    form = NewPasswordForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        own_password = actions.OwnPassword(person, form.hashed())
        changed = actions.change_password(person, own_password, at=timezone.now())
        update_session_auth_hash(request, changed)
        return _done(request, PASSWORD_SET)
    status = 422 if form.errors else 200
    return render(request, "identity/password.html", {"form": form}, status=status)


@own
@require_http_methods(["GET", "POST"])
@confirmed
def code_app(request: HttpRequest) -> HttpResponse:
    """Set up an app that shows codes: its secret as a picture and in letters, then its first."""
    person = person_of(request)
    secret = request.session.get(SECRET) or generate_totp_secret()
    request.session[SECRET] = secret
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].help_text = ""
    if form.is_valid():
        app = actions.CodeApp(person, secret, form.cleaned_data["code"])
        try:
            actions.add_code_app(person, app, at=timezone.now())
        except Refused as refused:
            add_refusals(form, refused, {"identity.wrong_code": "code"})
        else:
            del request.session[SECRET]
            return strong(request, person, APP_SET)
    address = get_adapter().build_totp_url(person, secret)
    picture = base64.b64encode(get_adapter().build_totp_svg(address).encode()).decode()
    letters = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "picture": picture, "letters": letters, "address": address}
    return render(request, "identity/code_app.html", context, status=422 if form.errors else 200)


@own
@require_http_methods(["GET", "POST"])
@confirmed
def passkey(request: HttpRequest) -> HttpResponse:
    """Have the browser make a passkey."""
    person = person_of(request)
    form = PasskeyNameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            credential = passkeys.made(request)
        except Refused as refused:
            add_refusals(form, refused)
        else:
            new = actions.NewPasskey(person, form.cleaned_data["name"], credential)
            actions.add_passkey(person, new, at=timezone.now())
            return strong(request, person, PASSKEY_SET)
    context = {"form": form, "options": passkeys.to_make(person)}
    return render(request, "identity/passkey.html", context, status=422 if form.errors else 200)


@own
@require_http_methods(["GET", "POST"])
@confirmed
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a passkey or the app; asked about before."""
    person = person_of(request)
    found = queries.factors(person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    authenticator = get_object_or_404(found, pk=pk)
    factor = actions.Factor(person, authenticator)
    is_app = authenticator.type == Authenticator.Type.TOTP
    name = said(APP) if is_app else authenticator.data["name"]
    back = reverse("identity:access")
    if request.method == "POST":
        return acts.done(
            request,  # type: ignore[arg-type]  # a person, so an actor
            lambda: actions.remove_factor(person, factor, at=timezone.now()),
            lambda _: Answer(back, Said(REMOVED, {"name": name})),
        )
    question = Question(
        QUESTION,
        msg("Entfernen"),
        back,
        (Said(EFFECT),),
        ((msg("Nachweis"), name),),
        about=said(TITLE),
    )
    return acts.ask(request, question)  # type: ignore[arg-type]


@own
@require_http_methods(["GET", "POST"])
@confirmed
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make codes for the case of a loss; they are shown for a short while, then never again."""
    person, now = person_of(request), timezone.now()
    if request.method == "POST":
        actions.renew_codes(person, person, at=now)
        request.session[SHOWN] = now.timestamp() + SHOWN_SECONDS
        return redirect("identity:recovery_codes")
    is_shown = request.session.get(SHOWN, 0) > now.timestamp()
    kept = queries.factors(person).filter(type=Authenticator.Type.RECOVERY_CODES).first()
    codes = RecoveryCodes(kept).get_unused_codes() if kept else []
    context = {
        "codes": codes if is_shown else (),
        "left": len(codes) if kept else None,
        "has_second": queries.has_second_factor(person),
    }
    return render(request, "identity/recovery_codes.html", context)


def strong(request: HttpRequest, person: User, sentence: str) -> HttpResponse:
    """From now on the session has more than a password; the first time, codes are made too."""
    request.session[STRONG] = True
    kept = queries.factors(person).filter(type=Authenticator.Type.RECOVERY_CODES)
    if kept.exists():
        return _done(request, sentence)
    now = timezone.now()
    actions.renew_codes(person, person, at=now)
    request.session[SHOWN] = now.timestamp() + SHOWN_SECONDS
    acts.say(request, said(sentence))
    return redirect("identity:recovery_codes")


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    acts.say(request, said(sentence))
    return redirect("identity:access")
