"""Two wordings of one node, as parts that are kept, dropped and added."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

from zielwerk.rulebook.redline.matching import Pair, matched
from zielwerk.rulebook.redline.words import Words, is_figure, is_punctuation, shape, words

MOST_KEPT_WORDS = 3
"""So few words between two changes may be told as changed with them."""

FARTHEST = 60
"""So many words a passage that could stand at several places is pushed to read well."""

Block: TypeAlias = tuple[int, int, int]  # begin in the old words, in the new ones, length


class Op(StrEnum):
    """What becomes of a part."""

    KEEP = "keep"
    DROP = "drop"
    ADD = "add"


@dataclass(frozen=True)
class Part:
    """A stretch of a node's text and what becomes of it."""

    op: Op
    text: str


def compared(old: str, new: str) -> tuple[Part, ...]:
    """The parts of two wordings. Kept and added give ``new``, kept and dropped give ``old``.

    A dropped part stands before the one that was added in its place.
    """
    if old == new:
        return (Part(Op.KEEP, new),) if new else ()
    return compared_words(words(old), words(new))


def compared_words(before: Words, after: Words) -> tuple[Part, ...]:
    """The same of two texts that are cut into words already."""
    pairs = matched(before.keys, after.keys)
    ends = (len(before.keys) - 1, len(after.keys) - 1)
    if not pairs or pairs[-1] != ends:  # the ends of both texts are the same
        pairs = [pair for pair in pairs if pair[0] < ends[0] and pair[1] < ends[1]] + [ends]
    blocks = _readable(_blocks(pairs), before.keys, after.keys)
    return tuple(_parts(blocks, before, after))


def shown(parts: Iterable[Part]) -> list[Part]:
    """The parts as people see them: white space that changed is layout, and is never marked."""
    every = list(parts)
    seen: list[Part] = []
    at = 0
    while at < len(every):
        one = every[at]
        other = every[at + 1] if at + 1 < len(every) else None
        pair = one.op is Op.DROP and other is not None and other.op is Op.ADD
        dropped = one.text if one.op is Op.DROP else ""
        added = other.text if pair and other else one.text if one.op is Op.ADD else ""
        at += 2 if pair else 1
        if one.op is Op.KEEP:
            _join(seen, Op.KEEP, one.text)
        elif dropped.split() == added.split():
            _join(seen, Op.KEEP, added)
        else:
            _mark(seen, dropped, added)
    return seen


def _mark(seen: list[Part], dropped: str, added: str) -> None:
    """Mark words and leave the white space around them unmarked."""
    text = added if added.strip() else dropped
    words_at = len(text) - len(text.lstrip())
    _join(seen, Op.KEEP, text[:words_at])
    _join(seen, Op.DROP, dropped.strip())
    _join(seen, Op.ADD, added.strip())
    _join(seen, Op.KEEP, text[len(text.rstrip()) :])


def _join(seen: list[Part], op: Op, text: str) -> None:
    if text and seen and seen[-1].op is op:
        seen[-1] = Part(op, seen[-1].text + text)
    elif text:
        seen.append(Part(op, text))


def _blocks(pairs: Iterable[Pair]) -> list[Block]:
    blocks: list[Block] = []
    for i, j in pairs:
        if blocks and (i, j) == (blocks[-1][0] + blocks[-1][2], blocks[-1][1] + blocks[-1][2]):
            blocks[-1] = (*blocks[-1][:2], blocks[-1][2] + 1)
        else:
            blocks.append((i, j, 1))
    return blocks


def _readable(blocks: list[Block], old: list[str], new: list[str]) -> list[Block]:
    """The same as phrases: no change ends because a small word happens to stand in both."""
    kept: list[Block] = []
    for block, following in pairwise(blocks):
        behind = kept[-1] if kept else (0, 0, 0)
        is_begin = block[:2] == (0, 0)
        if is_begin or not _happens_to_stand_in_both(behind, block, following, old, new):
            kept.append(block)
    kept.append(blocks[-1])  # the end of both
    return _pushed(kept, old, new)


def _happens_to_stand_in_both(
    behind: Block, block: Block, following: Block, old: list[str], new: list[str]
) -> bool:
    i, j, length = block
    if length > 2 * MOST_KEPT_WORDS + 1:
        return False
    stretch = old[i : i + length]
    count = sum(not is_punctuation(word) for word in stretch)
    if count > MOST_KEPT_WORDS or any(map(is_figure, stretch)):
        return False
    one = (old[behind[0] + behind[2] : i], new[behind[1] + behind[2] : j])
    two = (old[i + length : following[0]], new[j + length : following[1]])
    if any(_is_figure_for_figure(*run) for run in (one, two)):
        return False
    if not (all(one) or all(two)):  # one passage gone, another one new
        return False
    return count <= min(max(map(len, one)), max(map(len, two)))


def _is_figure_for_figure(dropped: list[str], added: list[str]) -> bool:
    """Whether an amount takes the place of an amount, a day of a day: told alone."""
    return (
        len(dropped) == len(added) == 1
        and is_figure(dropped[0])
        and shape(dropped[0]) == shape(added[0])
    )


def _pushed(blocks: list[Block], old: list[str], new: list[str]) -> list[Block]:
    """A passage that could have been added at several places is where a sentence begins."""
    for place in range(len(blocks) - 1):
        behind, block = blocks[place], blocks[place + 1]
        i, j = behind[0] + behind[2], behind[1] + behind[2]
        if (i == block[0]) == (j == block[1]):
            continue  # something replaced, and not only added or only dropped
        side, start, end = (new, j, block[1]) if i == block[0] else (old, i, block[0])
        step = _best_step(side, start, end, behind[2] - 1, block[2] - 1)
        blocks[place] = (behind[0], behind[1], behind[2] + step)
        blocks[place + 1] = (block[0] + step, block[1] + step, block[2] - step)
    return blocks


def _best_step(side: list[str], start: int, end: int, left: int, right: int) -> int:
    """By how many words ``side[start:end]`` is pushed; ``left`` and ``right`` words have room."""
    least, most = 0, 0
    while -least < min(left, FARTHEST) and side[start + least - 1] == side[end + least - 1]:
        least -= 1
    while most < min(right, FARTHEST) and side[start + most] == side[end + most]:
        most += 1

    def well(step: int) -> tuple[int, int]:
        first, last = side[start + step], side[end + step - 1]
        before = side[start + step - 1] if start + step else "."
        whole = before in ENDS or last in ENDS
        return (2 * whole + (not is_punctuation(first)), -step)

    return max(range(least, most + 1), key=well)


ENDS = frozenset(".!?;:•")


def _parts(blocks: Iterable[Block], before: Words, after: Words) -> list[Part]:
    text = _Text([])
    a = c = 0
    for i, j, length in blocks:
        text.change(_joined(before, a, i), _joined(after, c, j))
        a, c = i + length, j + length
        kept = _joined(before, i, a)
        if kept == _joined(after, j, c):
            text.change(before.spaces[i], after.spaces[j])
            text.keep(kept[len(before.spaces[i]) :])
            continue
        for n in range(length):  # the same words, laid out otherwise
            text.change(before.spaces[i + n], after.spaces[j + n])
            text.change(before.words[i + n], after.words[j + n])
    text.end_change()
    return text.parts


def _joined(side: Words, start: int, end: int) -> str:
    return "".join(piece for at in range(start, end) for piece in (side.spaces[at], side.words[at]))


@dataclass
class _Text:
    """Parts as they grow; what changes side by side is one dropped and one added part."""

    parts: list[Part]
    dropped: str = ""
    added: str = ""

    def keep(self, text: str) -> None:
        if text:
            self.end_change()
            _join(self.parts, Op.KEEP, text)

    def change(self, old: str, new: str) -> None:
        if old == new:
            self.keep(new)
        else:
            self.dropped += old
            self.added += new

    def end_change(self) -> None:
        """Write what changed; white space with which both begin is kept."""
        old, new = self.dropped, self.added
        lead = 0
        while lead < min(len(old), len(new)) and old[lead] == new[lead] and new[lead].isspace():
            lead += 1
        _join(self.parts, Op.KEEP, new[:lead])
        _join(self.parts, Op.DROP, old[lead:])
        _join(self.parts, Op.ADD, new[lead:])
        self.dropped = self.added = ""
