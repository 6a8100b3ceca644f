"""How well a whole text was recognised, and how far its unknown words can be believed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zielwerk.recognition.own import OwnWords
from zielwerk.recognition.words import (
    TOKEN,
    doubtful,
    joined_blank,
    lost_umlaut,
    misread,
    unknown_letters,
)

CAUTION = 12.0  # faults there are for each fault that can be seen


@dataclass(frozen=True)
class Condition:
    """How well a whole text was recognised: faults seen per letter, loose hyphens.

    ``own`` are the words of the programme, known beside everybody's.
    """

    fault_rate: float
    loose_dashes: bool  # hyphens of known words were seen with blanks on both sides
    lost_dots: bool = False  # umlauts were seen without their dots
    own: OwnWords = field(default_factory=OwnWords)


def condition(texts: Iterable[str], own: OwnWords) -> Condition:
    """Judge the running text of clauses, which may have the programme's ``own`` words."""
    faults = letters = 0
    loose = dots = False
    for text in texts:
        letters += len(text)
        words = TOKEN.findall(text)
        dots |= any(lost_umlaut(word) for word in words)
        loose |= any(word in text for word in own.spaced)
        faults += sum(
            doubtful(word) or joined_blank(word) or misread(word) or own.is_damaged(word)
            for word in words
            if len(word) > 1 and "§" not in word[:1] and word not in own
        )
    return Condition(faults / max(letters, 1), loose, dots, own)


def believed(text: str, words: Sequence[str], state: Condition) -> float:
    """Return how likely a text is right, given the faults seen elsewhere."""
    unknown = sum(unknown_letters(word) for word in words if word not in state.own)
    rate = min(1.0, CAUTION * state.fault_rate)
    return (1 - rate) ** unknown * (1 - rate / 60) ** len(text)
