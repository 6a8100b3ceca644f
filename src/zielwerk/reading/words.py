"""Whether a word is one, and which word a misread one was.

A project's title may be any text, so nothing here says that a title is wrong. It says what a
scanner would have made of known words, and how much of a text is unknown.
"""

import re
from functools import lru_cache

from zielwerk.reading import vocabulary
from zielwerk.reading.likeness import shape

_NOUNS = frozenset(vocabulary.NOUNS.split())
_NAMES = frozenset(vocabulary.NAMES.split())
_SMALL = frozenset(vocabulary.SMALL_WORDS.split())
_ALL = _NOUNS | _NAMES | _SMALL | {word.capitalize() for word in _SMALL}
_STEMS = frozenset(word.lower() for word in _ALL if len(word) > 2)
_PARTS = frozenset(
    word.lower() for word in (*_NOUNS, *_NAMES, *_SMALL) if len(word) > 3 or word in _NOUNS
) | frozenset(
    "ab an auf aus be bei durch ein ent er ge mit nach neu non rück über um un unter ver vor weg wieder zer zu "
    "hin her los fort selbst pro arbeits aktuell amts sozial sprach schul lern such leih gesamt "
    "spezial jung alt ober haupt neben erst zweit fein grob kauf fahr steh miet leb wohn bild "
    "stell kenn nenn nutz bring führ geb nehm heit keit ung schaft tum ling lich isch bar sam los "
    "haft ig igkeit ler".split()
)
_ENDINGS = (
    "", "s", "e", "n", "en", "es", "er", "ern", "em", "in", "innen", "ens", "nd", "end", "enden",
    "ende", "te", "ten", "t", "ter", "tes", "se", "sen", "ig", "ige", "igen", "lich", "liche",
    "lichen", "licher", "isch", "ische", "ischen", "ung", "ungen", "ungs", "st", "ste", "sten",
)  # fmt: skip
_SHAPES: dict[str, set[str]] = {}
for _word in sorted(_ALL):
    _SHAPES.setdefault(shape(_word), set()).add(_word)
_STEM_SHAPES: dict[str, str] = {}
for _word in sorted(_PARTS):
    _STEM_SHAPES.setdefault(shape(_word), _word)
_LONGEST = 40  # letters of a word that is looked into

TOKEN = re.compile(r"[^\s„“”\"«»()\[\],;:.?/+–—…]+")
_ODD = re.compile(
    r"[A-Za-zäöüÄÖÜß][|!$§&%~^°{}<>\\_=*#@€¥£][A-Za-zäöüÄÖÜß]|[|$§~^{}\\_=¥£�]"
    r"|[a-zäöüß]{2}[0-9]|[0-9](?!plus|er\b|te[nrs]?\b|go\b|you\b|x\b|D\b)[a-zäöüß]|[0-9]O|O[0-9]|[0-9][lI]|[lI][0-9]"
    r"|([A-Za-zäöüß])\1\1|[a-zäöü][A-ZÄÖÜ]$|[A-ZÄÖÜ]{2}[a-zäöüß][A-ZÄÖÜ]"
)
_UNLIKELY = re.compile(
    r"[bcdfghjklmnpqrstvwxzß]{6}|[aeiouäöüy]{4}|[^aeiouäöüyAEIOUÄÖÜY0-9\W]{4}$|q[^u]|[vjqx][vjqx]"
    r"|[A-ZÄÖÜ][a-zäöüß]*[äöü]{2}|^l[bcdfghjkmnpqrstvwxz]|^[bcdfghjklmnpqrstvwxz]{4}",
)
_NUMERAL = re.compile(r"I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV")
_CAMEL = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-zäöüß])|[0-9]+")


@lru_cache(maxsize=20_000)
def known(word: str) -> bool:
    """Whether a word is known, inflected, capitalised or put together from known ones."""
    if word in _ALL or word.isdigit() or _NUMERAL.fullmatch(word):
        return True
    if len(word) < 2 or len(word) > _LONGEST or not word.isalpha():
        return False
    if word.isupper():
        return word.lower() in _STEMS
    small = word.lower()
    if word[1:] != small[1:]:
        return False
    if small in _STEMS:
        return word in _ALL or word[0].isupper() or word in _SMALL
    return _inflected(small, word[0].isupper()) or (len(small) > 6 and _compound(small))


def _inflected(small: str, capital: bool) -> bool:
    for ending in _ENDINGS[1:]:
        stem = small.removesuffix(ending)
        if len(stem) > 2 and stem != small:
            if stem in _SMALL or (capital and stem in _STEMS):
                return True
            if stem + "e" in _SMALL or stem + "en" in _SMALL:
                return True
    return False


def _compound(small: str) -> bool:
    """Whether known parts (with a linking s, n or es) and an ending make the word."""
    reach = [False] * (len(small) + 1)
    reach[0] = True
    for start in range(len(small) - 1):
        if not reach[start]:
            continue
        for end in range(start + 2, min(len(small), start + 18) + 1):
            if small[start:end] in _PARTS:
                reach[end] = True
                for link in ("s", "n", "es", "en", "e", "er"):
                    if small.startswith(link, end):
                        reach[end + len(link)] = True
    return any(small.endswith(x) and reach[len(small) - len(x)] for x in _ENDINGS)


@lru_cache(maxsize=20_000)
def meant(word: str) -> str | None:
    """Return the one known word that looks the same to a scanner, or nothing.

    >>> meant("HMS!"), meant("Landkrei§es"), meant("Team")
    ('HMSI', 'Landkreises', None)
    """
    if len(word) < 2 or len(word) > _LONGEST or known(word):
        return None
    if word in vocabulary.MISREAD:
        return vocabulary.MISREAD[word]
    seen = shape(word)
    fitting = {w for w in _SHAPES.get(seen, ()) if _same_case(word, w)}
    if fitting:
        return fitting.pop() if len(fitting) == 1 else None
    for ending in _ENDINGS[1:]:
        end = shape(ending)
        if seen.endswith(end) and len(seen) - len(end) > 2:
            for stem in sorted(_SHAPES.get(seen[: -len(end)], ())):
                if _same_case(word, stem) and known(stem + ending):
                    return stem + ending
    return _rebuilt(word, seen)


def _same_case(word: str, other: str) -> bool:
    first = word[0]
    if not first.isalpha() or first in "lI":
        return True
    return first.isupper() == other[0].isupper() or other.isupper()


def _rebuilt(word: str, seen: str) -> str | None:
    """Put a misread compound together again from the looks of its parts."""
    if len(seen) < 7:
        return None
    best: dict[int, str] = {0: ""}
    for start in range(len(seen)):
        if start not in best:
            continue
        for end in range(start + 2, min(len(seen), start + 18) + 1):
            part = _STEM_SHAPES.get(seen[start:end])
            if part is None:
                continue
            best.setdefault(end, best[start] + part)
            for link in ("s", "n", "en"):
                if seen.startswith(link, end):
                    best.setdefault(end + len(link), best[start] + part + link)
    for ending in _ENDINGS:
        end = len(seen) - len(shape(ending))
        if end > 0 and end in best and seen.endswith(shape(ending)):
            found = best[end] + ending
            capital = word[0].isupper() or not word[0].isalpha() or word[0] == "l"
            return found.capitalize() if capital else found
    return None


@lru_cache(maxsize=20_000)
def doubtful(word: str) -> bool:
    """Whether a word looks as if a scanner had damaged it."""
    if known(word):
        return False
    bare = word.strip("!'’-*")
    if known(bare) and "'" not in word and word.count("!") < 2 and not word.startswith("!"):
        return False
    pieces = [piece for piece in bare.split("-") if piece]
    if len(pieces) > 1 and all(known(piece) for piece in pieces):
        return False
    if _ODD.search(bare) or (meant(word) or meant(bare)) is not None:
        return True
    return any(_UNLIKELY.search(p) or _glued(p) or meant(p) is not None for p in pieces)


def _glued(word: str) -> bool:
    """Whether a blank was lost: "fürMenschen", "Spracheund"."""
    if re.match(r"[a-zäöü]{2,}[A-ZÄÖÜ]", word):
        return True
    for small in ("und", "mit", "für", "der", "die", "das", "oder", "ins", "zur", "zum", "von"):
        if word.endswith(small) and len(word) > len(small) + 3 and known(word[: -len(small)]):
            return True
        if word.startswith(small) and known(word[len(small) :]) and len(word) > 7:
            return True
    return False


def unknown_letters(word: str) -> int:
    """Return how many letters of a word stand in no known part of it."""
    bare = word.strip("!'’-*")
    if known(bare):
        return 0
    total = 0
    for piece in bare.split("-"):
        if known(piece):
            continue
        if re.search("[a-zäöüß][A-ZÄÖÜ]", piece):
            parts = _CAMEL.findall(piece)
            if all(known(part) for part in parts):
                total += 2  # a name like "BeiUNS", or a lost blank
                continue
        total += len(piece)
    return total
