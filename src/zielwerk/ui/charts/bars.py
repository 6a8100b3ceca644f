"""Horizontal bars from a common zero, as shares of the width: they fit any screen."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One row: a value, perhaps one to compare it with, and words on what limited it.

    ``value`` and ``compare`` are whole numbers of one unit (cents for euro), ``url`` leads from
    the table to what is behind the row.
    """

    label: str
    value: int
    compare: int | None = None
    flags: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class DrawnBar:
    """A row with the bar's start and width and the compared value's mark, in percent."""

    bar: Bar
    start: float
    width: float
    mark: float | None


@dataclass(frozen=True)
class Bars:
    """All rows, and the place of zero (percent): 0 unless a value is below zero."""

    rows: tuple[DrawnBar, ...]
    zero: float
    compares: bool


def bars(data: Sequence[Bar]) -> Bars:
    """Lay out bars on one scale that holds every value, every mark and zero."""
    compared = [bar.compare for bar in data if bar.compare is not None]
    values = [0, *(bar.value for bar in data), *compared]
    low, high = min(values), max(values)

    def place(value: int) -> float:
        return round(100 * (value - low) / (high - low or 1), 2)

    zero = place(0)
    rows = tuple(
        DrawnBar(
            bar,
            start=min(place(bar.value), zero),
            width=round(abs(place(bar.value) - zero), 2),
            mark=None if bar.compare is None else place(bar.compare),
        )
        for bar in data
    )
    return Bars(rows, zero, bool(compared))
