"""Comparing words as a scanner would: by what is left when looks and blanks are ignored."""

import re
from array import array
from functools import lru_cache

from rapidfuzz import fuzz

from zielwerk.recognition.traced import Traced

# One small plain letter for each letter, so that offsets stay; "ß" is two letters.
_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜäöü", "abcdefghijklmnopqrstuvwxyzaouaou")
_NOTHING = re.compile(r"[^a-z0-9]+")
_KEPT = re.compile(r"[a-z0-9]+|ß")
_SPELLED = re.compile("ae|oe|ue")  # an umlaut as a keyboard without umlauts writes it
_NUMERAL = frozenset("ilvx1|!")  # a Roman numeral has no "ii" that is a "ü"
# Groups of characters that scanners mistake for each other; more than one character first.
_LOOKS = (
    ("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("ß", "b"), ("ä", "a"), ("ö", "o"),
    ("ü", "u"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ss", "b"), ("1", "l"), ("i", "l"),
    ("|", "l"), ("!", "l"), ("'", "l"), ("’", "l"), ("‘", "l"), ("0", "o"), ("8", "b"), ("5", "s"),
    ("$", "s"), ("§", "s"), ("2", "z"), ("q", "g"), ("9", "g"), ("6", "b"), ("4", "a"), ("c", "e"),
)  # fmt: skip


@lru_cache(maxsize=8_192)
def fold(text: str) -> str:
    """Return letters and digits only, small, umlauts and their spellings made equal.

    >>> fold("Groß-Gerau") == fold("GROSS GERAU")
    True
    """
    plain = _NOTHING.sub("", text.translate(_SMALL).replace("ß", "ss").replace("ẞ", "ss"))
    return _SPELLED.sub(_first, plain)


def _first(match: re.Match[str]) -> str:
    return match[0][0]


def fold_traced(text: Traced) -> Traced:
    """Fold a text and keep where its characters stood (as offsets into ``text``)."""
    letters: list[str] = []
    places = array("l")
    for match in _KEPT.finditer(text.text.translate(_SMALL).replace("ẞ", "ß")):
        start, end = match.span()
        if match[0] == "ß":
            letters.append("ss")
            places.extend((start, start))
        else:
            letters.append(match[0])
            places.extend(range(start, end))
    return Traced("".join(letters), places).sub(_SPELLED, _first)


@lru_cache(maxsize=8_192)
def shape(word: str, *, strokes: bool = False) -> str:
    """Return how a word looks to a scanner: "HMS!" and "HMSI" have one shape.

    With ``strokes``, as in Roman numerals, "ii" is two strokes and no "ü".
    """
    word = word.lower()
    strokes = strokes or set(word) <= _NUMERAL
    for old, new in _LOOKS[4:] if strokes else _LOOKS:
        if old in word:
            word = word.replace(old, new)
    return word


def alike(one: str, other: str) -> float:
    """Return the similarity 0..1 of two wordings, looks and blanks ignored."""
    return fuzz.ratio(fold(one), fold(other)) / 100


def find(needle: str, hay: Traced, cutoff: float = 0.85) -> tuple[float, int, int] | None:
    """Find a wording in a folded text: (similarity 0..1, start, end) in that text."""
    wanted = fold(needle)
    if not wanted or not hay.text:
        return None
    exact = hay.text.find(wanted)
    if exact >= 0:
        return 1.0, exact, exact + len(wanted)
    if len(hay.text) < len(wanted):
        return None
    best = fuzz.partial_ratio_alignment(wanted, hay.text, score_cutoff=cutoff * 100)
    if best is None or best.score < cutoff * 100:
        return None
    return best.score / 100, best.dest_start, best.dest_end
