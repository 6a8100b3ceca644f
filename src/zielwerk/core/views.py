"""Pages that belong to no room: refusals, errors, job progress, languages, health."""

import logging
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from zielwerk.core import permissions, queries
from zielwerk.core.permissions import Actor
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Refusal, msg

View = TypeVar("View", bound=Callable[..., HttpResponse])
STALE_FORM = Refusal(
    "core.stale_form",
    msg(
        "Das Formular ist abgelaufen. Gehen Sie zurück, laden Sie die Seite neu und senden Sie "
        "es noch einmal."
    ),
)
log = logging.getLogger("zielwerk.pages")


class Request(HttpRequest):
    """A request that came through the door: whoever sends it may act."""

    user: Actor  # type: ignore[assignment]  # the door lets in only people who are actors


def may(permission: str) -> Callable[[View], View]:
    """Name the permission that opens a view; every route has one."""

    def mark(view: View) -> View:
        permissions.check(permission, f"{view.__module__}.{view.__qualname__}")
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def refused(request: HttpRequest, refusals: Sequence[Refusal], status: int) -> HttpResponse:
    """The page of a refusal: its reasons with their legal bases, and a link onward."""
    rows = [(sentence(refusal, get_language() or "de"), refusal.basis) for refusal in refusals]
    return render(request, "core/refused.html", {"refusals": rows}, status=status)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    # After signing in, a button is not pressed again: the person goes on from her desk.
    path = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    return redirect_to_login(path or resolve_url("desk:home"), resolve_url(settings.LOGIN_URL))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/forbidden.html", status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: mostly one that stood open too long."""
    return refused(request, (STALE_FORM,), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "core/not_found.html", status=404)


def not_allowed(request: HttpRequest, methods: str) -> HttpResponse:
    """For an address that is only pressed, opened like a page; ``methods`` are those it takes."""
    response = render(request, "core/not_allowed.html", status=405)
    response["Allow"] = methods
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "core/server_error.html", status=500)


@may("core.look")
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For monitoring: the database answers."""
    queries.audit_length()
    return JsonResponse({"status": "ok"})


@csrf_exempt  # a token would be a cookie for everybody who only reads
@may("core.look")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie; only a form of this site may."""
    if not _is_sent_from_here(request):
        return forbidden(request)
    response: HttpResponse = set_language(request)
    return response


def _is_sent_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form, or says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


@may("core.watch_job")
@require_safe
def job(request: Request, pk: int) -> HttpResponse:
    """Progress of background work; the fragment refreshes itself where scripts run."""
    job: Any = queries.job(request.user, pk)
    template = "core/job_progress.html" if request.headers.get("HX-Request") else "core/job.html"
    return render(request, template, {"job": job})
