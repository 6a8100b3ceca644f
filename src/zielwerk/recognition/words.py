"""Whether a word is one, and which word a misread one was.

A word of the German dictionary is never taken for another one, and a misread word only for one
of the dictionary. A project's title may be any text, so nothing here says that a title is wrong.
It says what a scanner would have made of known words, and how much of a text is unknown.
"""

import re
from functools import lru_cache

from zielwerk.recognition import vocabulary
from zielwerk.recognition.dictionary import is_german, is_listed
from zielwerk.recognition.likeness import shape

_NOUNS = frozenset(vocabulary.NOUNS.split())
_PLACES = frozenset(vocabulary.PLACES.split())
_NAMES = frozenset(vocabulary.FIRST_NAMES.split()) | _PLACES
SMALL_WORDS = frozenset(vocabulary.SMALL_WORDS.split())
_ALL = _NOUNS | _NAMES | SMALL_WORDS | {word.capitalize() for word in SMALL_WORDS}
_ENGLISH = frozenset(vocabulary.ENGLISH.split())
_STEMS = frozenset(word.lower() for word in _ALL if len(word) > 2)
_PARTS = frozenset(
    word.lower() for word in (*_NOUNS, *_PLACES, *SMALL_WORDS) if len(word) > 3 or word in _NOUNS
) | frozenset(vocabulary.PARTS.split())
_ENDINGS = (
    "", "s", "e", "n", "en", "es", "er", "ern", "em", "in", "innen", "ens", "nd", "end", "enden",
    "ende", "te", "ten", "t", "ter", "tes", "se", "sen", "ig", "ige", "igen", "lich", "liche",
    "lichen", "licher", "isch", "ische", "ischen", "ung", "ungen", "ungs", "st", "ste", "sten",
)  # fmt: skip
_COMPOUND_ENDINGS = tuple(ending for ending in _ENDINGS if ending != "in")
_SHAPES: dict[str, set[str]] = {}
for _word in sorted(_ALL):
    _SHAPES.setdefault(shape(_word), set()).add(_word)
_STEM_SHAPES: dict[str, str] = {}
for _word in sorted(_PARTS):
    _STEM_SHAPES.setdefault(shape(_word), _word)
_SHORT = frozenset(vocabulary.SHORT.split())
_LONGEST = 40  # letters of a word that is taken apart
_LONGEST_LOOKED_AT = 80  # and of one that is looked at; what is longer is none

TOKEN = re.compile(r"[^\s„“”\"«»()\[\],;:.?/+–—…]+")
_BARS = re.compile(r"[|¦][-|¦+=:]*")  # between the cells of a table
_ODD = re.compile(
    r"[A-Za-zäöüÄÖÜß][|!$§&%~^°{}<>\\_=*#@€¥£][A-Za-zäöüÄÖÜß]|[|$§~^{}\\_=¥£�]"
    r"|[a-zäöüß]{2}[0-9]|[0-9](?!plus|er\b|te[nrs]?\b|go\b|you\b|x\b|D\b)[a-zäöüß]|[0-9]O|O[0-9]|[0-9][lI]|[lI][0-9]"
    r"|([A-Za-zäöüß])\1\1|[A-ZÄÖÜ]{2}[a-zäöüß][A-ZÄÖÜ]"
    r"|[a-zäöü]I$|[A-ZÄÖÜ]l[A-ZÄÖÜ]|(?!aii)[a-zäöüß]ii"
)
_UNLIKELY = re.compile(
    r"[bcdfghjklmnpqrstvwxzß]{6}|[aeiouäöüy]{4}|[^aeiouäöüyAEIOUÄÖÜY0-9\W]{4}$|q[^u]|c[bdfgjpvwx]|uu|[vjqx][vjqx]"
    r"|[A-ZÄÖÜ][a-zäöüß]*[äöü]{2}|^l[bcdfghjkmnpqrstvwxz]|^[bcdfghjklmnpqrstvwxz]{4}",
)
_NUMERAL = re.compile(r"I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV")
_GENITIVE = re.compile(r"['’]s$")  # "geht's"
_JOINED_BY_SIGN = re.compile(r"([A-Za-zÄÖÜäöüß]{2,})[24&]([A-Za-zÄÖÜäöüß]{2,})")
_CAMEL = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-zäöüß])|[0-9]+")


def tokens(text: str) -> list[str]:
    """The words of a text; the bars of a table are none.

    >>> tokens("| Kompass-Camp | 16 |"), tokens("SGB | und")
    (['Kompass-Camp', '16'], ['SGB', '|', 'und'])
    """
    found = TOKEN.findall(text)
    bars = [word for word in found if _BARS.fullmatch(word)]
    return [word for word in found if word not in bars] if len(bars) > 2 else found


def known(word: str) -> bool:
    """Whether a word is one: of the German dictionary, or of what programmes deal with.

    >>> known("Ebenen"), known("Coachings"), known("Landkrei§es")
    (True, True, False)
    """
    return is_german(word) or familiar(word) or word.lower() in _ENGLISH


@lru_cache(maxsize=20_000)
def familiar(word: str) -> bool:
    """Whether the vocabulary has a word, inflected, capitalised or put together.

    The misread word was more likely one of these than any other of the dictionary.
    """
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
        return word in _ALL or word[0].isupper() or word in SMALL_WORDS
    return _inflected(small, word[0].isupper()) or (len(small) > 5 and _compound(small))


def _inflected(small: str, capital: bool) -> bool:
    for ending in _ENDINGS[1:]:
        stem = small.removesuffix(ending)
        if ending in ("in", "innen") and stem[-1:] not in ("r", "t", "h"):
            continue  # "Lehrerin", but no "Wegin", which lost a blank
        if len(stem) > 2 and stem != small and not (ending == "n" and stem[-1] == "n"):
            if (capital and stem in _STEMS) or (stem in SMALL_WORDS and len(stem) > 3):
                return True
            if stem + "e" in SMALL_WORDS or stem + "en" in SMALL_WORDS:
                return True
    return False


def _compound(small: str) -> bool:
    """Whether known parts (with a linking s, n or es) and an ending make the word."""
    if any(small[:i] in SMALL_WORDS and small[i:] in SMALL_WORDS for i in range(3, len(small) - 2)):
        return False  # two small words make no compound: "arbeitenwollen"
    parts = [-9] * (len(small) + 1)  # the most parts that lead to a place
    parts[0] = 0
    for start in range(len(small) - 1):
        if parts[start] < 0:
            continue
        for end in range(start + 2, min(len(small), start + 18) + 1):
            part = small[start:end]
            if part not in _PARTS or (part in _SHORT and end == len(small)):
                continue
            parts[end] = max(parts[end], parts[start] + 1)
            for link in ("s", "n", "es", "en", "e", "er") if len(part) > 3 else ():
                if small.startswith(link, end):
                    behind = end + len(link)
                    parts[behind] = max(parts[behind], parts[start] + 1)
    return any(
        small.endswith(ending) and parts[len(small) - len(ending)] > 1
        for ending in _COMPOUND_ENDINGS
    )


@lru_cache(maxsize=20_000)
def meant(word: str, *, compounds: bool = True) -> str | None:
    """Return the one known word that looks the same to a scanner, or nothing.

    >>> meant("Be5cheid"), meant("Landkrei§es"), meant("Team")
    ('Bescheid', 'Landkreises', None)
    """
    if len(word) < 2 or len(word) > _LONGEST or known(word):
        return None
    if word in vocabulary.MISREAD:
        return vocabulary.MISREAD[word]
    found = _seen_as(word, shape(word), compounds)
    if found is None and "ii" in word:
        found = _seen_as(word, shape(word, strokes=True), compounds)
    if found is None or found.lower() == word.lower() or _dots(found) < _dots(word):
        return None  # only its case differs, or dots were added, which scanners do not do
    if word.isupper() and not found.isupper():
        return None  # "UTC" is an abbreviation and no "Ute"
    return found


def plausible(word: str) -> bool:
    """Whether an unknown word may be right as it stands: plain letters, none unlikely together.

    What looks like a compound of known words may then be another one: "Kreisweite" is no
    misread "Kreiswelte".
    """
    return word.isalpha() and not _ODD.search(word) and not _UNLIKELY.search(word)


def _dots(word: str) -> int:
    return sum(word.lower().count(letter) for letter in "äöü")


def _seen_as(word: str, seen: str, compounds: bool) -> str | None:
    fitting = {w for w in _SHAPES.get(seen, ()) if _same_case(word, w)}
    if fitting:
        return fitting.pop() if len(fitting) == 1 else None
    for ending in _ENDINGS[1:]:
        end = shape(ending)
        if seen.endswith(end) and len(seen) - len(end) > 2:
            for stem in sorted(_SHAPES.get(seen[: -len(end)], ())):
                if _same_case(word, stem) and is_real(stem + ending):
                    return stem + ending
    return _rebuilt(word, seen) if compounds else None


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
            found = found.capitalize() if capital else found
            if is_german(found):
                return found
    return None


@lru_cache(maxsize=20_000)
def doubtful(word: str) -> bool:
    """Whether a word looks as if a scanner had damaged it."""
    if known(word):
        return False
    if len(word) > _LONGEST_LOOKED_AT:
        return True
    bare = _GENITIVE.sub("", word.strip("!'’-*"))
    if known(bare) and word.count("!") < 2 and not word.startswith("!"):
        return False
    if joined_by_sign(bare):
        return False
    pieces = [piece for piece in bare.split("-") if piece]
    if len(pieces) > 1 and all(known(piece) for piece in pieces):
        return False
    if _ODD.search(bare) or (meant(word) or meant(bare)) is not None:
        return True
    return any(_UNLIKELY.search(p) or _glued(p) or meant(p) is not None for p in pieces)


def _glued(word: str) -> bool:
    """Whether a blank was lost: "fürMenschen", "Spracheund", "kannich"."""
    if re.match(r"[a-zäöü]+[A-ZÄÖÜ]", word):
        return True
    for cut in range(2, len(word) - 1):
        one, other = word[:cut], word[cut:]
        if other.lower() in _SHORT and known(one) and len(one) > 2:
            return True
        if one.lower() in _SHORT and known(other) and len(other) > 2 and not other.isupper():
            return True
    return False


_SWAPS = (
    "un", "nu", "hb", "bh", "tf", "ft", "li", "il", "eo", "oe", "ec", "ce", "ao", "oa", "rt",
    "uü", "oö", "aä", "mn", "nm", "vy", "gq", "IT", "TI", "HN", "NH", "EF", "FE", "DO", "OD",
)  # fmt: skip


_GROUPS = (("rn", "m"), ("m", "rn"), ("cl", "d"), ("ii", "ü"), ("fi", "h"), ("n", "nn"))


@lru_cache(maxsize=20_000)
def near(word: str, *, faulty: bool = False) -> bool:
    """Whether one letter read for its neighbour in looks would make another known word.

    A word that is known itself counts as misread where the other one stands in the vocabulary
    ("Anlaut", "Anlauf"); in a ``faulty`` text also one that is only put together, where the
    other one may be, too ("Stadtteilmutter").
    """
    if len(word) < 2 or len(word) > _LONGEST or not word.isalpha():
        return False
    is_sure = listed(word) or is_listed(word) if faulty else known(word)
    is_word = listed if is_sure else is_real
    for i, letter in enumerate(word):
        for swap in _SWAPS:
            if letter == swap[0] and is_word(word[:i] + swap[1] + word[i + 1 :]):
                return True
    if any(
        is_word(word[:i] + word[i + 1 :]) for i in range(1, len(word)) if word[i] == word[i - 1]
    ):
        return True
    return any(old in word and is_word(word.replace(old, new, 1)) for old, new in _GROUPS)


@lru_cache(maxsize=1)
def _almost() -> frozenset[str]:
    """Return the longer words of the vocabulary, and each with one letter lost."""
    long = [word for word in _STEMS if len(word) > 4]
    return frozenset(long) | {w[:i] + w[i + 1 :] for w in long for i in range(len(w))}


def _one_off(small: str) -> bool:
    """Whether one letter lost, added or changed makes a known word of these letters."""
    if len(small) < 5:
        return False
    if small in _STEMS:
        return False
    almost = _almost()
    return small in almost or any(small[:i] + small[i + 1 :] in almost for i in range(len(small)))


@lru_cache(maxsize=20_000)
def misspelt(word: str) -> bool:
    """Whether an unknown word is one letter, whichever, away from a known one.

    >>> misspelt("Projet"), misspelt("Vermitlung"), misspelt("Projekt"), misspelt("Kuckuck")
    (True, True, False, False)
    """
    bare = _GENITIVE.sub("", word.strip("!'’-*"))
    if len(bare) < 5 or len(bare) > _LONGEST or not bare.isalpha() or known(bare):
        return False
    small = bare.lower()
    if bare[1:] != small[1:]:
        return False  # "AktiV", "WegWeiser": written so with intent
    stems = {small.removesuffix(ending) for ending in _ENDINGS}
    if any(_one_off(stem) for stem in stems):
        return True
    halves = ((small[:i], small[i:]) for i in range(4, len(small) - 4))
    return any(
        (one in _PARTS and _one_off(other)) or (other in _PARTS and _one_off(one))
        for one, other in halves
    )


@lru_cache(maxsize=20_000)
def misread(word: str) -> bool:
    """Whether a word that no list has is one letter in looks away from one that a list has.

    >>> misread("Teilzelt"), misread("Teilzeit"), misread("Lagerlogistik")
    (True, False, False)
    """
    bare = _GENITIVE.sub("", word.strip("!'’-*"))
    if is_listed(bare) or listed(bare):
        return False
    return (len(bare) > 4 or bare.islower()) and near(bare)


def listed(word: str) -> bool:
    """Whether the vocabulary has exactly this word, as names should be."""
    return word in _ALL


def is_real(word: str) -> bool:
    """Whether a word stands in the dictionary or exactly so in the vocabulary."""
    return word in _ALL or is_german(word)


@lru_cache(maxsize=20_000)
def lost_dots(word: str) -> bool:
    """Whether the word with an umlaut is a known word, too ("Mutter", "Mütter")."""
    return any(
        letter in "aouAOU" and familiar(word[:i] + _DOTTED[letter] + word[i + 1 :])
        for i, letter in enumerate(word)
    )


_DOTTED = dict(zip("aouAOU", "äöüÄÖÜ", strict=True))


def joined_blank(word: str) -> bool:
    """Whether a name in mixed case may be two words that lost their blank."""
    return (
        re.search(
            r"[a-zäöüß]{3}[A-ZÄÖÜ][a-zäöüß]{2}|(?:[a-zäöüß]|[A-ZÄÖÜ])[A-ZÄÖÜ]{2}[a-zäöüß]{2}", word
        )
        is not None
    )


def joined_by_sign(word: str) -> tuple[str, str] | None:
    """The two words that a sign joins in a name, "2" for "to", "4" for "for" or "&".

    >>> joined_by_sign("Fit4Job"), joined_by_sign("Ar4eit")
    (('Fit', 'Job'), None)
    """
    match = _JOINED_BY_SIGN.fullmatch(word)
    if match is None or not all(known(p) or known(p.capitalize()) for p in match.groups()):
        return None
    return match[1], match[2]


def unknown_letters(word: str) -> int:
    """Return how many letters of a word stand in no known part of it."""
    bare = _GENITIVE.sub("", word.strip("!'’-*"))
    if bare.isdigit() and len(bare) < 4:
        return 2  # "82" may have been "B2"
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
