"""What the signatures of a PDF are worth, for everybody. Nothing of what is sent is kept."""

from datetime import datetime
from threading import BoundedSemaphore

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.conclusion import queries as conclusion
from zielwerk.core.networks import network_of
from zielwerk.publication import letters, queries
from zielwerk.publication.forms import PdfForm
from zielwerk.publication.models import Edition
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.throttle import OF_CHECKS, held_until
from zielwerk.signing import authorities as folder
from zielwerk.signing.apart import verify
from zielwerk.signing.model import Result, Verdict
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

# A check fills a processor: of several at one moment a process makes one, the others wait.
ONE_AT_A_TIME = BoundedSemaphore(1)


@may("publication.read")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request) -> HttpResponse:
    """Ask for a PDF, and say what its signatures are worth and whether it was concluded here."""
    if request.method != "POST":
        return render(request, "publication/check.html", {"form": PdfForm()})
    form = PdfForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "publication/check.html", {"form": form}, status=422)
    content = form.cleaned_data["datei"]
    now = timezone.now()
    try:
        verdict = _verified(request, content, now)
    except Refused as refused:
        add_refusals(form, refused, {"publication.checks_held": "datei"})
        return render(request, "publication/check.html", {"form": form}, status=429)
    context = {
        "form": PdfForm(),
        "verdict": verdict,
        "is_valid": verdict.result is Result.VALID,
        "edition": _edition(verdict),
    }
    if edition := context["edition"]:
        assert isinstance(edition, Edition)
        context["title"] = letters.title_of(
            edition.document, letters.letter_of(letters.rules_of(edition))
        )
        context["url"] = reverse("publication:edition", args=edition.address)
        context["is_newest"] = _is_newest(verdict, content)
    return render(request, "publication/check.html", context)


def _verified(request: Request, content: bytes, at: datetime) -> Verdict:
    """The verdict; raises Refused where this network, or everybody together, asks too often."""
    key = f"checks-{network_of(request)}"
    earlier: list[datetime] = cache.get(key, [])
    is_free = held_until(earlier, at, OF_CHECKS) is None
    if not is_free or not ONE_AT_A_TIME.acquire(timeout=OF_CHECKS_WAIT):
        raise Refused(HELD)
    try:
        recent = [moment for moment in earlier if moment > at - OF_CHECKS.within]
        cache.set(key, [*recent, at], OF_CHECKS.within.total_seconds())
        return verify(content, folder.load(folder.folder()), at=at)
    finally:
        ONE_AT_A_TIME.release()


def _edition(verdict: Verdict) -> Edition | None:
    """What is public of the agreement that was concluded with this file; nothing else is told."""
    if verdict.result is not Result.VALID or not verdict.hash:
        return None
    found = conclusion.concluded_as(verdict.hash)
    agreement = found.agreement if found else None
    return queries.public_of(agreement) if agreement else None


def _is_newest(verdict: Verdict, content: bytes) -> bool:
    found = conclusion.concluded_as(verdict.hash)
    return found is not None and conclusion.is_newest(found, content)


OF_CHECKS_WAIT = 10  # seconds
HELD = Refusal(
    "publication.checks_held",
    msg("Gerade wird zu viel geprüft. Bitte versuchen Sie es in einigen Minuten noch einmal."),
)
