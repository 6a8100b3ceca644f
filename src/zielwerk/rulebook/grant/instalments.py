"""The parts in which a budget year is paid, on the days that the programme names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from zielwerk.rulebook.money import split


class Part(Protocol):
    """A part of each budget year: on which day, how many percent of it."""

    @property
    def day(self) -> int: ...
    @property
    def month(self) -> int: ...
    @property
    def percent(self) -> int: ...


@dataclass(frozen=True)
class Instalment:
    """A payment: its day, the budget year that it belongs to, in cents."""

    day: date
    year: int
    cents: int


def instalments(
    by_year: Mapping[int, int], parts: Sequence[Part], issued: date
) -> tuple[Instalment, ...]:
    """What is paid on which day; nothing where the programme lets money be drawn by need.

    A part whose day is before the notice is paid on the day of the notice: an assumption.

    Largest remainder, so that the parts of a budget year add up to it.
    """
    sums: dict[tuple[date, int], int] = {}
    for year, cents in by_year.items():
        shares = split(cents, [part.percent for part in parts]) if parts else []
        for part, share in zip(parts, shares, strict=True):
            place = max(date(year, part.month, part.day), issued), year
            sums[place] = sums.get(place, 0) + share
    return tuple(
        Instalment(day, year, cents) for (day, year), cents in sorted(sums.items()) if cents
    )
