"""How the sections of a document are numbered: "§ 1", "Ziffer 1", "1."."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zielwerk.recognition.likeness import alike

_LOOKALIKE = str.maketrans("lIi|!ZzSsABbGToOgq?", "1111122554866700997")
_SIGN = "§"
_REST = r" ?[.:)]? ?(?P<rest>.*)"
_NUMBER = r"(?P<number>[0-9]{1,2})(?![0-9])"
_DAMAGED_NUMBER = r"(?P<number>[0-9lIi|!ZzSABGTbgq?]{1,2})(?![\w])"
_DAMAGED_SIGN = re.compile(
    r"(?:[§$&£ß(]|[SsB583969fF](?= ?[0-9lI]))(?:[§S])? ?-? ?" + _DAMAGED_NUMBER + _REST
)
_TORN_SIGN = re.compile(r"\W{0,3}[§$]\W{0,3}\w{0,2}\W?|\W{0,3}\w{0,2}[§$]")
_DAMAGED_WORD = re.compile(r"(?P<word>[^\W\d]\S{1,14}) ?" + _DAMAGED_NUMBER + _REST)
_SAID = ("Nummer", "Nr.", "Ziffer", "Abschnitt")  # how texts cite a section that has a bare number
_MOST = 30


@dataclass(frozen=True)
class Marked:
    """A line that may begin a section: its number, where its rest begins, and how sure that is."""

    number: int
    rest: str
    rest_at: int
    is_sure: bool  # the mark itself is as it should be
    is_exact: bool  # and the number
    is_bare: bool  # there is no mark but the number, as in any list


@dataclass(frozen=True)
class Marks:
    """The marks of a programme's sections, the usual one first."""

    words: tuple[str, ...]  # before a number
    shapes: tuple[str, ...]  # of a bare number: "1.", "(1)"
    sure: re.Pattern[str]
    bare: re.Pattern[str]
    reference: str  # a pattern: how texts cite a section, its number left out

    def match(self, text: str) -> Marked | None:
        """The mark that a line begins with, though it be damaged."""
        if match := self.sure.match(text):
            return _marked(match, is_sure=True)
        if match := self.bare.match(text):
            return _marked(match, is_sure=False, is_bare=True)
        if _SIGN in self.words and (match := _DAMAGED_SIGN.match(text)):
            return _marked(match, is_sure=False)
        match = _DAMAGED_WORD.match(text) if len(self.words) > (_SIGN in self.words) else None
        if match and any(alike(word, match["word"]) >= 0.7 for word in self.words):
            return _marked(match, is_sure=False)
        return None

    def is_torn(self, text: str) -> bool:
        """Whether a line is what is left of a mark."""
        return _SIGN in self.words and _TORN_SIGN.fullmatch(text) is not None

    def name(self, number: int) -> str:
        """How people cite a section."""
        if self.words:
            return f"{self.words[0]} {number}"
        return self.shapes[0].replace("1", str(number))

    def begun(self, lines: Sequence[str]) -> int:
        """How many lines begin a section, or seem to."""
        return sum(self.match(line) is not None for line in lines)

    def cited(self, text: str) -> set[str]:
        """The numbers of sections that a text names."""
        return set(re.findall(rf"(?:{self.reference}) ?(\d)", text))


@lru_cache(maxsize=8)
def marks(declared: tuple[str, ...]) -> Marks:
    """The marks of a pack: one with a number, such as "1.", is the number itself."""
    shapes = tuple(mark for mark in declared if "1" in mark)
    words = tuple(mark for mark in declared if "1" not in mark)
    before = "|".join(re.escape(word) for word in words) or "(?!)"
    bare = "|".join(re.escape(shape) for shape in shapes) or "(?!)"
    return Marks(
        words,
        shapes,
        re.compile(rf"(?:{before}) ?{_NUMBER}{_REST}"),
        re.compile(rf"(?:{bare.replace('1', _NUMBER, 1)}) ?(?P<rest>.*)")
        if len(shapes) == 1
        else re.compile(rf"\(?{_NUMBER}[.)]+ ?(?P<rest>.*)" if shapes else bare),
        "|".join(map(re.escape, (*words, *(_SAID if shapes else ())))),
    )


def _marked(match: re.Match[str], *, is_sure: bool, is_bare: bool = False) -> Marked | None:
    number = match["number"].translate(_LOOKALIKE)
    if not number.isdigit() or not 1 <= int(number) <= _MOST:
        return None
    return Marked(
        int(number),
        match["rest"],
        match.start("rest"),
        is_sure,
        match["number"].isdigit(),
        is_bare,
    )
