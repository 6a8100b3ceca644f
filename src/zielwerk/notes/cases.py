"""The kind of case of this room: a note to the file."""

from typing import Any

from zielwerk.core.cases import Kind, Twins
from zielwerk.notes import actions, panels, queries
from zielwerk.notes.models import Note
from zielwerk.rulebook.note import NOTE, NoteState


def text(note: Note) -> tuple[str, dict[str, Any]]:
    """What is shared or withdrawn, on the page that asks."""
    return "notes/text.html", {"note": note}


NOTES = Kind(
    model=Note,
    tables=(NOTE,),
    verbs=(actions.share, actions.withdraw, actions.restore, actions.restore_shared),
    page="notes:note",
    list_page="notes:notes",
    look="notes.look",
    visible=queries.notes,
    filed=panels.filed,
    panels={"share": text, "withdraw": text},
    facts=lambda note, on: note,
    slots={"about": lambda note: note.about_number},
    twins=Twins(("about", "text", "written_by"), "written_at", frozenset({NoteState.WITHDRAWN})),
    looks={NoteState.SHARED: "info"},
)
KINDS = (NOTES,)
