"""Storing files."""

from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.papers import why_not_kept
from zielwerk.core.permissions import Actor
from zielwerk.documents import queries
from zielwerk.documents.models import StoredFile
from zielwerk.rulebook.refusal import Refused


@action("documents.store")
def store(actor: Actor, name: str, media_type: str, content: bytes, *, at: datetime) -> StoredFile:
    """Keep a file; content that is already there is returned as it was first stored.

    Refused where its name is too long to be kept whole, and the string that scanners are tried by.
    """
    if reasons := why_not_kept(name, content):
        raise Refused(*reasons)
    stored = queries.by_content(content)
    if stored:
        return stored
    file = StoredFile.objects.create(
        sha256=queries.checksum(content),
        name=name,
        media_type=media_type,
        size=len(content),
        content=content,
        stored_at=at,
    )
    seal(file)
    return file
