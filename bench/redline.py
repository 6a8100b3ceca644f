"""The redline: two versions of 17,000 words, beside difflib with the same words; the worst cases.

Words are invented. Times are the processor's, so that a busy machine spoils none; the time of a
whole process is a clock's, beside that of an empty Python.
"""

import difflib
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

from bench.timing import process, python
from zielwerk.rulebook.redline import (
    Node,
    compared,
    paragraph_nodes,
    redline,
    redline_by_content,
)
from zielwerk.rulebook.redline.words import words

WORDS = 17_000
PER_PARAGRAPH = 50
RANDOM = Random(13)
KNOWN = ["".join(RANDOM.choices("abdefghiklmnorstu", k=RANDOM.randint(2, 12))) for _ in range(4000)]


def run() -> list[tuple[str, ...]]:
    old, new = two_versions()
    one, other = ("\n\n".join(node.text for node in version) for version in (old, new))
    beside = f"difflib, the same words: {spent(lambda: by_difflib(one, other), 1) / 1000:.1f} s"
    rows = [
        row("two versions of 17,000 words, nodes by id", lambda: redline(old, new)),
        row("the same as one node", lambda: compared(one, other)),
        row("the same as texts without ids", lambda: by_content(one, other)),
    ]
    return [
        *((*each, beside, "< 100 ms") for each in rows),
        ("`agreement redline` of these texts, whole process", *whole(one, other), "< 1.5 s"),
        *((*row(name, work, 3), "", "no hang") for name, work in worst().items()),
    ]


def row(name: str, work: Callable[[], object], times: int = 7) -> tuple[str, str]:
    return name, f"{spent(work, times):.0f} ms"


def spent(work: Callable[[], object], times: int) -> float:
    """The least processor time of several runs in ms."""

    def once() -> float:
        began = time.process_time()
        work()
        return (time.process_time() - began) * 1000

    return min(once() for _ in range(times))


def two_versions() -> tuple[list[Node], list[Node]]:
    """Paragraphs, and the same after a negotiation: every second one changed, one moved."""
    old = nodes([prose(PER_PARAGRAPH) for _ in range(WORDS // PER_PARAGRAPH)])
    new = [replace(node, text=edited(node.text)) for node in old[::2]]
    new = [node for pair in zip(new, old[1::2], strict=True) for node in pair]
    new.insert(7, new.pop(200))
    return old, new


def prose(count: int) -> str:
    """Words as often as in speech: few of them most of the time."""
    places = (min(int(RANDOM.paretovariate(0.8)), len(KNOWN)) - 1 for _ in range(count))
    return " ".join(KNOWN[place] for place in places)


def edited(paragraph: str) -> str:
    every = paragraph.split()
    for _ in range(2):
        at = RANDOM.randrange(len(every))
        every[at : at + RANDOM.randint(0, 2)] = prose(RANDOM.randint(1, 2)).split()
    return " ".join(every)


def nodes(paragraphs: list[str]) -> list[Node]:
    """Paragraphs with ids."""
    return [Node(str(at), "paragraph", "§ 1", text) for at, text in enumerate(paragraphs)]


def by_content(old: str, new: str) -> object:
    return redline_by_content(paragraph_nodes(old), paragraph_nodes(new))


def by_difflib(old: str, new: str) -> object:
    return difflib.SequenceMatcher(None, words(old).keys, words(new).keys, False).get_opcodes()


def whole(old: str, new: str) -> tuple[str, str]:
    """The command as people call it, beside a Python that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("old.txt", "new.txt")]
        for file, text in zip(files, (old, new), strict=True):
            file.write_text(text)
        command = python("-m", "zielwerk.config", "agreement", "redline", *map(str, files))
        return (
            f"{process(command):.0f} ms",
            f"python -c pass: {process(python('-c', 'pass')):.0f} ms",
        )


def worst() -> dict[str, Callable[[], object]]:
    """What nobody writes: each side without order, without likeness, or much of one thing."""
    single = [f"w{n}" for n in range(30_000)]
    mixed = prose(40_000)[:200_000]
    many = [f"Absatz {n} mit Text" for n in range(5_000)]
    others = [f"Etwas {n * 7} ganz anderes" for n in range(5_000)]
    rows = [f"• Kurs {n}, {n % 30} Plätze" for n in range(5_000)]
    cases = {
        "17,000 times one word, and 17,000 times another": ("gleich " * WORDS, "anders " * WORDS),
        "17,000 times one word, every third another": (
            "gleich " * WORDS,
            "gleich gleich anders " * (WORDS // 3),
        ),
        "11,000 words against as many, of fifty in any order": (few(11_000), few(11_000)),
        "one node of 200 kB, of fifty words in any order": (few(30_000), few(30_000)),
        "one node of 200 kB, the words shuffled": (mixed, shuffled(mixed.split())),
        "one node of 200 kB, single words reversed": (" ".join(single), " ".join(single[::-1])),
        "one node of 200 kB, single words shuffled": (" ".join(single), shuffled(single)),
        "one node of 200 kB, one digit": ("1" * 200_000, "1" * 199_999),
        "one node of 200 kB, blanks": (" " * 200_000 + "x", " \n" * 100_000),
        "one node of 200 kB, punctuation": ("?" * 200_000, "!?" * 100_000),
    }
    found: dict[str, Callable[[], object]] = {}
    for name, (old, new) in cases.items():
        found[name] = lambda old=old, new=new: compared(old, new)  # type: ignore[misc]
    found["5,000 nodes reversed, by id"] = lambda: redline(nodes(many), nodes(many)[::-1])
    found["5,000 nodes reversed, by content"] = lambda: redline_by_content(
        nodes(many), nodes(many[::-1])
    )
    found["5,000 nodes against 5,000 others, by content"] = lambda: redline_by_content(
        nodes(many), nodes(others)
    )
    found["5,000 rows, each with another number, by content"] = lambda: redline_by_content(
        nodes(rows), nodes([f"{row}." for row in rows])
    )
    return found


def shuffled(every: list[str]) -> str:
    return " ".join(RANDOM.sample(every, len(every)))


def few(count: int) -> str:
    """Many words, none of them single, so that nothing anchors the others."""
    return " ".join(RANDOM.choices(KNOWN[:50], k=count))
