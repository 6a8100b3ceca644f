"""What changed of a body's measures from one year to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from zielwerk.rulebook.alphabet import sort_key
from zielwerk.rulebook.likeness import Titles


@dataclass(frozen=True)
class Compared:
    """Titles that came, those that stayed (as before and as since), and those that went."""

    came: tuple[str, ...]
    stayed: tuple[tuple[str, str], ...]
    went: tuple[str, ...]


def compared(before: Sequence[str], after: Sequence[str]) -> Compared:
    """The measures of two years side by side: first by the same title, then by a like one.

    A title twice in one year stays twice only where the other year has it twice.

    >>> compared(["Team-Camp", "Altenpflegehilfe + Sprache", "Robotik"],
    ...     ["Sprache und Altenpflegehilfe", "Team-Camp", "Gartenbau"])
    Compared(came=('Gartenbau',), stayed=(('Team-Camp', 'Team-Camp'), \
('Altenpflegehilfe + Sprache', 'Sprache und Altenpflegehilfe')), went=('Robotik',))
    """
    pairs: dict[int, int] = {}
    taken: set[int] = set()

    def pair(place: int, others: Sequence[int]) -> None:
        other = next((each for each in others if each not in taken), None)
        if place not in pairs and other is not None:
            pairs[place] = other
            taken.add(other)

    places: dict[str, list[int]] = {}
    for other, title in enumerate(after):
        places.setdefault(sort_key(title), []).append(other)
    for place, title in enumerate(before):
        pair(place, places.get(sort_key(title), []))
    titles = Titles(after)
    for place, title in enumerate(before):
        pair(place, titles.alike(title))
    return Compared(
        tuple(title for other, title in enumerate(after) if other not in taken),
        tuple((before[place], after[other]) for place, other in sorted(pairs.items())),
        tuple(title for place, title in enumerate(before) if place not in pairs),
    )
