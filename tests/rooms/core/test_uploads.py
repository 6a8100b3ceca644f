"""However much somebody sends, little of it is kept, and the answer is a sentence."""

import tracemalloc
from io import BytesIO, RawIOBase
from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from tests.stage import AT, signed_in
from zielwerk.config import world
from zielwerk.core.papers import TEST_VIRUS
from zielwerk.core.uploads import content
from zielwerk.documents import actions as documents
from zielwerk.rulebook.refusal import Refused
from zielwerk.tables import LIMITS

BOUNDARY = "grenze"
HEAD = (
    f"--{BOUNDARY}\r\n"
    'Content-Disposition: form-data; name="{field}"; filename="gross.txt"\r\n'
    "Content-Type: text/plain\r\n\r\n"
)
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()


class Stream(RawIOBase):
    """A request's body that is made while it is read."""

    def __init__(self, size: int, field: str = "file") -> None:
        super().__init__()
        head = HEAD.format(field=field).encode()
        self.length = len(head) + size + len(TAIL)
        self.head, self.left, self.tail = BytesIO(head), size, BytesIO(TAIL)

    @property
    def request(self) -> dict[str, Any]:
        """What a client needs to send it."""
        return {
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
            "CONTENT_LENGTH": str(self.length),
            "wsgi.input": self,
        }

    def read(self, most: int = -1) -> bytes:
        most = most if most > 0 else 1 << 16
        if chunk := self.head.read(most):
            return chunk
        if self.left:
            chunk = b"x" * min(most, self.left)
            self.left -= len(chunk)
            return chunk
        return self.tail.read(most)


def test_200_megabytes_fill_neither_memory_nor_disk_and_end_in_a_sentence(
    cast: world.Cast,
) -> None:
    stream = Stream(200_000_000)
    client = signed_in(cast.officer)
    client.get("/arbeit/erfassungen/neu")  # what is loaded once does not count
    tracemalloc.start()
    try:
        response = client.generic("POST", "/arbeit/erfassungen/neu", **stream.request)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert response.status_code == 422
    assert "gross.txt ist zu groß; gelesen werden bis zu 2 MB." in response.content.decode()
    assert stream.left == 0
    assert peak < 4 * LIMITS.file_bytes


def sent(*sizes: int) -> list[InMemoryUploadedFile]:
    """Files of these sizes as a view gets them from one request."""
    files = {
        f"file{place}": SimpleUploadedFile(f"{place}.csv", b"x" * size)
        for place, size in enumerate(sizes)
    }
    request = RequestFactory().post("/", files)
    return [request.FILES[name] for name in files]


def test_a_table_up_to_the_limit_comes_whole() -> None:
    (file,) = sent(LIMITS.file_bytes)
    assert len(content(file, LIMITS.file_bytes)) == LIMITS.file_bytes


def test_a_file_cut_because_of_another_is_refused_not_read_in_part() -> None:
    first, second = sent(8_000_000, 8_000_000)
    assert len(content(first, LIMITS.file_bytes)) == 8_000_000
    with pytest.raises(Refused) as refused:
        content(second, LIMITS.file_bytes)
    assert refused.value.refusals[0].rule == "core.file_too_large"


@pytest.mark.parametrize(
    ("name", "content_", "rule"),
    [
        ("a.csv", b"%PDF-1.7 " + TEST_VIRUS, "papers.infected"),
        (f"{'x' * 197}.pdf", b"%PDF-1.7", "papers.long_name"),
    ],
)
def test_what_nobody_keeps_is_refused_at_every_door(
    cast: world.Cast, name: str, content_: bytes, rule: str
) -> None:
    """Where a form reads it, and where it would be stored whichever way it came."""
    with pytest.raises(Refused) as refused:
        content(SimpleUploadedFile(name, content_), LIMITS.file_bytes)
    assert refused.value.refusals[0].rule == rule
    with pytest.raises(Refused) as refused:
        documents.store(cast.officer, name, "application/pdf", content_, at=AT)
    assert refused.value.refusals[0].rule == rule


def test_a_file_above_its_own_limit_is_refused_though_it_was_kept() -> None:
    (file,) = sent(3_000_000)
    with pytest.raises(Refused):
        content(file, 2_000_000)
