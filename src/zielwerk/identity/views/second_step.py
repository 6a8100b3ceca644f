"""The second proof of a sign-in: a code or a passkey."""

from typing import Any

from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core.networks import network_of
from zielwerk.identity import actions
from zielwerk.identity.actions.factors import WRONG_CODE
from zielwerk.identity.forms import CodeForm
from zielwerk.identity.models import SignInEvent, User
from zielwerk.identity.views import passkeys
from zielwerk.identity.views.flow import SecondProof
from zielwerk.identity.views.signing_in import reasons
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.views import may


@may("identity.sign_in")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Whoever showed the right password shows a code or a passkey too."""
    if request.user.is_authenticated:
        return redirect("desk:home")
    stage: Any = LoginStageController.enter(request, SecondProof.key)
    if stage is None:  # nobody's sign-in waits here, or it waited too long
        return redirect("identity:sign_in")
    form = CodeForm(request.POST if "code" in request.POST else None)
    why = None
    try:
        if factor := shown(request, stage.login.user, form):
            post_authentication(request, factor)
            answer: HttpResponse = stage.exit()
            return answer
    except Refused as refused:
        why = refused
    context = {"form": form, "refusals": reasons(why), **passkeys.to_ask(stage.login.user)}
    status = 422 if request.method == "POST" else 200
    return render(request, "identity/second_step.html", context, status=status)


def shown(request: HttpRequest, person: User, form: CodeForm) -> Authenticator | None:
    """The factor that the person showed; None where she showed nothing yet.

    Raises Refused where a code is wrong or held off, or a passkey is not hers.
    """
    if request.method != "POST":
        return None
    if "credential" in request.POST:
        return passkeys.of_person(request, person)
    if not form.is_valid():
        return None
    now = timezone.now()
    way = SignInEvent.Way.CODE
    event = actions.try_secret(actions.Attempt(way, network_of(request), "", person), now)
    factor = actions.use_code(person, form.cleaned_data["code"], now)
    if factor is None:
        raise Refused(WRONG_CODE)
    actions.succeed(event, person)
    return factor
