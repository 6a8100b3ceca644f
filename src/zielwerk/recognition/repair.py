"""The word of the dictionary that a scanner made a misread one of."""

import re
from functools import lru_cache

from zielwerk.recognition.dictionary import is_german, is_listed
from zielwerk.recognition.words import known, listed

# What was recognised, and what may have been printed.
_LOOKS = (
    ("rn", "m"), ("m", "rn"), ("l", "I"), ("I", "l"), ("1", "l"), ("1", "i"), ("1", "I"),
    ("l", "i"), ("i", "l"), ("!", "l"), ("!", "i"), ("|", "l"), ("0", "o"), ("O", "o"), ("0", "O"),
    ("B", "ß"), ("ii", "ü"), ("c", "e"), ("e", "c"), ("u", "n"), ("n", "u"), ("5", "s"),
    ("5", "S"), ("8", "B"), ("§", "s"), ("$", "s"), ("d", "cl"), ("cl", "d"), ("b", "h"),
    ("h", "b"), ("t", "f"), ("f", "t"), ("vv", "w"), ("li", "h"), ("a", "ä"), ("o", "ö"),
    ("u", "ü"), ("ß", "b"), ("6", "b"), ("9", "g"), ("q", "g"),
)  # fmt: skip
_LETTERS = re.compile(r"[A-Za-zÄÖÜäöüß0-9!|§$]+")
_LEAST, _LONGEST = 4, 40  # letters of a word that is looked into


@lru_cache(maxsize=20_000)
def printed(word: str) -> str | None:
    """Return the one word of the dictionary that one fault of recognition made this word of.

    >>> printed("Verwendungsnachwels"), printed("Ebenen"), printed("ESF")
    ('Verwendungsnachweis', None, None)
    """
    if not _LEAST <= len(word) <= _LONGEST or word.isupper() or not _LETTERS.fullmatch(word):
        return None
    if known(word):
        return None
    found = {other for other in _before(word) if _is_likely(other)}
    return found.pop() if len(found) == 1 else None


def _before(word: str) -> set[str]:
    """Every word that one fault would have turned into this one."""
    found = set()
    for seen, meant in _LOOKS:
        at = word.find(seen)
        while at >= 0:
            found.add(word[:at] + meant + word[at + len(seen) :])
            at = word.find(seen, at + 1)
    return found


def _is_likely(word: str) -> bool:
    """Whether a list has the word, or it is a noun put together from listed ones."""
    return is_listed(word) or listed(word) or (word[0].isupper() and is_german(word))
