"""The audit log, its seal to keep, and the proof to take along."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from zielwerk.auditing import letters, queries
from zielwerk.auditing.forms import ProofForm
from zielwerk.auditing.panels import ENTRIES
from zielwerk.core import audit, looks
from zielwerk.core.exports import made_here
from zielwerk.ui import lists
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """The seal to keep elsewhere, the newest verification, and the proof of what is filtered."""
    number = request.GET.get("akte", "") if listed.total else ""
    filters: Any = listed.filters
    looks.shown(filters.persons)  # all of them are there to choose from
    return {
        "seal": str(audit.seal()),
        "newest": queries.newest_result(),
        "akte": number,
        "proof_url": f"{reverse('auditing:proof')}?{urlencode({'akte': number})}",
    }


log = lists.door(ENTRIES, "auditing/log.html", beside)


@may("auditing.look")
@require_safe
def seal_file(request: Request) -> HttpResponse:
    """The seal of this moment as a file to keep elsewhere."""
    answer = HttpResponse(f"{audit.seal()}\n", content_type="text/plain; charset=utf-8")
    day = timezone.localdate().isoformat()
    answer["Content-Disposition"] = made_here(f"siegel-{settings.PROGRAMME}-{day}.txt")
    return answer


@may("auditing.take_proof")
@require_safe
def proof(request: Request) -> HttpResponse:
    """What may be taken along: the whole log, or one case."""
    form = ProofForm(request.GET if "akte" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        taken = queries.Proof(audit.seal(), form.cleaned_data["akte"])
        query = urlencode({"akte": taken.case})
        context |= {
            "proof": taken,
            "figures": taken.figures(),
            "file_url": f"{reverse('auditing:proof_file')}?{query}",
        }
    status = 422 if form.errors else 200
    return render(request, "auditing/proof.html", context, status=status)


@may("auditing.take_proof")
@require_safe
def proof_file(request: Request) -> HttpResponseBase:
    """The proof as a ZIP file; of what has none, the page that says so."""
    form = ProofForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('auditing:proof')}?{request.GET.urlencode()}")
    at = timezone.localtime()
    taken = queries.Proof(audit.seal(), form.cleaned_data["akte"])
    answer = FileResponse(letters.package(taken, settings.PROGRAMME, at=at))
    name = "-".join(filter(None, ("nachweis", settings.PROGRAMME, taken.case, f"{at:%Y-%m-%d}")))
    answer["Content-Type"] = "application/zip"
    answer["Content-Disposition"] = made_here(f"{name}.zip")
    return answer
