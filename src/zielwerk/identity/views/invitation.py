"""The page behind a one-time link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.identity import actions, queries
from zielwerk.identity.actions import NewAccess
from zielwerk.identity.forms import NewPasswordForm
from zielwerk.identity.models import OneTimeLink, SignInEvent
from zielwerk.identity.views import passkeys
from zielwerk.identity.views.factors import PASSKEY_SET, strong
from zielwerk.identity.views.flow import begin_session
from zielwerk.identity.views.signing_in import reasons
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import may

FIRST_PASSKEY = msg("Erster Passkey")


@may("identity.redeem")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Whoever has a good link sets a password or a passkey; looking does not use it up."""
    key = request.POST.get(queries.LINK_KEY) or request.GET.get(queries.LINK_KEY, "")
    link = queries.open_link(key, timezone.now())
    if link is None:
        return gone(request)
    is_passkey = "credential" in request.POST
    is_password = request.method == "POST" and not is_passkey
    form, why = NewPasswordForm(link.person, request.POST if is_password else None), None
    try:
        if new := _chosen(request, link, key, form):
            return _redeemed(request, new)
    except Refused as refused:
        why = refused
    # Who has a second factor keeps it: a link alone brings nobody past it.
    has_second = queries.has_second_factor(link.person)
    context = {
        "refusals": reasons(why),
        "form": form,
        "link": link,
        "key": key,
        "key_name": queries.LINK_KEY,
        "options": "" if has_second else passkeys.to_make(link.person),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "identity/invitation.html", context, status=status)


def _chosen(
    request: HttpRequest, link: OneTimeLink, key: str, form: NewPasswordForm
) -> NewAccess | None:
    """What the person chose; None where it does not do, or nothing is chosen yet."""
    if "credential" in request.POST and not queries.has_second_factor(link.person):
        made = passkeys.made(request)
        passkey = actions.NewPasskey(link.person, said(FIRST_PASSKEY), made)
        return NewAccess(link.person, key, passkey=passkey)
    return NewAccess(link.person, key, form.hashed()) if form.is_valid() else None


def _redeemed(request: HttpRequest, new: NewAccess) -> HttpResponse:
    try:
        person = actions.redeem(new.person, new, at=timezone.now())
    except Refused:  # used, or replaced by a newer one, while this was looked at
        return gone(request)
    if queries.has_second_factor(person) and not new.passkey:
        return redirect("identity:sign_in")
    begin_session(request, person, SignInEvent.Way.LINK, is_strong=new.passkey is not None)
    return strong(request, person, PASSKEY_SET) if new.passkey else redirect("desk:home")


def gone(request: HttpRequest) -> HttpResponse:
    """The same page for every link that is not good: it tells nothing of anybody."""
    return render(request, "identity/link_gone.html", status=410)
