"""Which paragraphs of two texts are the same one, where neither has ids."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from zielwerk.rulebook.redline.matching import Gap, Pair, between, common_length, matched
from zielwerk.rulebook.redline.words import is_punctuation, shape, words

ALIKE = 0.5
"""So much of its words two paragraphs share at least that are one, in the same place."""

ALIKE_ELSEWHERE = 0.7
"""The same of a paragraph that also moved."""

FEWEST_WORDS_ELSEWHERE = 4
SHORT = 120
"""Up to so many characters a misread letter makes another word of most of a paragraph."""

SMALL_GAP = 400
"""So many pairs are all looked at; in larger gaps only those that share a rare word."""

RARE = 6


class Paragraph:
    """What of a paragraph counts for likeness: its words, with amounts and days as one word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.key = " ".join(text.split())

    @cached_property
    def shapes(self) -> list[str]:
        """Its words in order."""
        return [shape(word) for word in words(self.text).keys[:-1]]

    @cached_property
    def words(self) -> Counter[str]:
        """How often it holds each word."""
        return Counter(word for word in self.shapes if not is_punctuation(word))

    @cached_property
    def shape(self) -> str:
        """Its words as one text, the same of two rows of a table that differ in figures alone."""
        return " ".join(self.shapes)


def pairs_by_content(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pairs of paragraphs: equal in order, equal elsewhere, alike in place, alike elsewhere."""
    if list(new) < list(old):  # one canonical direction, so that both directions tell the same
        return [(i, j) for j, i in pairs_by_content(new, old)]
    left, right = [Paragraph(text) for text in old], [Paragraph(text) for text in new]
    in_order = matched([each.key for each in left], [each.key for each in right])
    pairs = _Pairs(left, right, dict(in_order), {j for _, j in in_order})
    pairs.pair(_equal(left, right, pairs))
    whole = (0, len(old), 0, len(new))
    for gap in between(in_order, whole):
        before, after = pairs.open_in(gap)
        pairs.pair_alike(before, after, ALIKE)
    before, after = pairs.open_in(whole)
    pairs.pair_alike(_long(left, before), _long(right, after), ALIKE_ELSEWHERE)
    return sorted(pairs.of_old.items())


def _long(paragraphs: Sequence[Paragraph], places: Iterable[int]) -> list[int]:
    """Places of paragraphs that say enough to be known again elsewhere."""
    return [at for at in places if paragraphs[at].words.total() >= FEWEST_WORDS_ELSEWHERE]


@dataclass
class _Pairs:
    """Pairs as they are found; each paragraph has one at most."""

    left: Sequence[Paragraph]
    right: Sequence[Paragraph]
    of_old: dict[int, int]
    taken: set[int]

    def open_in(self, gap: Gap) -> tuple[list[int], list[int]]:
        """Paragraphs of a gap without a pair."""
        a, b, c, d = gap
        return (
            [i for i in range(a, b) if i not in self.of_old],
            [j for j in range(c, d) if j not in self.taken],
        )

    def pair(self, pairs: Iterable[Pair]) -> None:
        """Take each pair whose two sides are both still open."""
        for i, j in pairs:
            if i not in self.of_old and j not in self.taken:
                self.of_old[i] = j
                self.taken.add(j)

    def pair_alike(self, old: Sequence[int], new: Sequence[int], least: float) -> None:
        """Pair what is alike, the likest first, then the nearest."""
        found = []
        for m, n in _candidates(self.left, self.right, old, new):
            i, j = old[m], new[n]
            if (alike := likeness(self.left[i], self.right[j])) >= least:
                found.append((-alike, abs(m - n), m + n, i, j))
        self.pair((i, j) for *_, i, j in sorted(found))


def _equal(left: Sequence[Paragraph], right: Sequence[Paragraph], pairs: _Pairs) -> Iterator[Pair]:
    """Equal paragraphs that stand in another order: the first to the first, and so on."""
    old, new = pairs.open_in((0, len(left), 0, len(right)))
    places = defaultdict[str, list[int]](list)
    for j in reversed(new):
        places[right[j].key].append(j)
    for i in old:
        if places[left[i].key] and any(map(str.isalpha, left[i].text)):
            yield i, places[left[i].key].pop()


def _candidates(
    left: Sequence[Paragraph], right: Sequence[Paragraph], old: Sequence[int], new: Sequence[int]
) -> Iterable[Pair]:
    """Pairs of places in two lists that are worth comparing; few for each, however long they are.

    In a long gap those that share a word which few have, and those of the same shape, the first
    with the first: rows of a table differ in their amounts alone.
    """
    if len(old) * len(new) <= SMALL_GAP:
        return [(m, n) for m in range(len(old)) for n in range(len(new))]
    found: set[Pair] = set()
    for places in _shared([left[i].words for i in old], [right[j].words for j in new]):
        if len(places[0]) <= RARE and len(places[1]) <= RARE:
            found.update((m, n) for m in places[0] for n in places[1])
    shapes = _shared([(left[i].shape,) for i in old], [(right[j].shape,) for j in new])
    for places in shapes:
        found.update(zip(*places, strict=False))
    return found


def _shared(
    old: Iterable[Iterable[str]], new: Iterable[Iterable[str]]
) -> Iterator[tuple[list[int], list[int]]]:
    """For each word of both sides the places where it stands."""
    places = defaultdict[str, tuple[list[int], list[int]]](lambda: ([], []))
    for side, every in enumerate((old, new)):
        for at, held in enumerate(every):
            for word in held:
                places[word][side].append(at)
    return (each for each in places.values() if each[0] and each[1])


def likeness(one: Paragraph, other: Paragraph) -> float:
    """How much of their words two paragraphs share, from 0 to 1; amounts and days count as one.

    Of short ones the letters count too: recognition that misread a word made no other paragraph.
    """
    if one.shape == other.shape:
        return 1.0
    total = one.words.total() + other.words.total()
    shared = 2 * (one.words & other.words).total() / total if total else 0.0
    if shared >= ALIKE or max(len(one.text), len(other.text)) > SHORT:
        return shared
    letters = 2 * common_length(one.text, other.text) / (len(one.text) + len(other.text))
    return max(shared, letters - 0.25)
