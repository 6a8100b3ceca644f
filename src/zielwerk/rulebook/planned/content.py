"""What is planned of a measure, as plain values; sums are computed and never typed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from zielwerk.rulebook.target import Target

SAID = ("", "yes", "no")
"""Answers to what may be left open: not said, yes, no."""


@dataclass(frozen=True)
class CostLine:
    """A part of the planned cost: its category, who pays it, in which budget year; euro cents."""

    category: str
    source: str
    budget_year: int
    amount_cents: int


@dataclass(frozen=True)
class Plan:
    """All that is planned of a measure; codes are those of the year's rules.

    What nobody said yet is null or empty; nothing is 0 where nothing is expected. Measures
    without participants have neither ``seats`` nor ``target_groups``. ``party`` is the number
    of who carries it out (null where the body itself does, or where nobody is named yet),
    ``carrier`` her name on the day on which it was entered. ``age_reason`` answers why
    the title names an age group, ``group_reason`` why people are named who need a reason.
    """

    title: str = ""
    type: str = ""
    first_day: date | None = None
    last_day: date | None = None
    seats: int | None = None
    target_groups: tuple[str, ...] = ()
    group_reason: str = ""
    age_reason: str = ""
    legal_areas: tuple[str, ...] = ()
    part_time: str = ""
    language: str = ""
    earmark: str = ""
    passing_on: str = ""
    party: int | None = None
    carrier: str = ""
    costs: tuple[CostLine, ...] = ()
    priorities: tuple[str, ...] = ()
    frameworks: tuple[str, ...] = ()
    accessibility: str = ""
    gender: str = ""
    targets: tuple[Target, ...] = ()

    @property
    def cost_cents(self) -> int | None:
        """The whole planned cost; null where none is planned yet."""
        return sum(line.amount_cents for line in self.costs) if self.costs else None

    def to_json(self) -> dict[str, Any]:
        """The content as JSON holds it, days as ISO texts."""
        data = asdict(self)
        for name in ("first_day", "last_day"):
            day = data[name]
            data[name] = day.isoformat() if day else None
        data["targets"] = [target.to_json() for target in self.targets]
        return {
            name: list(each) if isinstance(each, tuple) else each for name, each in data.items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Plan":
        """Undo :meth:`to_json`; unknown keys are a bug and raise."""
        values: dict[str, Any] = dict(data)
        for name in ("first_day", "last_day"):
            values[name] = date.fromisoformat(values[name]) if values.get(name) else None
        values["costs"] = tuple(CostLine(**line) for line in values.get("costs", ()))
        values["targets"] = tuple(Target.from_json(each) for each in values.get("targets", ()))
        for name in LISTS:
            values[name] = tuple(values.get(name, ()))
        return cls(**values)


LISTS = ("target_groups", "legal_areas", "priorities", "frameworks")
FIELDS = tuple(each.name for each in fields(Plan))
TOGETHER = (("passing_on", "party", "carrier"),)
"""Fields that are one answer: who changes one has changed all of them."""


def by_source(costs: Iterable[CostLine]) -> dict[str, int]:
    """The planned cost by who pays it, in cents, in the order of the lines."""
    sums: dict[str, int] = defaultdict(int)
    for line in costs:
        sums[line.source] += line.amount_cents
    return dict(sums)


def by_source_and_year(costs: Iterable[CostLine]) -> dict[str, dict[str, int]]:
    """The same by budget year, too; years as text, as JSON keys them."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in costs:
        sums[line.source][str(line.budget_year)] += line.amount_cents
    return {source: dict(years) for source, years in sums.items()}
