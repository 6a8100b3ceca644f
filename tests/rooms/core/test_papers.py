"""What is taken as a paper is judged by its content, never by its name."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest

from zielwerk.core.papers import TEST_VIRUS, media_type, why_not_taken


def archive(**parts: str) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_Types", "[Content_Types].xml"), text)
    return held.getvalue()


def packed_wrongly() -> bytes:
    """An archive whose part begins as no packed bytes begin."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text" * 9)
    content = bytearray(held.getvalue())
    begins = 30 + len("mimetype")
    content[begins : begins + 8] = b"\xff" * 8
    return bytes(content)


DOCX = archive(_Types="<Types/>", **{"word__document.xml": "<w/>"})
ODS = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\x00", "image/tiff"),
        (ODS, "application/vnd.oasis.opendocument.spreadsheet"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_papers_are_known_by_their_content(content: bytes, kind: str) -> None:
    assert media_type(content) == kind
    assert why_not_taken(content) == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script></html>",
        b"PK\x03\x04kaputt",
        archive(**{"word__document.xml": "<w/>"}),
        archive(_Types="<Types/>", **{"word__document.xml": "<w/>", "word__vbaProject.bin": "x"}),
        archive(mimetype="application/vnd.oasis.opendocument.text", **{"Basic__a.xml": "x"}),
        archive(mimetype="application/epub+zip"),
        packed_wrongly(),
        archive(**{"a.txt": "Text"}),
    ],
)
def test_everything_else_is_refused(content: bytes) -> None:
    assert [refusal.rule for refusal in why_not_taken(content)] == ["papers.wrong_type"]


def test_the_string_by_which_scanners_are_tried_is_found_anywhere() -> None:
    for content in (TEST_VIRUS, b"%PDF-1.7\n" + TEST_VIRUS):
        assert [refusal.rule for refusal in why_not_taken(content)] == ["papers.infected"]


def test_no_more_of_a_part_is_unpacked_than_tells_what_it_is() -> None:
    """A part of some kilobytes may hold gigabytes."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "0" * 50_000_000)
    tracemalloc.start()
    assert media_type(held.getvalue()) == ""
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
