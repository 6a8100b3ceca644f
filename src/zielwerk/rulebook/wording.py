"""Signed wording against its reading version: which words an editor corrected.

Blanks, line ends, hyphenation and the shape of quotation marks and dashes are healed
silently (the reading version says so); every other difference is a marked correction, so
that what was signed stays verifiable.
"""

import difflib
import re
from collections.abc import Sequence

from zielwerk.rulebook.agreement import Wording

WORD = re.compile(r"(\s*)(\S+)")
HYPHENATED = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=[a-zäöüß])")
LAYOUT = re.compile(r"[\s\u00ad]+")
MARKS = str.maketrans(
    {**dict.fromkeys("„“”‟»«", '"'), **dict.fromkeys("‚‘’", "'"), **dict.fromkeys("–—‒", "-")}
)


def corrections(signed: str, reads: str) -> tuple[Wording, ...]:
    """The reading version cut into stretches; corrected ones carry the signed wording.

    A stretch that begins a new line begins with a line end; joined by blanks, the ``reads``
    of all stretches give ``reads`` back, each run of blanks as one.
    """
    signed = HYPHENATED.sub("", signed)
    after = _words(reads)
    if not signed or _letters(signed) == _letters(reads):
        return (Wording(_joined(after)),) if after else ()
    before = _words(signed)
    matcher = difflib.SequenceMatcher(
        None,
        [_letters(word) for word in before],
        [_letters(word) for word in after],
        autojunk=False,
    )
    stretches: list[Wording] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        new = _joined(after[c:d])
        old = " ".join(word.strip() for word in before[a:b])
        is_plain = kind == "equal" or _letters(old) == _letters(new)
        _add(stretches, Wording(new) if is_plain else Wording(new, old, is_correction=True))
    return tuple(stretches)


def _words(text: str) -> list[str]:
    """The words; one that begins a line begins with a line end."""
    words = WORD.findall(text.strip())
    return [("\n" if "\n" in blanks else "") + word for blanks, word in words]


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).replace(" \n", "\n")


def _letters(text: str) -> str:
    """The text without layout and typographic marks."""
    return LAYOUT.sub("", text).translate(MARKS)


def _add(stretches: list[Wording], stretch: Wording) -> None:
    """Add a stretch; neighbouring plain ones become one."""
    if not stretch.reads and not stretch.signed:
        return
    if stretches and not stretch.is_correction and not stretches[-1].is_correction:
        stretches[-1] = Wording(_joined([stretches[-1].reads, stretch.reads]))
    else:
        stretches.append(stretch)
