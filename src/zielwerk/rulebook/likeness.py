"""Whether two titles of measures sound alike: the same words in another order or form."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

LEAST = 0.6  # of the words of both, by letters, from which on two titles sound alike
_BEGIN = 4  # letters by which words are looked up
_ENDING = 3  # letters that an ending adds at most
_WORD = re.compile(rf"[a-zäöüß]{{{_BEGIN},}}")
_COMMON = frozenset(
    (
        *("eine", "einer", "menschen", "frauen", "männer", "kurs", "projekt"),
        *("maßnahme", "angebot", "gruppe", "hessen"),
    )
)


class Titles:
    """Titles that are looked up by what they sound like; as fast with a thousand as with ten."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._words = [_words(title) for title in titles]
        self._begins: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for begin in {word[:_BEGIN] for word in words}:
                self._begins[begin].append(place)

    def alike(self, title: str) -> list[int]:
        """The places of the titles that share most of what this one says."""
        words = _words(title)
        places = {place for word in words for place in self._begins.get(word[:_BEGIN], ())}
        return [place for place in sorted(places) if _share(words, self._words[place]) >= LEAST]


def alike(title: str, other: str) -> bool:
    """Whether two titles share most of what they say; words that many have do not count.

    >>> alike("Altenpflegehilfe + Sprache", "Sprache und Altenpflegehilfe 2025")
    True
    >>> alike("Kurs für Frauen", "Kurs für Männer")
    False
    """
    return bool(Titles([other]).alike(title))


def _share(one: Collection[str], two: Collection[str]) -> float:
    """How much of the letters of both stand in words that both have, from 0 to 1."""
    shared = _letters(word for word in one if any(_same(word, each) for each in two))
    back = _letters(word for word in two if any(_same(word, each) for each in one))
    return (shared + back) / (_letters(one) + _letters(two))


def _words(title: str) -> list[str]:
    words = dict.fromkeys(_WORD.findall(title.casefold()))
    return [word for word in words if word not in _COMMON]


def _same(word: str, other: str) -> bool:
    """Whether two words are one in another form: one begins the other, but for an ending."""
    if abs(len(word) - len(other)) > _ENDING:
        return False
    return word.startswith(other) or other.startswith(word)


def _letters(words: Iterable[str]) -> int:
    return sum(map(len, words))
