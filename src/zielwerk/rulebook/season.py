"""The season of a body: from the dated acts of its cases to stages, days of each side, lateness.

Practice of this software; no law says it. Days are working days of the programme's state and
are counted for organisations, never for officials. Together the days of all sides are the
working days from the first act to the last: none is lost and none is counted twice, also where
two owe the move at once, or nobody does.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar

from zielwerk.rulebook.calendar import working_days

K = TypeVar("K")
Owed = tuple[str, ...]
"""The sides that owe the next move, in their order; none where nobody does."""


@dataclass(frozen=True)
class Change:
    """What a case or the books say from a day on.

    ``track`` is what says it, ``stage`` what it has come to, empty where it no longer counts.
    ``owed`` says who owes the move, where the stage alone does not. One that ``stands`` began
    before the season and does not begin it, such as a strategy of last year.
    """

    day: date
    track: str
    stage: str
    owed: Owed = ()
    stands: bool = False


@dataclass(frozen=True)
class Path:
    """The stages of a season in their order.

    ``early`` are those of which each rests on a fact of its own: once the first holds, a body is
    at the last of them that does. What one of the ``cases`` says goes before them, what a
    later one says before an earlier one. ``owed`` says who owes the move at a stage, and at
    the beginning (empty), where a change does not.
    """

    stages: tuple[str, ...]
    early: tuple[str, ...]
    cases: tuple[str, ...]
    owed: Mapping[str, Owed]

    @property
    def final(self) -> str:
        """The stage at which a season is over."""
        return self.stages[-1]


@dataclass(frozen=True)
class Stay:
    """How long a body was at a stage while the same sides owed the move."""

    stage: str
    owed: Owed
    first: date
    last: date
    days: int


@dataclass(frozen=True)
class Season:
    """A body's season on a day.

    ``held`` are the days since which stages hold, ``days_in`` the working days at each stage,
    ``days_of`` those in which each side owed the move.
    """

    stage: str
    owed: Owed
    stays: tuple[Stay, ...] = ()
    held: Mapping[str, date] = field(default_factory=dict)

    @property
    def since(self) -> date | None:
        """Since when the move is owed; None where no act is known."""
        return self.stays[-1].first if self.stays else None

    @property
    def waited(self) -> int:
        """For how many working days the move has been owed; none where nobody owes it."""
        return self.stays[-1].days if self.stays and self.owed else 0

    @property
    def days_in(self) -> Mapping[str, int]:
        return _summed((stay.stage, stay.days) for stay in self.stays)

    @property
    def days_of(self) -> Mapping[Owed, int]:
        return _summed((stay.owed, stay.days) for stay in self.stays)

    @property
    def days(self) -> int:
        """The working days of the whole time."""
        return sum(stay.days for stay in self.stays)


def season(changes: Iterable[Change], path: Path, today: date, land: str) -> Season:
    """The season by what happened up to a day; changes of one day count in their order.

    A day belongs to whoever owed the move when it began: none is counted on the day on which a
    move fell due. It ends with the last stage.
    """
    said: dict[str, Change] = {}
    entered: dict[tuple[str, str], date] = {}
    points: list[tuple[str, Owed, date]] = []
    known = sorted((one for one in changes if one.day <= today), key=lambda one: one.day)
    has_begun = False
    for change in known:
        has_begun = has_begun or not change.stands
        if change.stage:
            said[change.track] = change
            entered[change.track, change.stage] = change.day
        else:
            said.pop(change.track, None)
        point = _point(said, path)
        if has_begun and (not points or points[-1][:2] != point):
            points.append((*point, change.day))
    stays = tuple(_stays(points, path, today, land))
    stage, owed = _point(said, path)
    return Season(stage, owed, stays, _held(said, entered, path))


def _point(said: Mapping[str, Change], path: Path) -> tuple[str, Owed]:
    """The stage at which a body is, and who owes the move."""
    furthest = next((said[track] for track in reversed(path.cases) if track in said), None)
    if furthest:
        return furthest.stage, furthest.owed or path.owed.get(furthest.stage, ())
    stage = ""
    if path.early and path.early[0] in said:
        stage = next(each for each in reversed(path.early) if each in said)
    return stage, path.owed.get(stage, ())


def _stays(
    points: Sequence[tuple[str, Owed, date]], path: Path, today: date, land: str
) -> Iterable[Stay]:
    if not points:
        return
    *_, (stage, _, day) = points
    end = ("", (), day if stage == path.final else today)
    for (stage, owed, first), (_, _, last) in pairwise([*points, end]):
        yield Stay(stage, owed, first, last, working_days(first, last, land))


def _held(
    said: Mapping[str, Change], entered: Mapping[tuple[str, str], date], path: Path
) -> dict[str, date]:
    """Since when each stage holds: what a case came past, and did not go back behind."""
    order = {stage: number for number, stage in enumerate(path.stages)}
    return {
        stage: day
        for (track, stage), day in entered.items()
        if track in said and order.get(stage, -1) <= order.get(said[track].stage, -1)
    }


def _summed(pairs: Iterable[tuple[K, int]]) -> Mapping[K, int]:
    """How much there is of each, in the order in which they came first."""
    found: Counter[K] = Counter()
    for key, number in pairs:
        found[key] += number
    return found


# --- what is late ---------------------------------------------------------------------------


class Waits(Protocol):
    """A move that is owed: for how many working days, until when it is due, whether it is late."""

    @property
    def waited(self) -> int: ...
    @property
    def due(self) -> date | None: ...
    @property
    def is_late(self) -> bool: ...


def longest(moves: Iterable[Waits]) -> int:
    """For how many working days what has waited longest is owed, of what no day is known for.

    Where a programme names no day, nothing is late; what waits longest is looked at first.
    """
    return max((move.waited for move in moves if move.due is None), default=0)


def urgency(move: Waits) -> tuple[bool, int]:
    """By what moves are put in order: late ones first, then what has waited longer."""
    return (not move.is_late, -move.waited)
