"""From bytes to text, or a sentence that says what the file is instead."""

import codecs

import pytest

from zielwerk.language import sentence
from zielwerk.recognition.source import decode
from zielwerk.rulebook.refusal import Refusal, Refused


def refused(data: bytes) -> Refusal:
    with pytest.raises(Refused) as caught:
        decode(data)
    refusal = caught.value.refusals[0]
    assert "{" not in sentence(refusal)
    return refusal


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "reading.empty"),
        (b" \r\n\t", "reading.empty"),
        (b"\xef\xbb\xbf\n", "reading.empty"),
        (b"%PDF-1.7 ...", "reading.not_text"),
        (b"\x89PNG\r\n\x1a\n", "reading.not_text"),
        (b"PK\x03\x04word/document.xml", "reading.not_text"),
        (b"Ziel\x00verein\x00barung", "reading.not_text"),
        (bytes(range(1, 32)) * 40, "reading.not_text"),
        (b"x" * 5_000_001, "reading.too_large"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, rule: str) -> None:
    assert refused(data).rule == rule


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert decode("Präambel für Mütter".encode(encoding)) == "Präambel für Mütter"


def test_a_binary_is_named() -> None:
    assert "PDF" in sentence(refused(b"%PDF-1.7"))


def test_utf_8_that_was_cut_inside_a_letter_stays_utf_8() -> None:
    data = ("ü ö ä ß Ü " * 3 + "Präambel").encode()
    assert "Präambel" in decode(data + "ä".encode()[:1])


@pytest.mark.parametrize(
    "data", [codecs.BOM_UTF8 + b"%PDF-1.7", b"<!DOCTYPE html><html>\xa7 1 Zuschuss"]
)
def test_a_binary_is_known_behind_a_mark_and_in_small_letters(data: bytes) -> None:
    assert refused(data).rule == "reading.not_text"
