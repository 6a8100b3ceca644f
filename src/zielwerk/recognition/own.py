"""Words that a programme brings with it, known beside everybody's: no correct one is changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from zielwerk.recognition.lessons import Lessons
from zielwerk.recognition.likeness import shape
from zielwerk.recognition.repair import printed
from zielwerk.recognition.words import TOKEN, known, meant, plausible

_ENDINGS = ("s", "es", "e", "en", "n", "er", "r", "m")
_LEAST = 4  # letters of a word that is inflected, or mended
_NOTE = re.compile(r"[…]")


@dataclass(frozen=True, eq=False)
class OwnWords:
    """The words of a programme in any case, and how those look that nobody else has.

    ``confusions`` are misread words that people have corrected before.
    """

    words: frozenset[str] = frozenset()
    shapes: Mapping[str, str] = field(default_factory=dict)
    spaced: tuple[str, ...] = ()  # those with a hyphen, as a scanner may space it
    confusions: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def meant(self, word: str) -> str | None:
        """The one word, everybody's or the programme's, that looks the same; or nothing.

        A word that may be right as it stands is not taken for a compound of others.
        """
        if word in self.words:
            return None
        if word in self.confusions:
            return self.confusions[word]
        return meant(word, compounds=not plausible(word)) or self._looks_like(word)

    def proposed(self, word: str) -> str | None:
        """The word that may be meant in a sentence; of the whole dictionary, as no name is."""
        return self.meant(word) or (None if word in self.words else printed(word))

    def is_damaged(self, word: str) -> bool:
        """Whether a word is one of the programme's, misread."""
        if word in self.words:
            return False
        return word in self.confusions or self._looks_like(word) is not None

    def taught(self, lessons: Lessons) -> "OwnWords":
        """The same words and those that corrections taught."""
        return replace(self, words=self.words | lessons.names, confusions={**lessons.confusions})

    def _looks_like(self, word: str) -> str | None:
        found = self.shapes.get(shape(word)) if len(word) >= _LEAST and not known(word) else None
        if found is None or found.lower() == word.lower() or found[0].isupper() != _capital(word):
            return None
        return found


def _capital(word: str) -> bool:
    return word[0].isupper() or not word[0].isalpha()


@lru_cache(maxsize=16)
def own_words(wordings: tuple[str, ...]) -> OwnWords:
    """The words of these wordings, each word of a hyphened one for itself, too."""
    text = _NOTE.sub(" ", " ".join(wordings))
    tokens = dict.fromkeys(TOKEN.findall(text))
    pieces = dict.fromkeys(piece for token in tokens for piece in token.split("-") if piece)
    bases = {**tokens, **pieces}
    words = set(bases)
    for base in bases:
        if len(base) >= _LEAST and base[-1].isalpha():
            stem = base.removesuffix("e")
            words.update(f"{base}{ending}" for ending in _ENDINGS)
            words.update(f"{stem}{ending}" for ending in _ENDINGS)
    seen: dict[str, set[str]] = {}
    for base in bases:
        if len(base) >= _LEAST and base[:1].isupper():
            seen.setdefault(shape(base), set()).add(base)
    return OwnWords(
        frozenset(words),
        {look: next(iter(found)) for look, found in seen.items() if len(found) == 1},
        tuple(token.replace("-", " - ") for token in tokens if "-" in token[1:]),
    )
