"""What pages of notes show: the list, and the notes on the page of a case."""

from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse

from zielwerk.core import permissions
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.ui.joined import JOINED
from zielwerk.core.ui.lists import Column, link, state_badge
from zielwerk.core.views import Request
from zielwerk.notes import queries
from zielwerk.notes.models import Note
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg

NOTES: tuple[Column[Note], ...] = (
    Column(
        msg("Aktenzeichen"),
        lambda one: one.file_number,
        lambda one: link(reverse("notes:note", args=[one.pk]), one.file_number),
    ),
    Column(msg("Vorgang"), lambda one: one.about_number),
    Column(msg("Programmjahr"), lambda one: one.year),
    Column(msg("Text"), lambda one: one.text, lambda one: one.text[:120]),
    Column(msg("Anlage"), lambda one: one.attachment_name),
    Column(msg("Geschrieben"), lambda one: one.written_at),
    Column(msg("Stand"), lambda one: Label(one.state_label), state_badge),
)


def part(request: Request, case: Case) -> str:
    """The notes on a case, and the door to write one; nothing on the page of a note."""
    user = request.user
    if isinstance(case, Note) or permissions.role_refusal(user, "notes.look"):
        return ""
    notes = list(queries.notes_on(user, case))
    names = JOINED.names({note.written_by for note in notes}, user)
    context = {
        "notes": [(note, names.get(note.written_by, note.written_by)) for note in notes],
        "write_url": f"{reverse('notes:write')}?zu={quote(reference(case))}",
        "may_write": not permissions.role_refusal(user, "notes.write"),
    }
    return render_to_string("notes/part.html", context, request)


PARTS = (part,)
