"""The page behind a one-time link."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.identity import actions, queries
from zielwerk.identity.forms import NewPasswordForm
from zielwerk.identity.views.signing_in import BACKEND
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.views import may


@may("identity.redeem")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Whoever has a good link sets a password; looking at it does not use it up."""
    key = request.POST.get(queries.LINK_KEY) or request.GET.get(queries.LINK_KEY, "")
    link = queries.open_link(key, timezone.now())
    if link is None:
        return gone(request)
    form = NewPasswordForm(link.person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        new = actions.NewPassword(link.person, key, form.hashed())
        try:
            person = actions.redeem(link.person, new, at=timezone.now())
        except Refused:  # used, or replaced by a newer one, while this was looked at
            return gone(request)
        login(request, person, backend=BACKEND)
        return redirect("desk:home")
    context = {"form": form, "link": link, "key": key, "key_name": queries.LINK_KEY}
    return render(request, "identity/invitation.html", context, status=422 if form.errors else 200)


def gone(request: HttpRequest) -> HttpResponse:
    """The same page for every link that is not good: it tells nothing of anybody."""
    return render(request, "identity/link_gone.html", status=410)
