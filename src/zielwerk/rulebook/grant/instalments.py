"""The parts in which a budget year is paid, on the days that the programme names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Schedule:
    """What is paid on which day; ``over`` is what fell due before and is granted no more, in cents
    by budget year."""

    instalments: tuple[Instalment, ...] = ()
    over: Mapping[int, int] = field(default_factory=dict)


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


def rescheduled(
    before: Sequence[Instalment], by_year: Mapping[int, int], parts: Sequence[Part], day: date
) -> Schedule:
    """What is paid after an act of a day, with what each budget year has then.

    What fell due by that day stays, and so does a budget year that has as much as before. The rest
    of a budget year is paid on the days still to come, in the proportion of their parts; where
    none is to come, on the day of the act. A budget year that had nothing is paid as by a notice
    of that day. What was due before and is granted no more is told as ``over``: whether it is
    claimed back the act says. All of this is an assumption; no source states it.

    >>> from types import SimpleNamespace as Half
    >>> halves = [Half(day=15, month=4, percent=50), Half(day=15, month=10, percent=50)]
    >>> first = instalments({2026: 100_000_00}, halves, date(2026, 3, 1))
    >>> less = rescheduled(first, {2026: 80_000_00}, halves, date(2026, 7, 1))
    >>> [(each.day.month, each.cents // 100) for each in less.instalments], dict(less.over)
    ([(4, 50000), (10, 30000)], {})
    >>> least = rescheduled(first, {2026: 45_000_00}, halves, date(2026, 7, 1))
    >>> [(each.day.month, each.cents // 100) for each in least.instalments], least.over[2026]
    ([(4, 50000)], 500000)
    >>> late = rescheduled(first, {2026: 110_000_00}, halves, date(2026, 12, 1))
    >>> [(each.day.month, each.cents // 100) for each in late.instalments]
    [(4, 50000), (10, 50000), (12, 10000)]
    """
    paid: list[Instalment] = []
    over: dict[int, int] = {}
    for year in sorted({*by_year, *(each.year for each in before)}) if parts else ():
        own, cents = [each for each in before if each.year == year], by_year.get(year, 0)
        due = [each for each in own if each.day <= day]
        left = cents - sum(each.cents for each in due)
        if sum(each.cents for each in own) == cents:
            paid += own
        elif not own:
            paid += instalments({year: cents}, parts, day)
        else:
            paid += [*due, *_to_come(year, max(left, 0), parts, day)]
        if left < 0:
            over[year] = -left
    return Schedule(_merged(paid), over)


def _to_come(year: int, cents: int, parts: Sequence[Part], day: date) -> Iterable[Instalment]:
    """An amount over the days of a budget year after a day, else on that day."""
    days = [(date(year, part.month, part.day), part.percent) for part in parts]
    later = [each for each in days if each[0] > day] or [(day, 1)]
    shares = split(cents, [percent for _, percent in later])
    return [
        Instalment(on, year, share) for (on, _), share in zip(later, shares, strict=True) if share
    ]


def _merged(paid: Iterable[Instalment]) -> tuple[Instalment, ...]:
    """One payment for each day and budget year, in order."""
    sums: dict[tuple[date, int], int] = {}
    for each in paid:
        sums[each.day, each.year] = sums.get((each.day, each.year), 0) + each.cents
    return tuple(Instalment(day, year, cents) for (day, year), cents in sorted(sums.items()))


def replayed(
    by_year: Mapping[int, int],
    parts: Sequence[Part],
    issued: date,
    acts: Iterable[tuple[date, Mapping[int, int]]],
) -> Schedule:
    """What is paid by a notice with its acts: each with its day and what it changes by year."""
    schedule, sums = Schedule(instalments(by_year, parts, issued)), dict(by_year)
    for day, changes in acts:
        for year, cents in changes.items():
            sums[year] = sums.get(year, 0) + cents
        schedule = rescheduled(schedule.instalments, sums, parts, day)
    return schedule
