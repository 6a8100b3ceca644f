"""Pages of notes."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import cases
from zielwerk.documents import queries as documents
from zielwerk.notes import actions, panels
from zielwerk.notes.cases import NOTES
from zielwerk.notes.forms import NoteForm
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.views import Request, may, to_save

WRITTEN = msg("Festgehalten: Vermerk {number} zu {about}.")
notes = lists.of_cases(NOTES, panels.NOTES, "notes/notes.html")


@may("notes.write")
@require_http_methods(["GET", "POST"])
def write(request: Request) -> HttpResponse:
    """Write a note on the case that the address names."""
    case = cases.find(request.user, settings.PROGRAMME, request.GET.get("zu", ""))
    kind = cases.kind_of(case)
    is_post = request.method == "POST"
    form = NoteForm(request.POST, request.FILES) if is_post else NoteForm()
    if is_post and form.is_valid():
        return acts.done(
            request,
            lambda: actions.write(request.user, form.new_note(case), at=timezone.now()),
            lambda note: steps.begun(request, note, WRITTEN, reverse(kind.page, args=[case.pk])),
        )
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
    note = NOTES.find(request.user, settings.PROGRAMME, pk)
    title = gettext("Vermerk {number} zu {about}")
    context = {
        "page": steps.case_page(
            request, note, title.format(number=note.file_number, about=note.about_number)
        ),
        "note": note,
        "about_url": steps.url_of(note.about),
    }
    return render(request, "notes/note.html", context)


@may("notes.look")
@require_safe
def attachment(request: Request, pk: int) -> HttpResponse:
    """The file as it was sent; never opened inside the page, whatever its media type."""
    note = NOTES.find(request.user, settings.PROGRAMME, pk)
    if note.attachment is None:
        raise Http404
    return to_save(documents.text_of(note.attachment), str(note.attachment_name))
