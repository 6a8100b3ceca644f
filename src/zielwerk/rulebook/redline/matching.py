"""Which items of two sequences are the same, in order: a patience diff with bounded gaps.

Items that stand once on both sides anchor the rest (Bram Cohen's patience diff); between the
anchors the longest common subsequence is found by whole rows of bits (Hyyrö 2004). Time grows
with the length, never with its square beyond ``LARGEST_GAP``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]
Gap: TypeAlias = tuple[int, int, int, int]

LARGEST_GAP = 1 << 27
"""Cells of a gap that are still compared each with each: 16 MB of bits."""

DEEPEST = 24
"""Anchors within anchors within anchors: a text that goes deeper is made to be slow."""


def matched(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Places of equal items in both, rising in both. Swapping the sides swaps the pairs."""
    if list(new) < list(old):  # one canonical direction, so that both directions tell the same
        return [(i, j) for j, i in _matched(new, old)]
    return _matched(old, new)


def _matched(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    pairs: list[Pair] = []
    gaps: list[tuple[Gap, int]] = [((0, len(old), 0, len(new)), 0)]
    while gaps:
        gap, depth = gaps.pop()
        a, b, c, d = _trimmed(old, new, gap, pairs)
        if a == b or c == d:
            continue
        anchors = _anchors(old, new, (a, b, c, d)) if depth < DEEPEST else []
        if not anchors:
            pairs.extend(_longest_common(old, new, (a, b, c, d)))
            continue
        pairs.extend(anchors)
        gaps.extend((inner, depth + 1) for inner in between(anchors, (a, b, c, d)))
    return sorted(pairs)


def _trimmed(old: Sequence[str], new: Sequence[str], gap: Gap, pairs: list[Pair]) -> Gap:
    """The gap without what is equal at its begin and end, which is noted."""
    a, b, c, d = gap
    while a < b and c < d and old[a] == new[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    return a, b, c, d


def _anchors(old: Sequence[str], new: Sequence[str], gap: Gap) -> list[Pair]:
    """What stands once on both sides of a gap, as far as it is in the same order."""
    a, b, c, d = gap
    left, right = _single(old, a, b), _single(new, c, d)
    return rising([(i, right[item]) for item, i in left.items() if item in right])


def _single(items: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Items that stand once in a stretch, and where, in order."""
    place: dict[str, int] = {}
    again: set[str] = set()
    for at in range(start, end):
        if items[at] in place:
            again.add(items[at])
        else:
            place[items[at]] = at
    return {item: at for item, at in place.items() if item not in again} if again else place


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest run of pairs that rises on both sides; the pairs rise on the first.

    Of several, the one whose pairs come first on the first side.
    """
    ends: list[int] = []  # from the right: for each length, minus the largest first member
    best: list[int] = []
    before = [-1] * len(pairs)
    for at in range(len(pairs) - 1, -1, -1):
        length = bisect_left(ends, -pairs[at][1])
        before[at] = best[length - 1] if length else -1
        if length == len(ends):
            ends.append(-pairs[at][1])
            best.append(at)
        else:
            ends[length] = -pairs[at][1]
            best[length] = at
    chosen, at = [], best[-1] if best else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen


def heaviest_rising(pairs: Sequence[Pair], weights: Sequence[int]) -> list[Pair]:
    """The run of pairs that rises on both sides and weighs most; the pairs rise on the first."""
    size = max((j for _, j in pairs), default=0) + 1
    tree = [(0, -1)] * (size + 1)  # by second member: the heaviest run so far that ends up to it
    before = [-1] * len(pairs)
    for at, (_, j) in enumerate(pairs):
        best, place = (0, -1), j
        while place:
            best = max(best, tree[place])
            place &= place - 1
        before[at] = best[1]
        best, place = (best[0] + weights[at], at), j + 1
        while place <= size:
            tree[place] = max(best, tree[place])
            place += place & -place
    chosen, best, place = [], (0, -1), size
    while place:
        best = max(best, tree[place])
        place &= place - 1
    at = best[1]
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def between(pairs: Sequence[Pair], whole: Gap) -> Iterator[Gap]:
    """The gaps between rising pairs that have something on both sides."""
    a, b, c, d = whole
    for i, j in (*pairs, (b, d)):
        if a < i and c < j:
            yield a, i, c, j
        a, c = i + 1, j + 1


def _longest_common(old: Sequence[str], new: Sequence[str], gap: Gap) -> Iterator[Pair]:
    """The longest common subsequence of a gap; nothing where the gap is too large."""
    a, b, c, d = gap
    common = set(old[a:b]) & set(new[c:d])
    left = [at for at in range(a, b) if old[at] in common]
    right = [at for at in range(c, d) if new[at] in common]
    if not left or not right or len(left) * len(right) > LARGEST_GAP:
        return
    rows = list(bit_rows([old[at] for at in left], [new[at] for at in right]))
    row, column = len(right), len(left)
    while row and column:  # a zero bit: the common subsequence is longer from this column on
        if rows[row - 1] >> (column - 1) & 1:
            column -= 1
            continue
        row -= 1
        if not row or rows[row - 1] >> (column - 1) & 1:
            column -= 1
            yield left[column], right[row]


def bit_rows(left: Sequence[str], right: Sequence[str]) -> Iterator[int]:
    """For each item of ``right`` a row of bits over ``left``; zeros count the common items."""
    places: dict[str, int] = {}
    for at, item in enumerate(left):
        places[item] = places.get(item, 0) | 1 << at
    full = (1 << len(left)) - 1
    row = full
    for item in right:
        equal = row & places.get(item, 0)
        row = ((row + equal) | (row - equal)) & full
        yield row


def common_length(left: Sequence[str], right: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = (1 << len(left)) - 1
    for row in bit_rows(left, right):  # noqa: B007 - the last row counts
        pass
    return len(left) - row.bit_count()
