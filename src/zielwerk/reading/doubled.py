"""Pages that a file has twice or in another order, and the same paper twice in one file."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from zielwerk.reading.model import Finding
from zielwerk.recognition.cleaning import Line
from zielwerk.recognition.likeness import fold
from zielwerk.rulebook.refusal import msg

_BLOCK = 4  # lines that nobody writes twice
_LEAST = 80  # letters of them
_UNCERTAIN = "uncertain"


def once(these: Sequence[Line]) -> list[Line]:
    """The lines of a file, or its first half where the second says the same word for word."""
    looks = [(i, fold(line.text)) for i, line in enumerate(these) if not line.is_page_number]
    half = len(looks) // 2
    first, second = ([look for _, look in part] for part in (looks[:half], looks[half:]))
    if half < _BLOCK or first != second:
        return list(these)
    return list(these[: looks[half][0]])


def same_twice() -> Finding:
    """What is told where a file has its text twice."""
    words = msg("Die Datei enthält denselben Text zweimal; gelesen wurde er einmal.")
    return Finding("reading.same_twice", words, {}, "question", "clauses")


def doubled(these: Sequence[Line]) -> Iterator[Finding]:
    """Ask about the first block of lines that stands again further down."""
    kept = [line for line in these if not line.is_page_number]
    looks = [fold(line.text) for line in kept]
    seen: dict[tuple[str, ...], int] = {}
    for at in range(len(looks) - _BLOCK + 1):
        block = tuple(looks[at : at + _BLOCK])
        if sum(map(len, block)) < _LEAST or len(set(block)) < _BLOCK:
            continue
        if seen.setdefault(block, at) <= at - _BLOCK:
            yield Finding(
                "reading.doubled_page",
                msg("Ab „{line}“ steht der Text zweimal: Ist eine Seite doppelt?"),
                {"line": kept[at].text[:120]}, _UNCERTAIN, "clauses",
            )  # fmt: skip
            return


def misplaced(order: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    """Ask about clauses that come twice or out of turn; ``order`` are their numbers and names."""
    numbers = [number for number, _ in order]
    for at, (number, name) in enumerate(order):
        if number in numbers[:at]:
            yield Finding(
                "reading.clause_twice",
                msg("{clause} steht mehr als einmal im Text: Ist eine Seite doppelt?"),
                {"clause": name}, _UNCERTAIN, "clauses",
            )  # fmt: skip
            return
    for (before, first), (number, second) in pairwise(order):
        if number < before:
            yield Finding(
                "reading.clauses_swapped",
                msg("{second} steht hinter {first}: Sind Seiten vertauscht?"),
                {"first": first, "second": second}, _UNCERTAIN, "clauses",
            )  # fmt: skip
            return
