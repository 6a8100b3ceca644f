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

MAX_LENGTH = 4000  # characters of a note


@dataclass(frozen=True)
class Attachment:
    """A file beside a note."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class NewNote:
    """A note on a case; if ``is_shared``, all who see the case may read it."""

    case: Case
    text: str
    is_shared: bool = False
    attachment: Attachment | None = None


@action("notes.write")
def write(actor: Actor, draft: NewNote, *, at: datetime) -> Note:
    """Put a note on record; its readers are chosen before, and can only become more."""
    text = draft.text.strip()
    if not text or len(text) > MAX_LENGTH:
        sentence = msg("Ein Vermerk hat einen Text von höchstens {most} Zeichen.")
        raise Refused(Refusal("notes.no_text", sentence, {"most": MAX_LENGTH}))
    file = draft.attachment and documents.store(
        actor, draft.attachment.name, draft.attachment.media_type, draft.attachment.content, at=at
    )
    return new_case(
        Note,
        f"VM-{draft.case.year}",
        at=at,
        state=NoteState.SHARED if draft.is_shared else NoteState.INTERNAL,
        programme=draft.case.programme,
        year=draft.case.year,
        about=reference(draft.case),
        about_number=draft.case.file_number,
        role=min(actor.roles),
        ags=actor.ags,
        is_shared=draft.is_shared,
        text=text,
        attachment=file,
        attachment_name=draft.attachment.name[:200] if draft.attachment else "",
        written_by=actor.audit_name,
        written_at=at,
    )


@step(NOTE)
def share(actor: Actor, note: Note, facts: None, *, at: datetime) -> None:
    """Let all who see the case read the note; that cannot be taken back."""
    note.is_shared = True


@step(NOTE)
def withdraw(actor: Actor, note: Note, facts: None, *, at: datetime) -> None:
    """Withdraw the note; it stays in the file, readable."""
