"""Pages of notes."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import cases, exports
from zielwerk.core.ui import lists, steps
from zielwerk.core.ui.filters import CaseFilter
from zielwerk.core.views import Request, may
from zielwerk.documents import queries as documents
from zielwerk.notes import actions, panels, queries
from zielwerk.notes.cases import NOTES
from zielwerk.notes.forms import NoteForm
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import msg


@may("notes.look")
@require_safe
def notes(request: Request) -> HttpResponse:
    """All notes that this person may read."""
    filters = CaseFilter(request.GET, packs.years(settings.PROGRAMME), NOTES)
    found = filters.matching(queries.notes(request.user, settings.PROGRAMME))
    if exports.file_format(request):
        return lists.export(request, "vermerke", panels.NOTES, found)
    rows = lists.listing(request, msg("Vermerke"), panels.NOTES, found)
    return render(request, "notes/notes.html", {"filters": filters, "rows": rows})


@may("notes.write")
@require_http_methods(["GET", "POST"])
def write(request: Request) -> HttpResponse:
    """Write a note on the case that the address names."""
    case = queries.case_of(request.user, settings.PROGRAMME, request.GET.get("zu", ""))
    kind = cases.kind_of(case)
    sent = request.method == "POST"
    form = NoteForm(request.POST, request.FILES) if sent else NoteForm()
    if sent and form.is_valid():
        actions.write(request.user, form.new_note(case), at=timezone.now())
        return redirect(kind.page, case.pk)
    context = {
        "form": form,
        "case": case,
        "kind": kind,
        "case_url": reverse(kind.page, args=[case.pk]),
        "list_url": reverse(kind.list_page),
    }
    return render(request, "notes/write.html", context, status=422 if form.errors else 200)


@may("notes.look")
@require_safe
def note(request: Request, pk: int) -> HttpResponse:
    one = NOTES.find(request.user, settings.PROGRAMME, pk)
    name, _, number = one.about.partition(":")
    title = gettext("Vermerk {number} zu {about}")
    context = {
        "page": steps.case_page(
            request, one, title.format(number=one.file_number, about=one.about_number)
        ),
        "note": one,
        "about_url": reverse(cases.KINDS[name].page, args=[int(number)]),
    }
    return render(request, "notes/note.html", context)


@may("notes.look")
@require_safe
def attachment(request: Request, pk: int) -> HttpResponse:
    """The file as it was sent; never opened inside the page, whatever it says it is."""
    one = NOTES.find(request.user, settings.PROGRAMME, pk)
    if one.attachment is None:
        raise Http404
    content = documents.text_of(one.attachment)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = exports.attachment(one.attachment_name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
