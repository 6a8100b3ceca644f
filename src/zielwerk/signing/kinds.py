"""What a file is, as far as its first bytes say."""

from zielwerk.rulebook.refusal import Said
from zielwerk.signing import sentences as say
from zielwerk.signing.model import said

MOST_BYTES = 50_000_000
"""More than a hundred times an agreement."""


def unreadable(data: bytes) -> Said | None:
    """Why a file cannot be read as a PDF, where that is plain to see."""
    if not data.strip():
        return said(say.EMPTY)
    if len(data) > MOST_BYTES:
        return said(say.LARGE, most=MOST_BYTES // 1_000_000)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return said(say.ZIP)
    return None if data.startswith(b"%PDF-") else said(say.NO_PDF)
