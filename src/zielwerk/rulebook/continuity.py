"""What goes on over the years: the same measure under several years, what came, stayed and went.

Practice of this software; no law says it. Two years' measures are the same where one was taken
over from the other, where an agreement names it as what was planned, or where they are called
the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.planned import folded
from zielwerk.rulebook.refusal import msg


class Standing(StrEnum):
    """What a measure is in a year, beside the year before."""

    CAME = "came"
    STAYED = "stayed"
    CAME_BACK = "came_back"
    WENT = "went"


STANDINGS = {
    Standing.CAME: msg("neu"),
    Standing.STAYED: msg("fortgeführt"),
    Standing.CAME_BACK: msg("wieder aufgenommen"),
    Standing.WENT: msg("entfallen"),
}


@dataclass(frozen=True)
class Item:
    """A measure of a year by a name of its own; ``origins`` are the names that it goes on from."""

    name: str
    year: int
    title: str
    origins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Thread:
    """The same measure over the years, oldest first; it is called as it is called last."""

    items: Sequence[Item]

    @property
    def title(self) -> str:
        return self.items[-1].title

    @property
    def years(self) -> Sequence[int]:
        return sorted({item.year for item in self.items})

    def of(self, year: int) -> Sequence[Item]:
        return [item for item in self.items if item.year == year]

    def standings(self, known: Collection[int]) -> dict[int, Standing]:
        """What it is in each of the ``known`` years: those for which the body named anything.

        In the first of them nothing is new, for nobody knows what was before; and where a year
        has nothing yet, nothing has gone in it.
        """
        found: dict[int, Standing] = {}
        before: int | None = None
        for year in sorted(known):
            if year in self.years:
                if before is not None:
                    found[year] = self._begins(year, before)
            elif before in self.years:
                found[year] = Standing.WENT
            before = year
        return found

    def _begins(self, year: int, before: int) -> Standing:
        if before in self.years:
            return Standing.STAYED
        return Standing.CAME if self.years[0] == year else Standing.CAME_BACK


def threads(items: Iterable[Item]) -> list[Thread]:
    """Measures of several years put together, in the order in which they first came.

    >>> first, second = Item("a", 2024, "Werkstatt"), Item("b", 2025, "Neue Werkstatt", ("a",))
    >>> [thread.title for thread in threads([first, second, Item("c", 2025, "Kurs")])]
    ['Neue Werkstatt', 'Kurs']
    """
    ordered = sorted(items, key=lambda item: item.year)
    group: dict[str, int] = {}
    for number, item in enumerate(ordered):
        group[item.name] = number
    titled: dict[str, str] = {}
    for item in ordered:
        for other in _same(item, titled, group):
            old, new = group[other], group[item.name]
            kept = min(old, new)
            group = {name: kept if at in (old, new) else at for name, at in group.items()}
        titled[folded(item.title)] = item.name
    members: dict[int, list[Item]] = {}
    for item in ordered:
        members.setdefault(group[item.name], []).append(item)
    return [Thread(members[number]) for number in sorted(members)]


def _same(item: Item, titled: Mapping[str, str], known: Collection[str]) -> Iterator[str]:
    """The names of what an item is the same as."""
    yield from (name for name in item.origins if name in known)
    if folded(item.title) and (other := titled.get(folded(item.title))):
        yield other
