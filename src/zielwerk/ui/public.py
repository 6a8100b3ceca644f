"""Answers that are the same for everybody: kept by whoever likes, and asked for again each time.

    @may("publication.read")
    @require_safe
    @public_answer(zeilen="50|100")
    def editions(request): ...

What the public sees changes only by a verb, by new code or settings, or at midnight. A stamp of
these names the answer (its ETag) and costs one row; who has the answer already gets 304. Rendered
answers are kept in the process's memory under the stamp, so nothing has to be thrown away after
a change, whichever process it came from. Where a session's cookie comes along, nothing is kept.
"""

import functools
import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags
from django.utils.translation import get_language

from zielwerk.core import audit

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
CONTROL = "public, no-cache"  # keep it, but ask each time whether it still holds
VARY = ("Cookie", "Accept-Language", "Accept-Encoding", "HX-Request")
TEXTS = ("text/", "application/json")
LARGEST = 100_000  # bytes of one answer that is kept
_ACCEPTS_GZIP = re.compile(r"\bgzip\b")


def public_answer(**kept: str) -> Callable[[View], View]:
    """Mark a view whose answer is the same for everybody.

    ``kept`` are the parameters of the address with which an answer is kept, and the pattern of
    their values; with any other parameter or value it is made anew, and fills no memory.
    """
    patterns = {name: re.compile(pattern) for name, pattern in kept.items()}

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
            # A broken token is given anew with this answer, which is nobody else's then.
            is_own = has_session or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            if is_own or settings.DEBUG:
                return view(request, *args, **kwargs)
            name = _name(request)
            if _is_known(request, etag := f'W/"{name}"'):
                return _dressed(HttpResponse(status=304), etag)
            is_kept = _is_kept(request, patterns)
            stored: Kept | None = cache.get(name) if is_kept else None
            if stored is None:
                response = view(request, *args, **kwargs)
                if not _is_public(request, response):
                    return response
                etag = response.get("ETag", etag)  # its own, such as a file's checksum
                if (
                    not is_kept
                    or not isinstance(response, HttpResponse)  # it is sent while it is made
                    or len(response.content) > LARGEST
                ):
                    return _dressed(response, etag)
                stored = Kept.of(response, etag)
                cache.set(name, stored)
            if _is_known(request, stored.etag):
                return _dressed(HttpResponse(status=304), stored.etag)
            return _dressed(stored.response(request), stored.etag)

        answer.is_public_answer = True  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return wrap


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept: texts compressed."""

    headers: tuple[tuple[str, str], ...]
    etag: str
    body: bytes
    is_compressed: bool

    @classmethod
    def of(cls, response: HttpResponse, etag: str) -> "Kept":
        is_text = response.get("Content-Type", "").startswith(TEXTS)
        body = gzip.compress(response.content, 6, mtime=0) if is_text else response.content
        return cls(tuple(response.items()), etag, body, is_text)

    def response(self, request: HttpRequest) -> HttpResponse:
        asked = request.headers.get("Accept-Encoding", "")
        goes_compressed = self.is_compressed and bool(_ACCEPTS_GZIP.search(asked))
        unpacked = self.is_compressed and not goes_compressed
        response = HttpResponse(gzip.decompress(self.body) if unpacked else self.body)
        for name, value in self.headers:
            response.headers[name] = value
        response.headers["Content-Length"] = str(len(response.content))
        if goes_compressed:
            response.headers["Content-Encoding"] = "gzip"
        return response


def _name(request: HttpRequest) -> str:
    """The name of what an address shows now, in the person's language."""
    parts = (
        *(_edition(), audit.state(), str(timezone.localdate())),
        *(request.build_absolute_uri(), get_language() or "", str("HX-Request" in request.headers)),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


@functools.cache
def _edition() -> str:
    """The code, texts and packs of this installation, and its settings."""
    digest = hashlib.sha256()
    for file in sorted(Path(settings.PACKAGE).rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(str(file.relative_to(settings.PACKAGE)).encode())
            digest.update(file.read_bytes())
    return salted_hmac("public", f"{digest.hexdigest()} {settings.ENVIRONMENT}").hexdigest()


def _is_kept(request: HttpRequest, patterns: dict[str, re.Pattern[str]]) -> bool:
    """Whether the address is spelled in the one way, with known parameters and values only."""
    asked = request.META.get("QUERY_STRING", "")
    return not asked or (
        request.GET.urlencode() == asked
        and all(
            name in patterns and len(values) == 1 and patterns[name].fullmatch(values[0])
            for name, values in request.GET.lists()
        )
    )


def _is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether nothing of the person who asked went into the answer."""
    return (
        response.status_code == 200
        and not response.cookies
        and not response.has_header("Cache-Control")
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(getattr(request, "session", None), "modified", False)
    )


def _is_known(request: HttpRequest, etag: str) -> bool:
    """Whether whoever asks has the answer of this name already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return etag.removeprefix("W/") in {name.removeprefix("W/") for name in known}


def _dressed(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CONTROL
    patch_vary_headers(response, VARY)
    return response
