"""Signing in and out."""

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from zielwerk.core.views import may
from zielwerk.identity import queries
from zielwerk.identity.forms import SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@may("identity.sign_in")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """With e-mail and password; demo persons by a press of a button, where there are any."""
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user(), backend=BACKEND)
        return onward(request)
    context = {"form": form, "people": queries.demo_people(), "next": request.GET.get("next", "")}
    return render(request, "identity/sign_in.html", context)


@may("identity.sign_in")
@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("person", "")
    person = queries.demo_person(int(number)) if number.isdecimal() else None
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
    """Where the person wanted to go, if that is on this site; else their desk."""
    wanted = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if here else resolve_url("desk:home"))
