"""The code on a page: which document, which version of it, which page.

It says what a page claims to be, and proves nothing: whoever prints a page prints its code.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes
from zlib import crc32

import segno

from zielwerk.language import sentence
from zielwerk.rulebook.refusal import Said, msg
from zielwerk.typesetting.blocks import Mark

BEGIN = "ZW1"
"""Ours, in its first form. Only characters of a QR code's alphanumeric mode follow."""

HASH_DIGITS = 32
"""So many hexadecimal digits of the SHA-256 stand in the code: 128 bits."""

SHOWN_DIGITS = 16
LONGEST_REFERENCE = 60
MOST_PAGES = 9_999
MOST_VERSIONS = 99_999
LONGEST = 400

_PAYLOAD = re.compile(
    rf"{BEGIN}:([0-9A-Z%./-]+):(\d{{1,5}}):([0-9A-F]{{{HASH_DIGITS}}}):(\d{{1,4}})/(\d{{1,4}})"
    r":([0-9A-F]{8})"
)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGITS = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}")


@dataclass(frozen=True)
class Code:
    """What a page says of itself; ``hash`` is the beginning of the approved version's SHA-256.

    ValueError for what no page can say.
    """

    reference: str
    version: int
    hash: str
    page: int
    pages: int

    def __post_init__(self) -> None:
        if not 0 < len(self.reference) <= LONGEST_REFERENCE or not self.reference.isprintable():
            raise ValueError(f"not a reference: {self.reference!r}")
        if not 0 <= self.version <= MOST_VERSIONS:
            raise ValueError(f"not a version: {self.version}")
        if not _DIGITS.fullmatch(self.hash):
            raise ValueError(f"not the beginning of a SHA-256: {self.hash!r}")
        if not 1 <= self.page <= self.pages <= MOST_PAGES:
            raise ValueError(f"not a page: {self.page} of {self.pages}")


def beginning(sha256: str) -> str:
    """As much of a SHA-256 as stands in a code; of such a beginning itself."""
    if not _SHA256.fullmatch(sha256) and not _DIGITS.fullmatch(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return sha256[:HASH_DIGITS]


def check_code(sha256: str) -> str:
    """A SHA-256 as people compare it: its first digits in groups, "9F86-D081-884C-7D65".

    Also of the beginning that stands in a code.
    """
    shown = sha256[:SHOWN_DIGITS].upper()
    return "-".join(shown[at : at + 4] for at in range(0, len(shown), 4))


def payload(code: Code) -> str:
    """The letters of the QR code, with a check sum of their own."""
    reference = "".join(
        one if re.match(r"[0-9A-Z./-]", one) else _escaped(one) for one in code.reference
    )
    said = f"{BEGIN}:{reference}:{code.version}:{code.hash.upper()}:{code.page}/{code.pages}"
    return f"{said}:{crc32(said.encode()):08X}"


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def parse(text: str) -> Code | None:
    """What a QR code says, None of any that is not ours, damaged or of a form yet unknown."""
    match = _PAYLOAD.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    try:
        reference = unquote_to_bytes(match[1]).decode()
        code = Code(reference, int(match[2]), match[3].lower(), int(match[4]), int(match[5]))
    except ValueError:
        return None
    return code if payload(code) == text else None


def marks(
    reference: str, version: int, sha256: str, language: str = "de", named: str = ""
) -> Callable[[int, int], Mark]:
    """What the pages of an approved version carry, for :func:`zielwerk.typesetting.pdf.render`.

    ``named`` is the code by which people know the version, where it has one of its own.
    """
    shown = beginning(sha256)
    lines = (*_BEFORE, _NAMED if named else _CODE, _PAGE)

    def mark(page: int, pages: int) -> Mark:
        code = Code(reference, version, shown, page, pages)
        params = {**vars(code), "code": named or check_code(shown)}
        return Mark(
            picture(code),
            tuple(sentence(Said(line, params), language) for line in lines),
        )

    return mark


_BEFORE = (msg("Aktenzeichen {reference}"), msg("Fassung {version}"))
_CODE, _NAMED = msg("Prüfcode {code}"), msg("Prüfzeichen {code}")
_PAGE = msg("Seite {page} von {pages}")


def picture(code: Code) -> str:
    """The QR code as SVG without a margin; a quarter of it may be unreadable."""
    made = io.BytesIO()
    drawn = segno.make(payload(code), error="q", mode="alphanumeric", micro=False, boost_error=True)
    drawn.save(made, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=False)
    return made.getvalue().decode()
