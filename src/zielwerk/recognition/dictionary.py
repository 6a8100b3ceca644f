"""Which words German has: inflected, capitalised, put together from others.

The words are hunspell's German list, prepared as one file (`german/README.md`) that is mapped
into memory and looked into; nothing is loaded.
"""

import re
from functools import cache, lru_cache
from itertools import chain, product
from pathlib import Path

import marisa_trie

_FILE = Path(__file__).parent / "german" / "words.marisa"
_LONGEST = 80  # letters of a word that is looked up
_LEAST = 2  # letters of a part of a compound
_PARTS = 4  # parts before the last one
_LEAST_FIRST = 6  # letters of a noun that begins a compound though it is not listed as a beginning
_MOST_SS = 4  # pieces of a word in capitals between double letters
# "daß", "Prozeß", "müßte": before 1996 "ss" at an end and before a consonant was "ß".
_OLD = re.compile(r"(?<=[aeiouäöüAEIOUÄÖÜ])ß(?=$|[b-df-hj-np-tv-z])")
_TAKE_S = ("ung", "heit", "keit", "schaft", "ion", "tät")
_LINKED = tuple(f"{ending}s" for ending in _TAKE_S)


@cache
def _listed() -> marisa_trie.Trie:
    return marisa_trie.Trie().mmap(str(_FILE))


@lru_cache(maxsize=20_000)
def is_german(word: str) -> bool:
    """Whether a word of letters is one of the German language, as it is written.

    >>> [is_german(word) for word in ("Anlage", "erforderlichen", "Ebenen", "Erförderlich")]
    [True, True, True, False]
    >>> [is_german(word) for word in ("Ausbildungsbegleitung", "anlage", "ANLAGE")]
    [True, False, True]
    >>> [is_german(word) for word in ("daß", "Prozeßkosten", "MASSNAHMEN", "FÖRDERN", "Eßen")]
    [True, True, True, True, False]
    """
    if not word.isalpha() or len(word) > _LONGEST:
        return False
    if is_listed(word):
        return True
    if "ß" in word and (new := _OLD.sub("ss", word)) != word and is_german(new):
        return True
    small = word.lower()
    if word.isupper():
        return any(map(_is_in_capitals, _spelled(small)))
    return word[1:] == small[1:] and _is_compound(small, word[0].isupper())


def _is_in_capitals(small: str) -> bool:
    return is_listed(small) or is_listed(small.capitalize()) or _is_compound(small, True)


def _spelled(small: str) -> list[str]:
    """What letters of capitals may be: there "ß" is written "SS" (MASSNAHME, GRÖSSE, MESSE)."""
    pieces = small.split("ss")
    if len(pieces) > _MOST_SS:
        return [small]
    links = product(("ss", "ß"), repeat=len(pieces) - 1)
    return ["".join(chain(*zip(pieces, (*link, ""), strict=True))) for link in links]


def is_listed(word: str) -> bool:
    """Whether the list has a word as it is written, or small at the beginning of a sentence."""
    words = _listed()
    return word in words or (word[:1].isupper() and word[:1].lower() + word[1:] in words)


def _is_compound(small: str, is_noun: bool, parts: int = _PARTS) -> bool:
    """Whether first parts of compounds and a last word make a word: a noun is written large."""
    words = _listed()
    for end in range(_LEAST, len(small) - _LEAST + 1):
        if not _is_first(small[:end]):
            continue
        last = small[end:]
        if (last.capitalize() if is_noun else last) in words or (is_noun and last in words):
            return True
        if parts > 1 and _is_compound(last, is_noun, parts - 1):
            return True
    return False


def _is_first(part: str) -> bool:
    """Whether compounds begin with a part: as listed, or a noun with the "s" its ending takes.

    >>> [_is_first(part) for part in ("ausbildungs", "zuwendungs", "robotik", "zuwendung")]
    [True, True, True, False]
    """
    words = _listed()
    if f"{part}-" in words:
        return True
    noun = part.removesuffix("s") if part.endswith(_LINKED) else part
    takes_s = noun.endswith(_TAKE_S)
    return len(noun) >= _LEAST_FIRST and takes_s is (noun != part) and noun.capitalize() in words
