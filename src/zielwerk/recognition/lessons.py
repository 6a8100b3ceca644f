"""What corrections taught: confusions of recognition, and names that no dictionary has.

A table that people read and edit, one line for each lesson: the word that recognition returned
and what it is. A name stands alone. Nothing else is learned, and nothing is weighed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from zielwerk.recognition.dictionary import is_german
from zielwerk.recognition.words import TOKEN
from zielwerk.rulebook.refusal import Refusal, Refused, msg

_ARROW = "->"


@dataclass(frozen=True, order=True)
class Lesson:
    """A word as it was recognised and what it is; both are the same where it is a name."""

    read: str
    meant: str

    @property
    def is_name(self) -> bool:
        """Whether the word is right as it stands, though no dictionary has it."""
        return self.read == self.meant

    def __str__(self) -> str:
        return self.read if self.is_name else f"{self.read} {_ARROW} {self.meant}"


@dataclass(frozen=True)
class Lessons:
    """What a reading uses: the names, and what misread words are."""

    names: frozenset[str] = frozenset()
    confusions: Mapping[str, str] = field(default_factory=dict)


def lessons(table: Iterable[Lesson]) -> Lessons:
    """Make a table ready for reading.

    A word of the dictionary is no confusion, nor is one that is said to be two others.
    """
    meant: dict[str, set[str]] = {}
    for lesson in table:
        meant.setdefault(lesson.read, set()).add(lesson.meant)
    names = {read for read, others in meant.items() if others == {read}}
    names |= {word for others in meant.values() for other in others for word in _words(other)}
    confusions = {
        read: next(iter(others))
        for read, others in meant.items()
        if len(others) == 1 and read not in names and not is_german(read)
    }
    return Lessons(frozenset(names), confusions)


def taught(before: str, after: str) -> Iterator[Lesson]:
    """Yield what the correction of a text teaches: words that became others, one by one.

    >>> [str(lesson) for lesson in taught("Die Logisfik lernt", "Die Logistik lernt")]
    ['Logisfik -> Logistik']

    Words that were added, left out or put elsewhere teach nothing, nor does a correct word that
    became another one: that was not recognition's fault.
    """
    old, new = _words(before), _words(after)
    for kind, start, end, other, other_end in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind != "replace" or end - start != other_end - other:
            continue
        for read, meant in zip(old[start:end], new[other:other_end], strict=True):
            if not is_german(read) and any(letter.isalpha() for letter in read):
                yield Lesson(read, meant)


def written(table: Iterable[Lesson]) -> str:
    """The table as text, one lesson a line, in order."""
    return "".join(f"{lesson}\n" for lesson in sorted(set(table)))


def parsed(text: str) -> tuple[Lesson, ...]:
    """The table from text; blank lines and what follows "#" are left out.

    Raises :class:`Refused` with ``lessons.line`` for a line that is no lesson.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        read, arrow, meant = (part.strip() for part in said.partition(_ARROW))
        words = (read, meant) if arrow else (read,)
        if not all(words) or any(len(word.split()) > 1 for word in words):
            raise Refused(
                Refusal(
                    "lessons.line",
                    msg("Zeile {number} ist keine Verwechslung („falsch -> richtig“): {line}"),
                    {"number": number, "line": line.strip()},
                )
            )
        found.append(Lesson(read, meant if arrow else read))
    return tuple(found)


def _words(text: str) -> list[str]:
    return TOKEN.findall(text)
