"""The values of a review: their places in the text, their doubts, and the order of the text."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

_VALUE = re.compile(r"[^.\[]+(?:\[\d+\])?")  # "measures[3]" of "measures[3].title"


@dataclass(frozen=True)
class Spot:
    """A place in the text from which something of a value was read, perhaps in doubt."""

    start: int
    end: int
    is_doubt: bool = False


@dataclass
class Group:
    """One value of the review: its fields, its places in the text, its doubts.

    ``spots`` are its places, the one that is quoted first.
    """

    key: str
    legend: Any
    names: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    quote: str = ""
    spots: tuple[Spot, ...] = ()
    number: int = 0  # of the doubts on the page, 1 first; 0 where there is none
    fields: tuple[Any, ...] = ()
    more: tuple[Any, ...] = ()  # folded away while they say nothing
    settle: Any = None
    raw: str = ""
    choices: list[Any] = field(default_factory=list)  # about words that stand in it
    decided_by: tuple[int, ...] = ()  # the numbers of the choices that settle all its doubts

    @property
    def is_single(self) -> bool:
        """Whether the legend names the one plain field well enough."""
        return len(self.fields) == 1 and self.settle is None

    @property
    def says_more(self) -> bool:
        """Whether one of the fields that may be folded away has something to show."""
        return any(field.value() or field.errors for field in self.more)

    @property
    def anchor(self) -> str:
        """The key as a name for links within the page."""
        return self.key.replace("[", "-").replace("].", "-").replace("]", "").replace(".", "-")


@dataclass
class Part:
    """A stretch of the text from ``start`` to ``end``, and what was read from it, in sections."""

    title: Any
    sections: list[tuple[Any, list[Group]]]
    start: int = 0
    end: int | None = None
    number: str = ""  # of its clause, as the text has it
    text: str = field(default="", repr=False)  # as the page shows it
    questions: list[Any] = field(default_factory=list)

    @property
    def groups(self) -> list[Group]:
        return [group for _title, groups in self.sections for group in groups]


class Evidence:
    """Where the values of a reading stand in the text, and the doubts nobody has asked for yet."""

    def __init__(self, entries: Mapping[str, Mapping[str, Any]], doubts: Iterable[str]) -> None:
        self._entries = entries
        self._left = {path: place for place, path in enumerate(doubts)}
        self._paths: dict[str, list[str]] = defaultdict(list)
        for path in dict.fromkeys([*self._left, *entries]):
            for value in _values(path):
                self._paths[value].append(path)

    @property
    def left(self) -> list[str]:
        """The doubts that no group has taken."""
        return list(self._left)

    def doubts_about(self, *keys: str) -> tuple[str, ...]:
        """Take the doubts about these values and what is part of them, in their order."""
        below = {path for key in keys for path in self._paths[key]}
        found = sorted(below & self._left.keys(), key=self._left.__getitem__)
        for path in found:
            del self._left[path]
        return tuple(found)

    def entries(self, paths: Iterable[str]) -> list[Mapping[str, Any]]:
        """What is known of these paths, each once."""
        return [self._entries[path] for path in dict.fromkeys(paths) if path in self._entries]

    def quoted(self, key: str) -> str:
        """What the text says of a list, its members one after another."""
        members = (self._entries[path] for path in self._paths[key] if path in self._entries)
        found = (entry["quote"] for entry in members if entry["quote"])
        return ", ".join(dict.fromkeys(" ".join(quote.split()) for quote in found))

    def spots(self, key: str, first: Iterable[str], doubts: Iterable[str]) -> tuple[Spot, ...]:
        """The places of a value and its parts; those of the paths named first come first."""
        doubtful = set(doubts)
        found: dict[tuple[int, int], bool] = {}
        for path in dict.fromkeys([*first, *self._paths[key]]):
            entry = self._entries.get(path)
            if entry and entry["end"] > entry["start"]:
                span = (entry["start"], entry["end"])
                found[span] = found.get(span, False) or path in doubtful
        return tuple(Spot(*span, is_doubt) for span, is_doubt in found.items())


def value_of(path: str) -> str:
    """The value that a path is part of: "measures[3]" of "measures[3].title"."""
    found = _VALUE.match(path)
    return found[0] if found else path


def _values(path: str) -> tuple[str, ...]:
    """The values that a path is part of: an item, and the list that it stands in."""
    value = value_of(path)
    return tuple(dict.fromkeys((value, value.partition("[")[0])))


def in_order_of_text(
    sections: Sequence[tuple[Any, list[Group]]], heads: Sequence[tuple[int, Any, str]], end: int
) -> list[Part]:
    """Cut the groups into parts of the text, each where it stands there.

    ``heads`` are where the clauses begin, their titles and numbers, ``end`` where the last of
    them ends. Without any the sections stay as they are, in one part. A group that was not read
    from the text stands behind the one before it in its section.
    """
    if not heads:
        return [Part("", list(sections))]
    places: list[tuple[int, Group]] = []
    for _title, groups in sections:
        begin = end if groups[0].key.startswith("signatures") else 0
        at = next((_first(group) for group in groups if group.spots), begin)
        for group in groups:
            at = _first(group) if group.spots else at
            places.append((at, group))
    cuts = [(0, HEAD, ""), *heads, (end, SIGNATURES, "")]
    stops = [start for start, _title, _number in cuts[1:]]
    parts = [
        Part(title, [("", [])], start, stop, number)
        for (start, title, number), stop in zip(cuts, [*stops, None], strict=True)
    ]
    for at, group in sorted(places, key=lambda place: place[0]):
        parts[bisect_right(stops, at)].sections[0][1].append(group)
    return parts


def _first(group: Group) -> int:
    return min(spot.start for spot in group.spots)


HEAD = _("Kopf")
SIGNATURES = _("Unterschriften")
