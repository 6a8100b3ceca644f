"""How well a whole text was recognised, and how far its unknown words can be believed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zielwerk.recognition.own import OwnWords
from zielwerk.recognition.words import (
    doubtful,
    joined_blank,
    known,
    misread,
    tokens,
    unknown_letters,
)

CAUTION = 12.0  # faults there are for each fault that can be seen
_SECTION = re.compile(r"\d{1,3}[a-z]")  # "§ 34a"
_MOST_JUDGED = 3_000  # different words after which a text is judged
_UNREADABLE = 0.04  # faults per letter: more than one in four words


@dataclass(frozen=True)
class Condition:
    """How well a whole text was recognised: faults seen per letter, loose hyphens.

    ``own`` are the words of the programme, known beside everybody's.
    """

    fault_rate: float
    loose_dashes: bool  # hyphens of known words were seen with blanks on both sides
    own: OwnWords = field(default_factory=OwnWords)

    @property
    def is_readable(self) -> bool:
        """Whether so few words are damaged that one can say what they may have been."""
        return self.fault_rate < _UNREADABLE


def condition(texts: Iterable[str], own: OwnWords) -> Condition:
    """Judge the running text of clauses, which may have the programme's ``own`` words.

    A long text is judged by its beginning, since looking into many unknown words takes time.
    """
    found = Counter[str]()
    letters = 0
    loose = False
    for text in texts:
        words = tokens(text)[: _MOST_JUDGED if len(found) < _MOST_JUDGED else 0]
        letters += sum(len(word) + 1 for word in words)
        found.update(words)
        loose |= any(word in text for word in own.spaced)
    strange = {
        word: count
        for word, count in found.items()
        if len(word) > 1 and "§" not in word[:1] and not _SECTION.fullmatch(word)
        if word not in own and not known(word)
    }
    faults = sum(
        count
        for word, count in strange.items()
        if doubtful(word) or misread(word) or own.is_damaged(word)
    )
    if faults:  # "GreenJobs" alone is a name and has lost no blank
        faults += sum(count for word, count in strange.items() if joined_blank(word))
    return Condition(faults / max(letters, 1), loose, own)


def believed(text: str, words: Sequence[str], state: Condition) -> float:
    """Return how likely a text is right, given the faults seen elsewhere."""
    unknown = sum(unknown_letters(word) for word in words if word not in state.own)
    rate = min(1.0, CAUTION * state.fault_rate)
    return (1 - rate) ** unknown * (1 - rate / 60) ** len(text)
