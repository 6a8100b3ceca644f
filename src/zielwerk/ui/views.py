"""Pages that belong to no room: refusals, errors, job progress, languages, health."""

import logging
import sys
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from zielwerk.core import exports, kept, permissions, queries, sessions
from zielwerk.core import health as health_of_all
from zielwerk.core.models import KeptInput
from zielwerk.core.permissions import Actor
from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.ui import refill
from zielwerk.ui.tags.values import said

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
STALE_FORM = Refusal(
    "core.stale_form",
    msg(
        "Das Formular ist abgelaufen. Gehen Sie zurück, laden Sie die Seite neu und senden Sie "
        "es noch einmal."
    ),
)
NOT_YOURS = msg("Das können Sie nicht ansehen")
NOT_POSSIBLE = msg("Das geht so nicht")
FORM_OF_ANOTHER = Refusal(
    "core.form_of_another",
    msg(
        "Dieses Formular hat jemand anderes geöffnet; inzwischen sind Sie angemeldet. Was darin "
        "stand, wurde verworfen."
    ),
)
UNAVAILABLE = msg("Die Anwendung ist zurzeit nicht erreichbar")
COME_BACK = msg(
    "Sie kommt gerade nicht an ihre Daten. Bitte versuchen Sie es in einer Minute noch einmal."
)
RETRY_SECONDS = 60
JSON, PROBLEM, PLAIN = (
    "application/json",
    "application/problem+json",
    "text/plain; charset=utf-8",
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


def quiet(view: View) -> View:
    """An address that is asked for without anybody working: it does not keep the session alive."""
    view.is_quiet = True  # type: ignore[attr-defined]
    return view


def shown_at(route: str) -> Callable[[View], View]:
    """Name the page that shows the form of an address to which it is only sent."""

    def mark(view: View) -> View:
        view.shown_at = route  # type: ignore[attr-defined]
        return view

    return mark


def refused(request: HttpRequest, refusals: Sequence[Refusal], status: int) -> HttpResponse:
    """The page of a refusal: its reasons with their legal bases, and a link onward."""
    rows = [(said(refusal), refusal.basis) for refusal in refusals]
    is_looking = request.method != "POST" and status == HTTPStatus.FORBIDDEN
    context = {"grounds": rows, "title": NOT_YOURS if is_looking else NOT_POSSIBLE}
    return render(request, "ui/pages/refused.html", context, status=status)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    # After signing in, a button is not pressed again: the person goes on from her desk, or
    # where she had typed something, from the form with it.
    path = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    if request.method == "POST":
        input_kept = kept.keep(request, kept.Cause.SIGNED_OUT, at=timezone.now())
        path = kept.address_of(input_kept) if input_kept else ""
    return redirect_to_login(path or resolve_url("desk:home"), resolve_url(settings.LOGIN_URL))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/pages/bad_request.html", status=400)


def no_such_file(refusal: Refusal) -> HttpResponse:
    """The answer to a program or a link that asks for a list in a form that there is not."""
    return HttpResponse(said(refusal), status=400, content_type=PLAIN)


def to_save(content: bytes, name: str, kind: str = "application/octet-stream") -> HttpResponse:
    """A file to be saved, never opened inside a page, whatever its media type."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = exports.attachment(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/pages/forbidden.html", status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: mostly one that stood open too long."""
    person = request.user
    if (writer := kept.writer(request)) and person.is_authenticated:
        if writer != person.audit_name:
            return refused(request, (FORM_OF_ANOTHER,), status=403)
        if input_kept := kept.keep(request, kept.Cause.STALE, at=timezone.now()):
            return redirect(kept.address_of(input_kept))
    elif not person.is_authenticated and writer:
        return to_sign_in(request)
    return refused(request, (STALE_FORM,), status=403)


def give_back(request: HttpRequest, refusals: Sequence[Refusal]) -> HttpResponse:
    """A refused form, filled in with what was typed beside what is so by now; or the reasons."""
    reasons = [sentence(refusal, get_language() or "de") for refusal in refusals]
    input_kept = None
    if request.method == "POST":
        input_kept = kept.keep(request, kept.Cause.REFUSED, at=timezone.now(), reasons=reasons)
    if input_kept:
        return redirect(kept.address_of(input_kept))
    return refused(request, refusals, status=409)


def fill_in_again(request: HttpRequest, key: str) -> HttpResponse | None:
    """Have the page filled in with what is kept; an answer only where that cannot be."""
    page = kept.own_address(request.get_full_path())
    input_kept = kept_for(request, key, page)
    if isinstance(input_kept, HttpResponse):
        return input_kept
    if kept.own_address(input_kept.page) != page:
        return redirect(kept.address_of(input_kept))
    typed = kept.typed_in(input_kept)
    compares = kept.REVISION in typed and input_kept.cause != kept.Cause.LANGUAGE
    request.kept = input_kept  # type: ignore[attr-defined]
    refill.current.set(refill.Refill(typed, compares))
    return None


def kept_for(request: HttpRequest, key: str, page: str) -> KeptInput | HttpResponse:
    """What is kept under a key for this person; or the page that says why nothing is."""
    input_kept = kept.find(request, key, timezone.now())
    if input_kept is None:
        return render(request, "ui/pages/kept_gone.html", {"page": page}, status=410)
    if not kept.is_of(input_kept, request):
        kept.forget(request, key)
        context = {"page": page, "is_of_another": True}
        return render(request, "ui/pages/kept_gone.html", context, status=403)
    return input_kept


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/pages/not_found.html", status=404)


def not_allowed(request: HttpRequest, methods: str) -> HttpResponse:
    """For an address that is only pressed, opened like a page; ``methods`` are those it takes."""
    response = render(request, "ui/pages/not_allowed.html", status=405)
    response["Allow"] = methods
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours; or of the surroundings, where it was seen outside the door."""
    error = sys.exc_info()[1]
    answer = unavailable(request, error) if error else None
    return answer or render(request, "ui/pages/server_error.html", status=500)


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """The answer while the surroundings fail: asks nothing of the database; else None."""
    fault = health_of_all.unavailable(error)
    if fault is None:
        return None
    log.error("%s: %s", fault.rule, sentence(fault, "en"))
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    about = {"title": gettext(UNAVAILABLE), "detail": gettext(COME_BACK)}
    if request.path.endswith(".json") or request.headers.get("Accept", "").startswith(JSON):
        problem = {"type": "about:blank", "status": 503, **about}
        return JsonResponse(problem, status=503, headers=headers, content_type=PROBLEM)
    if exports.file_format(request) or request.path.endswith((".csv", ".xlsx", ".pdf")):
        text = f"{about['title']}. {about['detail']}"
        return HttpResponse(text, status=503, headers=headers, content_type=PLAIN)
    page = render_to_string("ui/pages/unavailable.html", {"is_sent": request.method == "POST"})
    return HttpResponse(page, status=503, headers=headers)


@quiet
@may("core.look")
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For monitoring: the database is up to date, and can be read and written."""
    fault = health_of_all.fault()
    if fault is None:
        return JsonResponse({"status": "ok"})
    log.error("%s: %s", fault.rule, sentence(fault, "en"))
    headers = {"Retry-After": str(RETRY_SECONDS)}
    return JsonResponse(
        {"status": "unavailable", "reason": fault.rule}, status=503, headers=headers
    )


@csrf_exempt  # so that no page needs a token for it: all that it sets is a language
@may("core.look")
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Choose a language; a form that was sent along is filled in again in that language."""
    if kept.says_own(request) is False:
        return forbidden(request)
    response: HttpResponse = set_language(request)
    if request.user.is_authenticated:
        page, now = response.headers["Location"], timezone.now()
        input_kept = kept.keep(request, kept.Cause.LANGUAGE, at=now, page=page)
        if input_kept:
            response.headers["Location"] = kept.address_of(input_kept)
    return response


@quiet
@may("core.look")
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Until when the session lasts, by the server's clock; POST begins its time anew."""
    now, user = timezone.now(), request.user
    answer = {"now": now.timestamp(), "until": 0.0, "person": "", "token": ""}
    if user.is_authenticated:
        if request.method == "POST":
            sessions.extend(request, now)
        until = sessions.until(request).timestamp()
        answer |= {"until": until, "person": user.audit_name, "token": get_token(request)}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


@may("core.look")
@require_safe
def signed_in_again(request: HttpRequest) -> HttpResponse:
    """Where the sign-in leads that was opened beside a page whose session had ended."""
    return render(request, "ui/pages/signed_in_again.html")


@quiet
@may("core.watch_job")
@require_safe
def job(request: Request, pk: int) -> HttpResponse:
    """Progress of background work; the fragment refreshes itself where scripts run."""
    job: Any = queries.job(request.user, pk)
    whole, part = "ui/pages/job.html", "ui/pages/job_progress.html"
    template = part if request.headers.get("HX-Request") else whole
    return render(request, template, {"job": job})
