"""The file of a case as a page, as PDF, as ZIP."""

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from zielwerk.core import cases, permissions
from zielwerk.core.cases import Case
from zielwerk.core.exports import made_here
from zielwerk.filing import letters, panels
from zielwerk.filing.forms import SortFilter
from zielwerk.filing.queries import CaseFile, files
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.retention import COUNTED
from zielwerk.ui.views import Request, may


def find(request: Request, kind: str, pk: int) -> Case:
    """The case of an address, if the person sees it; else Http404."""
    return cases.find(request.user, settings.PROGRAMME, f"{kind.replace('-', '_')}:{pk}")


@may("filing.look")
@require_safe
def case_file(request: Request, kind: str, pk: int) -> HttpResponse:
    """All that belongs to a case, in the order of time."""
    case = find(request, kind, pk)
    file = panels.case_file(request, case)
    form = SortFilter(request.GET, panels.sorts(file))
    context = {
        "file": file,
        "case": case,
        "rows": form.matching(list(file.rows)),
        "filters": form,
        "files": files(file.rows),
        "counted": COUNTED,
        "case_url": reverse(file.kind.page, args=[case.pk]),
        "list_url": reverse(file.kind.list_page),
        "pdf_url": panels.url_of(case, "pdf"),
        "package_url": panels.url_of(case, "package"),
        "is_over": file.keeping.is_over(timezone.localdate()),
        **_doors(request, file),
    }
    return render(request, "filing/case_file.html", context)


def _doors(request: Request, file: CaseFile) -> dict[str, str]:
    """The ways to what may be done now; empty where this person may not or it is not time."""
    user, offer = request.user, file.offer
    may_offer = offer is None and file.keeping.is_over(timezone.localdate())
    may_answer = offer is not None and not offer.answer
    offers = may_offer and not permissions.role_refusal(user, "filing.offer")
    answers = may_answer and not permissions.role_refusal(user, "filing.answer")
    return {
        "offer_url": panels.url_of(file.case, "offer") if offers else "",
        "answer_url": panels.url_of(file.case, "answer") if answers else "",
    }


@may("filing.look")
@require_safe
def pdf(request: Request, kind: str, pk: int) -> HttpResponseBase:
    """The file as one document, in German like every document."""
    case = find(request, kind, pk)
    with override("de"):
        content = letters.pdf(panels.case_file(request, case))
    response = HttpResponse(content, content_type="application/pdf")
    return _named(response, case, "pdf")


@may("filing.look")
@require_safe
def package(request: Request, kind: str, pk: int) -> HttpResponseBase:
    """The file with metadata and all stored files, for the authority's own file system."""
    case = find(request, kind, pk)
    with override("de"):
        response = FileResponse(letters.package(panels.case_file(request, case)))
    response["Content-Type"] = "application/zip"
    return _named(response, case, "zip")


def _named(response: HttpResponseBase, case: Case, ending: str) -> HttpResponseBase:
    response["Content-Disposition"] = made_here(f"akte-{hyphenated(case.file_number)}.{ending}")
    response["Content-Language"] = "de"
    return response
