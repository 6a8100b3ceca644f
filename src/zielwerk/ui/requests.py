"""What happens around every request: an id for the logs, the door's guard, refusals."""

import logging
import re
import secrets
import time
from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import DatabaseError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.encoding import escape_uri_path

from zielwerk.core import exports, kept, looks, once, permissions, sessions
from zielwerk.core.logs import request_id
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui import acts, refill, views
from zielwerk.ui.public import TEXTS

Handler = Callable[[HttpRequest], HttpResponse]
SANE_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
log = logging.getLogger("zielwerk.request")


class RequestId:
    """Give every request an id (a sane one from upstream is kept) and log one line of it."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        header = request.headers.get("X-Request-ID", "")
        name = header if SANE_ID.fullmatch(header) else secrets.token_hex(8)
        token = request_id.set(name)
        began = time.perf_counter()
        try:
            response = self.handler(request)
            response.headers["X-Request-ID"] = name
            if request.method == "HEAD":
                without_body(response)
            spent = round((time.perf_counter() - began) * 1000)
            path = escape_uri_path(request.path)  # a line end in it must not begin a new line
            log.info("%s %s %s %sms", request.method, path, response.status_code, spent)
            return response
        finally:
            request_id.reset(token)


def without_body(response: HttpResponseBase) -> None:
    """Tell of an answer and send nothing of it; its headers say what it would be."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        response.content = b""


class Compressed(GZipMiddleware):
    """Texts go compressed; a PDF or a workbook is packed already and goes as it is.

    A form's token is masked anew in every answer and the length varies, so that lengths tell
    nothing of a secret (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_text = response.get("Content-Type", "").startswith(TEXTS)
        return super().process_response(request, response) if is_text else response


class Policy(CSPMiddleware):
    """The same policy for every answer is put together once; a view's own one as ever."""

    written = ""

    def process_response(self, request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
        is_own = any(name.startswith("_csp") for name in (*vars(answer), *vars(request)))
        if is_own or settings.DEBUG:
            return super().process_response(request, answer)
        if not self.written:
            self.written = super().process_response(request, answer).headers[HEADER]
        answer.headers[HEADER] = self.written
        return answer


def holds_nul(request: HttpRequest) -> bool:
    """Whether the address has the character with the number zero anywhere."""
    asked = (part for name, values in request.GET.lists() for part in (name, *values))
    return "\0" in request.path_info or any("\0" in part for part in asked)


class Door:
    """Let in who may: every view names a permission; a refusal becomes a page with its reason.

    A form that was sent before is led to its first result before any view sees it. One whose
    twin was faster while a view looked is led there afterwards, whatever the view thought.
    """

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token, looking = refill.current.set(None), looks.begin()
        try:
            response = self._answer(request)
            looks.keep(request, response, timezone.now)
        except DatabaseError as error:
            # What nobody can note is not shown.
            if not (answer := views.unavailable(request, error)):
                raise
            response = answer
        finally:
            looks.end(looking)
            refill.current.reset(token)
        kept.name_browser(request, response)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        # No address of ours has it, PostgreSQL takes it in no text, and nobody types it.
        response = views.bad_request(request) if holds_nul(request) else self.handler(request)
        again, filled = getattr(request, "kept", None), refill.current.get()
        if again and filled and (response.status_code != 200 or filled.lost(kept.NOT_TYPED)):
            # The page has no place for all of it any more: then it is shown by itself.
            response = redirect("ui:kept", again.key)
        key = kept.sent_again(request) if response.status_code in (302, 303) else ""
        if key and request.user.is_authenticated:
            kept.forget(request, key)
        if isinstance(response, HttpResponseNotAllowed):
            response = views.not_allowed(request, response["Allow"])
        response = acts.overtaken(request) or response
        # Only what is marked as public is kept: after signing out, the back button must not
        # bring anything back.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        try:
            return self._let_in(request, view)
        except DatabaseError as error:
            if answer := views.unavailable(request, error):
                return answer
            raise

    def _let_in(self, request: HttpRequest, view: Callable[..., object]) -> HttpResponse | None:
        """None where the view may be asked, else what is answered in its place."""
        name = getattr(view, "permission", None)
        if name is None:
            # An unlisted route is a fault of ours; closed is the safe side.
            return views.forbidden(request)
        # Without a session's cookie nobody is asked for: that would read the database.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and not hasattr(view, "is_quiet") and request.user.is_authenticated:
            sessions.slide(request, timezone.now())
        no_such_file = exports.unknown(request) if request.method in ("GET", "HEAD") else None
        if permissions.is_public(name):
            return views.no_such_file(no_such_file) if no_such_file else None
        if not request.user.is_authenticated:
            return views.to_sign_in(request)
        if refusal := permissions.role_refusal(request.user, name):
            return views.refused(request, (refusal,), status=403)
        if no_such_file:
            return views.no_such_file(no_such_file)
        if request.method == "POST":
            try:
                return acts.repeated(request)
            except once.Foreign:
                return views.stale_form(request)
        key = request.GET.get(kept.PARAMETER, "")
        return views.fill_in_again(request, key) if key and request.method == "GET" else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, permissions.OutOfScope):
            return views.not_found(request, error)
        if isinstance(error, permissions.NotAllowed):
            return views.refused(request, error.refusals, status=403)
        if isinstance(error, Refused):
            return views.give_back(request, error.refusals)
        return views.unavailable(request, error)
