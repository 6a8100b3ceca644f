"""Text that remembers where each of its characters stood in the original.

Cleaning changes a text; a reviewer must still see the place in what was uploaded. Every
step of cleaning is therefore a substitution on a :class:`Traced`.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and, for each of its characters, the offset in the original."""

    text: str
    origin: "array[int]"

    @classmethod
    def whole(cls, text: str) -> "Traced":
        """Trace an original text."""
        return cls(text, array("l", range(len(text))))

    @classmethod
    def join(cls, parts: Iterable["Traced"], between: str = "") -> "Traced":
        """Put pieces together; the characters between belong to the piece before."""
        texts: list[str] = []
        origin = array("l")
        for part in parts:
            if texts and between:
                texts.append(between)
                origin.extend([origin[-1] if origin else 0] * len(between))
            texts.append(part.text)
            origin.extend(part.origin)
        return cls("".join(texts), origin)

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def part(self, start: int, end: int | None = None) -> "Traced":
        """Return the piece from ``start`` to ``end``."""
        return Traced(self.text[start:end], self.origin[start:end])

    def strip(self, characters: str | None = None) -> "Traced":
        """Return the text without blanks (or other characters) at its ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        right = len(self.text.rstrip(characters))
        return self.part(left, max(left, right))

    def split(self, pattern: re.Pattern[str]) -> Iterator["Traced"]:
        """Yield the pieces between the matches of a pattern."""
        last = 0
        for match in pattern.finditer(self.text):
            yield self.part(last, match.start())
            last = match.end()
        yield self.part(last)

    def sub(
        self, pattern: re.Pattern[str], replace: str | Callable[[re.Match[str]], str]
    ) -> "Traced":
        """Substitute; new characters stand where the replaced ones began."""
        texts: list[str] = []
        origin = array("l")
        last = 0
        for match in pattern.finditer(self.text):
            new = replace if isinstance(replace, str) else replace(match)
            if new == match[0]:
                continue
            start, end = match.span()
            texts += self.text[last:start], new
            origin.extend(self.origin[last:start])
            old = self.origin[start:end]
            origin.extend(old[min(i, len(old) - 1)] for i in range(len(new)) if old)
            last = end
        if not last:
            return self
        texts.append(self.text[last:])
        origin.extend(self.origin[last:])
        return Traced("".join(texts), origin)

    def span(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return the place of a piece in the original as (start, end)."""
        end = len(self.text) if end is None else end
        if start >= end:
            return (0, 0)
        return self.origin[start], self.origin[end - 1] + 1


class Quotes:
    """Cuts quotes out of the original text."""

    def __init__(self, original: str) -> None:
        self._original = original

    def widen(self, span: tuple[int, int]) -> tuple[int, int]:
        """Take the marks of a decomposed letter to the letter."""
        start, end = span
        while start < end < len(self._original) and unicodedata.combining(self._original[end]):
            end += 1
        return start, end

    def quote(self, span: tuple[int, int]) -> str:
        """Return the original text of a span."""
        return self._original[span[0] : span[1]]
