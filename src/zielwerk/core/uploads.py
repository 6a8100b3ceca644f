"""Receiving files without filling memory or disk, however large they are."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from zielwerk.core.papers import why_not_kept
from zielwerk.rulebook.refusal import Refusal, Refused, msg


class Bounded(FileUploadHandler):
    """Keeps of all files of a request a little more than the largest that anybody may send.

    The rest is dropped as it comes. A file says its true size, so that a form can refuse it
    with a sentence; :func:`content` does.
    """

    budget = 0  # bytes kept of all files of this request

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.budget <= settings.UPLOAD_LIMIT:
            self.kept.write(raw_data)
            self.budget += len(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def content(file: UploadedFile[Any], most_bytes: int) -> bytes:
    """All bytes of a file that was sent.

    Raises :class:`Refused` (``core.file_too_large``) where it has more than ``most_bytes``
    or, beside another file of the same request, did not fit and was dropped in part; and where
    nobody keeps such a file (:func:`~zielwerk.core.papers.why_not_kept`).
    """
    size = file.size or 0
    content = file.read() if size <= most_bytes else b""
    if len(content) < size:
        sentence = msg("{file} ist zu groß; gelesen werden bis zu {limit} MB.")
        values = {"file": file.name or "", "limit": most_bytes // 1_000_000}
        raise Refused(Refusal("core.file_too_large", sentence, values))
    if reasons := why_not_kept(file.name or "", content):
        raise Refused(*reasons)
    return content
