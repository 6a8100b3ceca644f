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


def tile_map(given: Sequence[Tile]) -> TileMap:
    """Lay out tiles on their grid; raises ``ValueError`` where two want the same place.

    The classes hold about equally many tiles each; equal values are of one class.
    """
    if len({(tile.column, tile.row) for tile in given}) < len(given):
        raise ValueError("two tiles have the same place")
    known = sorted(tile.value for tile in given if tile.value is not None)
    left = min((tile.column for tile in given), default=0)
    top = min((tile.row for tile in given), default=0)
    drawn = tuple(
        DrawnTile(
            tile,
            x=GAP + (tile.column - left) * (WIDTH + GAP),
            y=GAP + (tile.row - top) * (HEIGHT + GAP),
            rank=_rank(known, tile.value),
        )
        for tile in sorted(given, key=lambda tile: (tile.row, tile.column))
    )
    return TileMap(
        drawn,
        tuple(_classes(known)),
        width=max((one.x for one in drawn), default=0) + WIDTH + GAP,
        height=max((one.y for one in drawn), default=0) + HEIGHT + GAP,
        lacks=len(known) < len(given),
    )


def _rank(known: list[int], value: int | None) -> int:
    if value is None:
        return 0
    distinct = sorted(set(known))
    if len(distinct) <= CLASSES:  # few values: a class for each
        return 1 + distinct.index(value)
    return 1 + CLASSES * bisect_left(known, value) // len(known)


def _classes(known: list[int]) -> list[ClassRange]:
    members: dict[int, list[int]] = {}
    for value in known:
        members.setdefault(_rank(known, value), []).append(value)
    return [ClassRange(rank, values[0], values[-1]) for rank, values in members.items()]
