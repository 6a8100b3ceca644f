"""The kind of case of this room: a note to the file."""

from zielwerk.core.cases import Kind
from zielwerk.notes import actions, queries
from zielwerk.notes.models import Note
from zielwerk.rulebook.note import NOTE, NoteState

NOTES = Kind(
    model=Note,
    tables=(NOTE,),
    verbs=(actions.share, actions.withdraw),
    page="notes:note",
    list_page="notes:notes",
    look="notes.look",
    visible=queries.notes,
    looks={NoteState.SHARED: "info"},
)
KINDS = (NOTES,)
