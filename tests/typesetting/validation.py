"""The check of a PDF against PDF/UA-1 and PDF/A-3a, by an independent validator.

Machine-checked, not certified: a person with a screen reader judges what a rule cannot.
"""

import re

import page

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
LENGTH_RULE = "PDFA3A-STREAM-LENGTH-001"
STREAM = re.compile(rb"(?<!end)stream\r?\n")
LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")


def pdf_faults(content: bytes) -> list[str]:
    """What is wrong with a PDF under either profile, as ``rule: sentence``.

    The validator takes a carriage return that ends a stream's data for a part of the line end
    that follows, and so calls one length in 256 wrong; here the lengths are counted.
    """
    return [
        f"{failure.rule_id}: {failure.message}"
        for profile in PROFILES
        for failure in page.validate_pdf_bytes(content, profile=profile).failures
        if failure.rule_id != LENGTH_RULE or not lengths_are_true(content)
    ]


def lengths_are_true(content: bytes) -> bool:
    """Whether each stream is as long as it says: a line end and ``endstream`` follow it."""
    place = 0
    while begin := STREAM.search(content, place):
        dictionary = content[content.rindex(b" obj", 0, begin.start()) : begin.start()]
        said = LENGTH.search(dictionary)
        if said is None:
            return False
        place = begin.end() + int(said[1])
        if not re.match(rb"\r?\n?endstream", content[place : place + 11]):
            return False
    return True
