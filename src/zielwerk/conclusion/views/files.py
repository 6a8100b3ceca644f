"""The text to be signed as PDF and data; signed files, kept and sent out again."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.conclusion import actions, letters, queries
from zielwerk.conclusion.forms import FileForm
from zielwerk.conclusion.models import SignedFile
from zielwerk.conclusion.views.electronic import keep_signed
from zielwerk.conclusion.views.paper import KEPT, keep_scan
from zielwerk.conclusion.views.signing import find, taken
from zielwerk.core import exports, permissions
from zielwerk.documents import queries as documents
from zielwerk.rulebook.refusal import Said
from zielwerk.rulebook.signatures import Way
from zielwerk.typesetting.pdf import render as typeset
from zielwerk.ui.views import Request, may, to_save

TYPES = {"pdf": "application/pdf", "json": "application/json"}


@may("conclusion.look")
@require_safe
def text(request: Request, pk: int, ending: str) -> HttpResponse:
    """The approved version with a place for each signature, to be printed, or as data."""
    case = find(request, pk)
    if ending not in TYPES:
        raise Http404
    content: bytes | str
    if ending == "pdf" and case.way == Way.PAPER:
        content = letters.print_out(case)
    elif ending == "pdf":
        content = typeset(letters.document(case))
    else:
        content = json.dumps(letters.data(case), ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type=TYPES[ending])
    name = letters.file_name(case, ending)
    response.headers["Content-Disposition"] = exports.made_here(name)
    return response


@may("conclusion.keep_file")
@require_http_methods(["GET", "POST"])
def keep_file(request: Request, pk: int) -> HttpResponse:
    """Keep a signed copy; both sides see it at once."""
    case = find(request, pk)
    permissions.require(request.user, "conclusion.keep_file", case)
    if queries.prepared(case):
        return keep_signed(request, case)
    if case.way == Way.PAPER:
        return keep_scan(request, case)
    back = reverse("conclusion:conclusion", args=[pk])
    is_post = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if is_post else FileForm()
    if is_post:
        answer = taken(
            request,
            form,
            lambda: actions.keep_file(request.user, form.file(case), at=timezone.now()),
            lambda made: Said(KEPT, {"file": made.name, "number": case.file_number}),
            back,
        )
        if answer:
            return answer
    context = {"conclusion": case, "form": form, "back": back}
    return render(request, "conclusion/keep_file.html", context, status=422 if form.errors else 200)


@may("conclusion.look")
@require_safe
def file(request: Request, pk: int, number: int) -> HttpResponse:
    """A signed file as it was sent in, to be saved and never opened inside a page."""
    case = find(request, pk)
    kept = get_object_or_404(SignedFile.objects.select_related("file"), conclusion=case, pk=number)
    return to_save(documents.text_of(kept.file), str(kept.name))
