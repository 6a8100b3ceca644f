"""Signed wording against its reading version: which words an editor corrected.

Blanks, line ends and hyphenation are healed silently (the reading version says so);
every other difference is a marked correction, so that what was signed stays verifiable.
"""

import difflib
import re

from zielwerk.rulebook.agreement import Wording

WORD = re.compile(r"\S+")
HYPHENATED = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=[a-zäöüß])")


def corrections(signed: str, reads: str) -> tuple[Wording, ...]:
    """The reading version cut into stretches; corrected ones carry the signed wording.

    Joining the ``reads`` of all stretches gives ``reads`` back with single blanks.
    """
    signed = HYPHENATED.sub("", signed)
    if not signed or _letters(signed) == _letters(reads):
        return (Wording(" ".join(reads.split())),) if reads.strip() else ()
    before, after = WORD.findall(signed), WORD.findall(reads)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    stretches: list[Wording] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        old, new = " ".join(before[a:b]), " ".join(after[c:d])
        if kind == "equal" or _letters(old) == _letters(new):
            stretches.append(Wording(new))
        else:
            stretches.append(Wording(new, old, is_correction=True))
    return _joined([stretch for stretch in stretches if stretch.reads or stretch.signed])


def _letters(text: str) -> str:
    """The text without what layout does to it: blanks, line ends, soft hyphens."""
    return re.sub(r"[\s\u00ad]+", "", text)


def _joined(stretches: list[Wording]) -> tuple[Wording, ...]:
    """Neighbouring plain stretches become one."""
    joined: list[Wording] = []
    for stretch in stretches:
        if joined and not stretch.is_correction and not joined[-1].is_correction:
            joined[-1] = Wording(f"{joined[-1].reads} {stretch.reads}")
        else:
            joined.append(stretch)
    return tuple(joined)
