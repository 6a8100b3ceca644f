"""What pages of notes show: the list, and the notes on the page of a case."""

from collections.abc import Collection
from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from zielwerk.core import permissions
from zielwerk.core.audit import reference
from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.documents.panels import paper
from zielwerk.language import German
from zielwerk.notes import queries
from zielwerk.notes.models import Note
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Said, msg
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


def filed(user: Actor, note: Note) -> Filed:
    """A note in its own file: what it says, and the file beside it."""
    return Filed((_entry(note),))


def beside(user: Actor, case: Case) -> Filed:
    """The notes on a case that this person reads, in the file of that case."""
    if isinstance(case, Note) or permissions.role_refusal(user, "notes.look"):
        return Filed()
    return Filed(tuple(map(_entry, queries.notes_on(user, case))))


def _entry(note: Note) -> Entry:
    said = Said(NOTED, {"number": note.file_number, "state": Label(note.state_label)})
    kept = paper(note.attachment, msg("Anlage"), note.attachment_name) if note.attachment else None
    return Entry(
        note.written_at,
        msg("geschrieben"),
        Sort.NOTE,
        said,
        note.written_by,
        (note.text,),
        kept,
        is_internal=not note.is_shared,
    )


NOTED = msg("Vermerk {number}, {state}")
FILED = (beside,)
