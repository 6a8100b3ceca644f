"""However much somebody sends, little of it is kept, and the answer is a sentence."""

import tracemalloc
from io import BytesIO, RawIOBase

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from tests.stage import signed_in
from zielwerk.config import world
from zielwerk.core.uploads import content
from zielwerk.rulebook.refusal import Refused
from zielwerk.tables import LIMITS

BOUNDARY = "grenze"
HEAD = (
    f"--{BOUNDARY}\r\n"
    'Content-Disposition: form-data; name="file"; filename="gross.txt"\r\n'
    "Content-Type: text/plain\r\n\r\n"
).encode()
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()


class Stream(RawIOBase):
    """A request's body that is made while it is read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.length = len(HEAD) + size + len(TAIL)
        self.head, self.left, self.tail = BytesIO(HEAD), size, BytesIO(TAIL)

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
        response = client.generic(
            "POST",
            "/arbeit/erfassungen/neu",
            **{
                "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
                "CONTENT_LENGTH": str(stream.length),
                "wsgi.input": stream,
            },
        )
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


def test_a_file_above_its_own_limit_is_refused_though_it_was_kept() -> None:
    (file,) = sent(3_000_000)
    with pytest.raises(Refused):
        content(file, 2_000_000)
