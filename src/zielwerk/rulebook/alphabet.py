"""How German words are ordered and looked up: DIN 5007-1, and what people type.

Both databases compare what these functions give byte by byte, so that a list has one order and
a search one answer, whatever the place, the engine and its language settings.
"""

import re
import unicodedata
from collections.abc import Iterable

SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Letters of their own that DIN 5007-1 places with others; accents fall off by themselves.
PLACED_WITH = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
NO_WORD = re.compile(r"[\W_]+")
NO_PLAIN_LETTER = re.compile(r"[^a-z0-9]+")
BLANKS = re.compile(r"[\s\x00]+")
TIE = "\t"  # below every character of a folded word


def sort_key(name: str) -> str:
    """What a name is ordered by: Ä with A, ß as ss, case, accents and marks aside, word by word.

    Digits go before letters. Names that differ in nothing else keep one order: the key ends
    with the name itself.

    >>> sorted(["Ulm", "Äpfel", "apfel", "Groß-Gerau", "Gross", "Bad Orb", "Baden"], key=sort_key)
    ['apfel', 'Äpfel', 'Bad Orb', 'Baden', 'Gross', 'Groß-Gerau', 'Ulm']
    """
    text = " ".join(BLANKS.split(unicodedata.normalize("NFC", name))).strip()
    return NO_WORD.sub(" ", _plain(_small(text))).strip() + TIE + text


def spelled_out(text: str) -> str:
    """In small letters, ä as ae, without accents; for names of files and addresses."""
    return _plain(_small(text).translate(SPELLED_OUT))


def hyphenated(text: str) -> str:
    """As a word of addresses and names of files: "Beirat hören" is "beirat-hoeren"."""
    return "-".join(NO_PLAIN_LETTER.split(spelled_out(text))).strip("-")


def searchable(texts: Iterable[str]) -> str:
    """What is kept beside a row to look words up in: each text in all its spellings."""
    lines = (spelling for text in texts for spelling in _spellings(_small(text)))
    return "\n".join(dict.fromkeys(filter(None, lines)))


def words(wish: str) -> list[tuple[str, ...]]:
    """The words of a search, each in the spellings of which one must be found.

    Every character counts, also %, _ and \\. A word finds "ä" as ä, ae and a, "ß" as ß and ss.
    """
    return [_spellings(word) for word in _small(wish).split()]


def holds(kept: str, wish: str) -> bool:
    """Whether a text of :func:`searchable` holds all words of a search."""
    return all(spelled(kept, word) for word in words(wish))


def spelled(kept: str, word: tuple[str, ...]) -> bool:
    """Whether a text of :func:`searchable` holds a word of :func:`words`."""
    return any(spelling in kept for spelling in word)


def _small(text: str) -> str:
    """Small letters, ß as ss, one kind of dash, one blank between words."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(BLANKS.split(small.translate(DASHES))).strip()


def _spellings(small: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((spelled_out(small), _plain(small))))


def _plain(small: str) -> str:
    """Without accents."""
    parts = unicodedata.normalize("NFD", small.translate(PLACED_WITH))
    return "".join(part for part in parts if not unicodedata.combining(part))
