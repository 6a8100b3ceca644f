"""What pages of notes show: the list, and the notes on the page of a case."""

from collections.abc import Collection
from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from zielwerk.core import permissions
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.language import German
from zielwerk.notes import queries
from zielwerk.notes.models import Note
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import steps
from zielwerk.ui.joined import JOINED
from zielwerk.ui.lists import FILE_NUMBER, STATE, Column
from zielwerk.ui.views import Request


def second(about: str, number: str) -> str:
    return number


def url_of(abouts: Collection[str], user: Actor) -> dict[str, str]:
    """Where the cases are that notes are about, as far as the person sees them."""
    return steps.urls_seen(user, abouts)


NOTES = (
    FILE_NUMBER,
    Column("about_number", msg("Vorgang"), ("about", "about_number"), value=second, urls=url_of),
    Column("year", msg("Programmjahr")),
    Column("text", msg("Text"), cell=lambda text: German(Truncator(text).chars(120))),
    Column("attachment_name", msg("Anlage")),
    Column("written_at", msg("Geschrieben")),
    STATE,
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
