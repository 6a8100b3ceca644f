"""The verbs of a note: write, share, withdraw."""

from dataclasses import dataclass
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case, new_case, step
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.notes.models import Note
from zielwerk.rulebook.note import NOTE, NoteState
from zielwerk.rulebook.refusal import Refusal, Refused, msg

MOST = 4000  # characters of a note


@dataclass(frozen=True)
class Attachment:
    """A file beside a note."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class NewNote:
    """A note on a case; ``is_shared`` tells that all who see the case may read it."""

    case: Case
    text: str
    is_shared: bool = False
    attachment: Attachment | None = None


@action("notes.write")
def write(actor: Actor, new: NewNote, *, at: datetime) -> Note:
    """Put a note on record; who may read it is chosen before, and can only be widened."""
    text = new.text.strip()
    if not text or len(text) > MOST:
        sentence = msg("Ein Vermerk hat einen Text von höchstens {most} Zeichen.")
        raise Refused(Refusal("notes.no_text", sentence, {"most": MOST}))
    file = new.attachment and documents.store(
        actor, new.attachment.name, new.attachment.media_type, new.attachment.content, at=at
    )
    return new_case(
        Note,
        f"VM-{new.case.year}",
        at=at,
        state=NoteState.SHARED if new.is_shared else NoteState.INTERNAL,
        programme=new.case.programme,
        year=new.case.year,
        about=reference(new.case),
        about_number=new.case.file_number,
        role=min(actor.roles),
        ags=actor.ags,
        is_shared=new.is_shared,
        text=text,
        attachment=file,
        attachment_name=new.attachment.name[:200] if new.attachment else "",
        written_by=actor.audit_name,
        written_at=at,
    )


@step(NOTE)
def share(actor: Actor, note: Note, facts: None, *, at: datetime) -> None:
    """Let all who see the case read the note; that cannot be taken back."""
    note.is_shared = True


@step(NOTE)
def withdraw(actor: Actor, note: Note, facts: None, *, at: datetime) -> None:
    """Say that the note no longer stands; it stays in the file."""
