"""The characters that the fonts can draw, and the replacement of all others.

Users paste anything: emoji, Chinese names, control characters. PDF/A and PDF/UA forbid a
character without a picture, so each is drawn by the main font (Latin, Greek, Cyrillic), by
the second one (Arabic, Hebrew, Georgian, signs and symbols), or shown as its code point in
brackets, ``[U+4E2D]``: readable aloud, and two names never become the same.
"""

import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
MAIN, SECOND = "fira-sans.txt", "dejavu-sans.txt"

# What the main font lacks but has a near relative of: hyphens, narrow blank, filled bullet.
RELATIVES = {"\u2010": "-", "\u2011": "-", "\u202f": "\u00a0", "\u2009": "\u00a0", "\u2043": "•"}


def settable(text: str) -> str:
    """The text in characters that the fonts have: blanks for line ends, no controls."""
    text = unicodedata.normalize("NFC", text)
    if drawn_by(MAIN).issuperset(text):
        return text
    visible = "".join(map(_shown, text))
    return "".join(_set(cluster) for cluster in _clusters(visible))


def undrawable(text: str) -> frozenset[str]:
    """The characters of a text that its PDF shows as code points in brackets."""
    drawable = drawn_by(MAIN) | drawn_by(SECOND)
    text = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    return frozenset(
        character for character in text if character not in drawable and not _relative(character)
    )


def without_controls(text: str) -> str:
    """The text without characters that no page may hold; line ends stay."""
    return "".join(
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    )


@cache
def drawn_by(font: str) -> frozenset[str]:
    """The characters that every cut of a font has, as listed beside the fonts."""
    ranges = (part.split("-") for part in (FONTS / font).read_text().split())
    return frozenset(
        chr(point) for first, last in ranges for point in range(int(first, 16), int(last, 16) + 1)
    )


def _shown(character: str) -> str:
    """Nothing for an invisible character, a blank for any kind of line end.

    Soft hyphens go too: documents are hyphenated by the rules of their language.
    """
    if character in drawn_by(MAIN):
        return character
    if character in RELATIVES:
        return RELATIVES[character]
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character


def _clusters(text: str) -> list[str]:
    """The text cut so that every mark stays with the letter it sits on."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.category(character) in ("Mn", "Mc", "Me"):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _set(cluster: str) -> str:
    """One font draws a letter with its marks, or the marks follow as code points."""
    for font in (MAIN, SECOND):
        if drawn_by(font).issuperset(cluster):
            return cluster
    return "".join(_alone(character) for character in cluster)


def _alone(character: str) -> str:
    is_mark = unicodedata.category(character) in ("Mn", "Mc", "Me")
    if not is_mark and character in drawn_by(MAIN) | drawn_by(SECOND):
        return character
    return _relative(character) or f"[U+{ord(character):04X}]"


def _relative(character: str) -> str:
    """The plain letters of a ligature, a wide or a mathematical letter, in the main font."""
    plain = unicodedata.normalize("NFKD", character)
    return plain if plain != character and drawn_by(MAIN).issuperset(plain) else ""
