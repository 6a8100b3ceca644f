"""Reads of stored files."""

import hashlib
from collections.abc import Iterable, Iterator

from zielwerk.documents.models import StoredFile


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def by_content(content: bytes) -> StoredFile | None:
    """The file with exactly this content, whatever its name; its bytes are not loaded."""
    return StoredFile.objects.defer("content").filter(sha256=checksum(content)).first()


def named(pk: int | None) -> StoredFile | None:
    """A file by its key, without its bytes."""
    return StoredFile.objects.defer("content").filter(pk=pk).first() if pk else None


def contents(checksums: Iterable[str]) -> Iterator[tuple[StoredFile, bytes]]:
    """Files with their bytes by their checksums, one at a time: never all are in memory."""
    for sha256 in checksums:
        file = StoredFile.objects.get(sha256=sha256)
        yield file, bytes(file.content)


def text_of(file: StoredFile) -> bytes:
    return bytes(file.content)
