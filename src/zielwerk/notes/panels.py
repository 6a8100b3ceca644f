"""What pages of notes show: the list, and the notes on the page of a case."""

from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse

from zielwerk.core import permissions
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.ui import steps
from zielwerk.core.ui.joined import JOINED
from zielwerk.core.ui.lists import Column, link, state_badge
from zielwerk.core.views import Request
from zielwerk.language import German
from zielwerk.notes import queries
from zielwerk.notes.models import Note
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg

NOTES: tuple[Column[Note], ...] = (
    Column(
        msg("Aktenzeichen"),
        lambda note: note.file_number,
        lambda note: link(reverse("notes:note", args=[note.pk]), note.file_number),
    ),
    Column(
        msg("Vorgang"),
        lambda note: note.about_number,
        lambda note: link(steps.url_of(note.about), note.about_number),
    ),
    Column(msg("Programmjahr"), lambda note: note.year),
    Column(msg("Text"), lambda note: note.text, lambda note: German(note.text[:120])),
    Column(msg("Anlage"), lambda note: note.attachment_name),
    Column(msg("Geschrieben"), lambda note: note.written_at),
    Column(msg("Stand"), lambda note: Label(note.state_label), state_badge),
)


def part(request: Request, case: Case) -> str:
    """The notes on a case, and the door to write one; nothing on the page of a note."""
    user = request.user
    if isinstance(case, Note) or permissions.role_refusal(user, "notes.look"):
        return ""
    notes = list(queries.notes_on(user, case))
    names = JOINED.names_for(request, {note.written_by for note in notes})
    context = {
        "notes": [(note, names[note.written_by]) for note in notes],
        "write_url": f"{reverse('notes:write')}?zu={quote(reference(case))}",
        "may_write": not permissions.role_refusal(user, "notes.write"),
    }
    return render_to_string("notes/part.html", context, request)


PARTS = (part,)
