"""The kind of case of this room: a note to the file."""

from typing import Any

from zielwerk.core.cases import Kind
from zielwerk.notes import actions, queries
from zielwerk.notes.models import Note
from zielwerk.rulebook.note import NOTE, NoteState


def text(note: Note) -> tuple[str, dict[str, Any]]:
    """What is shared or withdrawn, on the page that asks."""
    return "notes/text.html", {"note": note}


NOTES = Kind(
    model=Note,
    tables=(NOTE,),
    verbs=(actions.share, actions.withdraw),
    page="notes:note",
    list_page="notes:notes",
    look="notes.look",
    visible=queries.notes,
    panels={"share": text, "withdraw": text},
    looks={NoteState.SHARED: "info"},
)
KINDS = (NOTES,)
