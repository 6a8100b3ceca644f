"""What was typed into a form that could not be sent, kept for who typed it.

A form says, signed, for whom it was drawn (:func:`mark`). Where it comes too late, is refused or
the language changes, its fields are kept for an hour: for the browser that sent it, which has
a name of its own in a signed cookie, and for that person only. Nothing is done with it until
she sends the form again. No other site can have anything kept: :func:`says_own`.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from zielwerk.core import once, sessions
from zielwerk.core.models import KeptInput

MARK = "zw-fuer"  # the field of a form that says for whom it was drawn
COOKIE = settings.KEPT_COOKIE_NAME  # holds the browser's name; set only where something is kept
PARAMETER = "eingabe"  # names in an address what is to be filled in again
LIFE = timedelta(hours=1)
WORKDAY = timedelta(hours=12)  # so long a session may slide while one form is written in
MOST = 20  # of one person in one browser; the oldest give way
MOST_ELSEWHERE = 100  # of one person in other browsers; then nobody signed out has more kept
# What nobody but the person may know: it is typed again, and leaves no trace, not even a digest.
SECRETS = frozenset({"passwort", "wiederholung", "code", "credential"})
PROOFS = frozenset({"csrfmiddlewaretoken", once.FIELD, MARK, PARAMETER}) | SECRETS  # never kept
REVISION = "revision"
# What forms send along that nobody typed; a test compares the list with every form.
NOT_TYPED = PROOFS | {
    REVISION,
    "fassung",
    "gesehen",
    "strittig",
    "ueber",
    "frage",
    "gezeigt",
    "aendern",
    "accept",
    "karte",
    "ansicht",
    "language",
    "augenblick",
    "mehr",
    "senden",
    "vorschau",
    "zeigen",
}
CHOSEN = frozenset({"accept"})  # buttons of which each is an act of its own
_forms = signing.TimestampSigner(salt="zielwerk.form")
_browsers = signing.TimestampSigner(salt="zielwerk.browser")
Cause = KeptInput.Cause


def mark(audit_name: str) -> str:
    """The signed name of the person for whom a form is drawn."""
    return _forms.sign(audit_name)


def writer(request: HttpRequest) -> str:
    """The person for whom the form that was sent had been drawn; empty where it does not say.

    Who is signed in may send it as long as its token holds. By itself the mark lasts for the
    longest session and the hour after it.
    """
    signed_out = max(sessions.length(), WORKDAY) + LIFE
    age = once.LIFE if request.user.is_authenticated else signed_out
    try:
        return _forms.unsign(request.POST.get(MARK) or request.GET.get(MARK, ""), max_age=age)
    except signing.BadSignature:
        return ""


def says_own(request: HttpRequest) -> bool | None:
    """Whether the browser says that a page of this site sent the form; None if it says nothing."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    if origin is None:
        return None
    sent_from = urlsplit(origin)
    return (sent_from.scheme, sent_from.netloc) == (request.scheme, request.get_host())


def page_of(request: HttpRequest) -> str:
    """The address of the page that shows the form which is sent to this address."""
    match = request.resolver_match
    shown_at = getattr(match.func, "shown_at", "") if match else ""
    if match and shown_at:
        return reverse(shown_at, args=match.args, kwargs=match.kwargs)
    return without_parameter(request.get_full_path())


def own_address(address: str) -> str:
    """Path and query of an address of this site; never one that leads elsewhere."""
    parts = urlsplit(without_parameter(address))
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def without_parameter(address: str) -> str:
    parts = urlsplit(address)
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != PARAMETER
    ]
    return parts._replace(query=urlencode(query)).geturl()


def address_of(kept: KeptInput) -> str:
    """Where what is kept is filled in again."""
    return f"{kept.page}{'&' if '?' in kept.page else '?'}{PARAMETER}={kept.key}"


def keep(
    request: HttpRequest,
    cause: str,
    *,
    at: datetime,
    page: str = "",
    reasons: Sequence[str] = (),
    led_to: str = "",
) -> KeptInput | None:
    """Keep what a form sent; None where it is no form that people fill in, or not hers."""
    person = writer(request)
    user = request.user
    if not person or not says_own(request):
        return None
    if user.is_authenticated and person != user.audit_name:
        return None
    typed = [
        [name, [value.replace("\0", "") for value in values]]  # no database keeps it in a text
        for name, values in request.POST.lists()
        if name not in PROOFS
    ]
    files = [file.name for _, files in request.FILES.lists() for file in files if file.name]
    if not is_typed(request):
        return None
    if earlier := sent_again(request):  # this is what became of it
        forget(request, earlier)
    browser = browser_of(request) or secrets.token_urlsafe(24)
    if not user.is_authenticated and is_full(person, digest(browser)):
        return None
    request.kept_for = browser  # type: ignore[attr-defined]
    kept = KeptInput.objects.create(
        key=secrets.token_urlsafe(16),
        person=person,
        browser=digest(browser),
        page=own_address(page or page_of(request)),
        cause=cause,
        typed=typed,
        files=files,
        reasons=list(reasons),
        led_to=led_to,
        kept_at=at,
    )
    make_room(kept)
    return kept


def is_typed(request: HttpRequest) -> bool:
    """Whether a form that was sent holds anything that people type or choose."""
    typed = (values for name, values in request.POST.lists() if name not in NOT_TYPED)
    return bool(request.FILES) or any(any(values) for values in typed)


def contents(request: HttpRequest) -> str:
    """The digest of what a form says: its fields, and its files by name and size.

    Not of what the page adds: on Back it is drawn anew, with a new revision.
    """
    says = [
        [name, [value.replace("\r\n", "\n") for value in values]]
        for name, values in request.POST.lists()
        if name in CHOSEN or name not in NOT_TYPED
    ]
    files = [
        [name, [[file.name, file.size] for file in files]] for name, files in request.FILES.lists()
    ]
    return digest(json.dumps([sorted(says), sorted(files)]))


def is_full(person: str, browser: str) -> bool:
    """Whether so much of a person is kept in other browsers that it cannot all be hers."""
    return KeptInput.objects.filter(person=person).exclude(browser=browser).count() >= (
        MOST_ELSEWHERE
    )


def make_room(kept: KeptInput) -> None:
    """Keep the newest of a person in her browser only; another's posts push out nothing of hers."""
    hers = KeptInput.objects.filter(person=kept.person, browser=kept.browser)
    newest = hers.order_by("-kept_at", "key")
    too_many = list(newest.values_list("key", flat=True)[MOST : 2 * MOST])
    KeptInput.objects.filter(key__in=too_many).delete()


def find(request: HttpRequest, key: str, at: datetime) -> KeptInput | None:
    """What this browser had kept under a key; ask :func:`is_of` before it is shown."""
    browser = browser_of(request)
    if not browser:
        return None
    kept = KeptInput.objects.filter(key=key, browser=digest(browser))
    return kept.filter(kept_at__gt=at - LIFE).first()


def is_of(kept: KeptInput, request: HttpRequest) -> bool:
    """Whether the person signed in is the one who typed it."""
    user = request.user
    return user.is_authenticated and kept.person == user.audit_name


def sent_again(request: HttpRequest) -> str:
    """The key of what a form that is sent was filled in with; empty where it was not."""
    if request.method != "POST":
        return ""
    return request.POST.get(PARAMETER) or request.GET.get(PARAMETER, "")


def forget(request: HttpRequest, key: str) -> None:
    """Drop what this browser had kept under a key."""
    if browser := browser_of(request):
        KeptInput.objects.filter(key=key, browser=digest(browser)).delete()


def forget_expired(at: datetime) -> None:
    KeptInput.objects.filter(kept_at__lte=at - LIFE).delete()


def forget_all() -> None:
    """Drop whatever is kept of anybody."""
    KeptInput.objects.all().delete()


def typed_in(kept: KeptInput) -> QueryDict:
    """The fields as the form had sent them."""
    fields = QueryDict(mutable=True)
    fields.update(MultiValueDict(kept.typed))
    return fields


def browser_of(request: HttpRequest) -> str:
    """The browser's own name; empty where it has none, or one that is not from here."""
    if name := getattr(request, "kept_for", ""):
        return str(name)
    try:
        return _browsers.unsign(request.COOKIES.get(COOKIE, ""), max_age=2 * LIFE)
    except signing.BadSignature:
        return ""


def name_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the browser its name, where something was kept for it."""
    if name := getattr(request, "kept_for", ""):
        response.set_cookie(
            COOKIE,
            _browsers.sign(name),
            max_age=2 * LIFE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
