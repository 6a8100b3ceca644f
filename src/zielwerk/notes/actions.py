"""The verbs of a note: write, share, withdraw."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from zielwerk.core.actions import action
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case, new_case, step
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.notes.models import Note
from zielwerk.rulebook.note import NOTE, NoteState
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import written

MAX_LENGTH = 4000  # characters of a note
OPAQUE = "application/octet-stream"  # whatever it says it is: it is only ever saved


@dataclass(frozen=True)
class Attachment:
    """A file beside a note."""

    name: str
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
    text = written(draft.text.replace("\r\n", "\n"))
    if not text or len(text) > MAX_LENGTH:
        sentence = msg("Ein Vermerk hat einen Text von höchstens {most} Zeichen.")
        raise Refused(Refusal("notes.no_text", sentence, {"most": MAX_LENGTH}))
    sent = draft.attachment
    file = sent and documents.store(actor, sent.name, OPAQUE, sent.content, at=at)
    return new_case(
        Note,
        f"VM-{draft.case.year}",
        at=at,
        state=NoteState.SHARED if draft.is_shared else NoteState.INTERNAL,
        programme=draft.case.programme,
        year=draft.case.year,
        about=reference(draft.case),
        about_number=draft.case.file_number,
        role=actor.side,
        ags=actor.ags,
        organisation_code=actor.organisation_code,
        is_shared=draft.is_shared,
        text=text,
        attachment=file,
        attachment_name=short_name(sent.name) if sent else "",
        written_by=actor.audit_name,
        written_at=at,
    )


def short_name(name: str) -> str:
    """A file's name in the characters of its column, its ending kept."""
    path = PurePath(name)
    return path.stem[: 200 - len(path.suffix[:20])] + path.suffix[:20]


@step(NOTE)
def share(actor: Actor, note: Note, facts: None, *, at: datetime) -> None:
    """Let all who see the case read the note; that cannot be taken back."""
    note.is_shared = True


@step(NOTE)
def withdraw(actor: Actor, note: Note, facts: None, *, at: datetime) -> None:
    """Withdraw the note; it stays in the file, readable."""


@step(NOTE)
def restore(actor: Actor, note: Note, facts: Note, *, at: datetime) -> None:
    """Let a withdrawn note count again, for the house that wrote it."""


@step(NOTE)
def restore_shared(actor: Actor, note: Note, facts: Note, *, at: datetime) -> None:
    """Let a withdrawn note count again, for all who could read it."""
