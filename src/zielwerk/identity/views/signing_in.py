"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from zielwerk.identity import queries
from zielwerk.identity.models import User
from zielwerk.ui.views import may

BACKEND = "zielwerk.identity.views.Backend"


class Backend(ModelBackend):
    """Who is signed in, by the posts that she holds today.

    Where there is no demo, its people are nobody: their sessions end with it.
    """

    def get_user(self, user_id: int) -> User | None:
        person = queries.signed_in(user_id, timezone.localdate())
        is_let_in = person and person.is_active and (settings.DEMO or not person.is_demo)
        return person if is_let_in else None


@may("identity.sign_in")
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Demo persons sign in by a press of a button; without a demo the page says so."""
    context = {"people": queries.demo_people(), "next": request.GET.get("next", "")}
    return render(request, "identity/sign_in.html", context)


@may("identity.sign_in")
@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("person", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    person = queries.demo_person(int(number)) if is_number else None
    if person is None:
        return redirect("identity:sign_in")
    login(request, person, backend=BACKEND)
    return onward(request)


@may("identity.sign_in")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("publication:list")


def onward(request: HttpRequest) -> HttpResponse:
    """Redirect to the address asked for, if it is on this site; else to the desk."""
    address = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(address if is_own else resolve_url("desk:home"))
