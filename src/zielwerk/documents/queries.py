"""Reads of stored files."""

import hashlib

from zielwerk.documents.models import StoredFile


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def by_content(content: bytes) -> StoredFile | None:
    """The file with exactly this content, whatever its name; its bytes are not loaded."""
    return StoredFile.objects.defer("content").filter(sha256=checksum(content)).first()


def text_of(file: StoredFile) -> bytes:
    return bytes(file.content)
