"""A map of equal tiles: every region as large as any other, about where it lies."""

import textwrap
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

CLASSES = 5
STEPS = 3  # classes on each side of zero, where the map shows changes
WIDTH, HEIGHT, GAP = 112, 88, 6  # of a tile, in pixels
LETTERS, LINES = 13, 2  # of the name on a tile


@dataclass(frozen=True)
class Tile:
    """One region: its column and row, a short name of up to two lines, and its full name.

    ``value`` puts it into a class (None: unknown), ``text`` is what is printed on it (up to
    thirteen characters), ``url`` leads to what is behind it. ``brief`` stands on the tile where
    the short name does not fit. ``is_comparable`` is False where a value would mislead, and has
    none.
    """

    column: int
    row: int
    short: str
    name: str
    value: int | None
    text: str = ""
    url: str = ""
    brief: str = ""
    is_comparable: bool = True


@dataclass(frozen=True)
class DrawnTile:
    """A tile with its upper left corner in pixels, the lines of its name, and its class.

    The class is 1 to 5, or -3 to 3 where the map shows changes; None for unknown.
    """

    tile: Tile
    x: int
    y: int
    lines: tuple[str, ...]
    rank: int | None
    look: str


@dataclass(frozen=True)
class ClassRange:
    """A class that occurs, with its least and greatest value; ``mark`` only of changes."""

    rank: int
    least: int
    greatest: int
    look: str
    mark: str


def _lines(tile: Tile) -> tuple[str, ...]:
    """The name on the tile: the short one where it fits without a word broken, else the brief."""
    wrapped = textwrap.wrap(tile.short, LETTERS, break_long_words=False)
    if tile.brief and (len(wrapped) > LINES or any(len(line) > LETTERS for line in wrapped)):
        return (tile.brief,)
    return tuple(textwrap.wrap(tile.short, LETTERS, max_lines=LINES, placeholder="…"))


def _look(rank: int | None, *, is_change: bool) -> str:
    """How a class is drawn: its name in the stylesheet."""
    if rank is None or not is_change:
        return "unknown" if rank is None else str(rank)
    return "same" if not rank else f"{'gain' if rank > 0 else 'loss'}-{abs(rank)}"


@dataclass(frozen=True)
class TileMap:
    tiles: tuple[DrawnTile, ...]
    classes: tuple[ClassRange, ...]
    width: int
    height: int
    lacks: bool  # whether some tile's value is unknown
    is_broken: bool  # whether some tile's value cannot be compared


def tile_map(data: Sequence[Tile], *, changes: bool = False) -> TileMap:
    """Lay out tiles on their grid; raises ``ValueError`` where two want the same place.

    The classes hold about equally many tiles each; equal values are of one class. With
    ``changes`` they lie on both sides of zero, at the same bounds above and below it.
    """
    if len({(tile.column, tile.row) for tile in data}) < len(data):
        raise ValueError("two tiles have the same place")
    values = sorted(tile.value for tile in data if tile.value is not None)
    rank = _rank_of_changes(values) if changes else _rank_of_amounts(values)
    first = min((tile.column for tile in data), default=0)
    top = min((tile.row for tile in data), default=0)
    ranked = [(tile, None if tile.value is None else rank(tile.value)) for tile in data]
    tiles = tuple(
        DrawnTile(
            tile,
            x=GAP + (tile.column - first) * (WIDTH + GAP),
            y=GAP + (tile.row - top) * (HEIGHT + GAP),
            lines=_lines(tile),
            rank=place,
            look=_look(place, is_change=changes),
        )
        for tile, place in sorted(ranked, key=lambda pair: (pair[0].row, pair[0].column))
    )
    members: dict[int, list[int]] = {}
    for value in values:
        members.setdefault(rank(value), []).append(value)
    classes = tuple(
        ClassRange(
            *(place, held[0], held[-1], _look(place, is_change=changes)),
            mark=("▲" * place or "▼" * -place or "=") if changes else "",
        )
        for place, held in members.items()
    )
    return TileMap(
        tiles,
        classes,
        width=max((tile.x for tile in tiles), default=0) + WIDTH + GAP,
        height=max((tile.y for tile in tiles), default=0) + HEIGHT + GAP,
        lacks=any(tile.value is None and tile.is_comparable for tile in data),
        is_broken=any(not tile.is_comparable for tile in data),
    )


def _rank_of_amounts(values: Sequence[int]) -> Callable[[int], int]:
    """Five classes from the least to the greatest; few values have a class each."""
    distinct = sorted(set(values))
    if len(distinct) <= CLASSES:
        return lambda value: 1 + distinct.index(value)
    return lambda value: 1 + CLASSES * bisect_left(values, value) // len(values)


def _rank_of_changes(values: Sequence[int]) -> Callable[[int], int]:
    """Zero is zero; losses and gains of one size are equally far from it."""
    sizes = sorted(abs(value) for value in values if value)

    def rank(value: int) -> int:
        size = 1 + STEPS * bisect_left(sizes, abs(value)) // len(sizes) if value else 0
        return size if value > 0 else -size

    return rank
