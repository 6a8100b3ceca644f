"""A map of equal tiles: every region as large as any other, about where it lies."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

CLASSES = 5
WIDTH, HEIGHT, GAP = 100, 76, 6  # of a tile, in pixels


@dataclass(frozen=True)
class Tile:
    """One region: its column and row, a short label (up to eight letters) and its name.

    ``value`` puts it into one of five classes (None: unknown), ``text`` is what is printed on it
    (up to eleven characters), ``url`` leads to what is behind it.
    """

    column: int
    row: int
    short: str
    name: str
    value: int | None
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class DrawnTile:
    """A tile with its upper left corner in pixels and its class, 1 to 5; 0 for unknown."""

    tile: Tile
    x: int
    y: int
    rank: int


@dataclass(frozen=True)
class ClassRange:
    """A class that occurs, with its least and greatest value."""

    rank: int
    least: int
    greatest: int


@dataclass(frozen=True)
class TileMap:
    tiles: tuple[DrawnTile, ...]
    classes: tuple[ClassRange, ...]
    width: int
    height: int
    lacks: bool  # whether some tile's value is unknown


def tile_map(data: Sequence[Tile]) -> TileMap:
    """Lay out tiles on their grid; raises ``ValueError`` where two want the same place.

    The classes hold about equally many tiles each; equal values are of one class.
    """
    if len({(tile.column, tile.row) for tile in data}) < len(data):
        raise ValueError("two tiles have the same place")
    values = sorted(tile.value for tile in data if tile.value is not None)
    first = min((tile.column for tile in data), default=0)
    top = min((tile.row for tile in data), default=0)
    tiles = tuple(
        DrawnTile(
            tile,
            x=GAP + (tile.column - first) * (WIDTH + GAP),
            y=GAP + (tile.row - top) * (HEIGHT + GAP),
            rank=_rank(values, tile.value),
        )
        for tile in sorted(data, key=lambda tile: (tile.row, tile.column))
    )
    return TileMap(
        tiles,
        tuple(_classes(values)),
        width=max((tile.x for tile in tiles), default=0) + WIDTH + GAP,
        height=max((tile.y for tile in tiles), default=0) + HEIGHT + GAP,
        lacks=len(values) < len(data),
    )


def _rank(values: list[int], value: int | None) -> int:
    if value is None:
        return 0
    distinct = sorted(set(values))
    if len(distinct) <= CLASSES:  # few values: a class for each
        return 1 + distinct.index(value)
    return 1 + CLASSES * bisect_left(values, value) // len(values)


def _classes(values: list[int]) -> list[ClassRange]:
    members: dict[int, list[int]] = {}
    for value in values:
        members.setdefault(_rank(values, value), []).append(value)
    return [ClassRange(rank, held[0], held[-1]) for rank, held in members.items()]
