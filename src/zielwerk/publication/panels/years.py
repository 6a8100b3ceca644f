"""A body's years side by side: what was agreed in each, and what changed from one to the next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from zielwerk.publication.models import Edition
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.years import Compared, compared
from zielwerk.ui.charts.series import Line


@dataclass(frozen=True)
class BodyYear:
    """What is public of a body in one year, all of its documents together."""

    year: int
    editions: tuple[Edition, ...]

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        return [each.document for each in self.editions]

    @property
    def amount(self) -> Cents:
        return Cents(sum(each.amount_cents for each in self.editions))

    @cached_property
    def measures(self) -> list[dict[str, Any]]:
        return [measure for data in self.documents for measure in data["measures"]]

    @property
    def titles(self) -> list[str]:
        return [measure["title"] for measure in self.measures]

    @property
    def seats(self) -> int | None:
        """The seats that are named; None where no measure names any."""
        named = [seats for each in self.measures if (seats := each.get("seats")) is not None]
        return sum(named) if named else None

    @property
    def without_seats(self) -> int:
        """Of how many measures nothing is said of seats, where others name some."""
        return sum(each.get("seats") is None for each in self.measures)

    @cached_property
    def earmarks(self) -> dict[str, Cents | None]:
        """Labels of the earmarks with their amounts; None where none is stated."""
        found: dict[str, Cents | None] = {}
        for data in self.documents:
            for each in data["earmarks"]:
                cents, before = each["amount_cents"], found.get(each["label"])
                found[each["label"]] = before if cents is None else Cents(cents + (before or 0))
        return found

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Types of measures, and how many there are of each."""
        return list(Counter(each["type_label"] for each in self.measures).items())

    @property
    def is_shown(self) -> bool:
        """Whether something of it is invented, or recorded for show."""
        return any(each.is_demo for each in self.editions)


@dataclass(frozen=True)
class Step:
    """From one year to the next in which something is public."""

    before: BodyYear
    after: BodyYear

    @property
    def difference(self) -> Cents:
        return Cents(self.after.amount - self.before.amount)

    @property
    def missing(self) -> list[int]:
        """The years between of which nothing is public."""
        return list(range(self.before.year + 1, self.after.year))

    @cached_property
    def measures(self) -> Compared:
        return compared(self.before.titles, self.after.titles)

    @property
    def earmarks_came(self) -> list[str]:
        return [each for each in self.after.earmarks if each not in self.before.earmarks]

    @property
    def earmarks_went(self) -> list[str]:
        return [each for each in self.before.earmarks if each not in self.after.earmarks]

    @property
    def is_mixed(self) -> bool:
        """Whether one year is real and the other made up: then no difference is told."""
        return self.before.is_shown != self.after.is_shown


@dataclass(frozen=True)
class Years:
    """All years of a body, oldest first, and the steps between them, newest first."""

    years: tuple[BodyYear, ...]
    steps: tuple[Step, ...]

    @property
    def newest(self) -> Edition:
        return self.years[-1].editions[-1]

    @property
    def is_shown(self) -> bool:
        return any(each.is_shown for each in self.years)

    def lines(self, label: str) -> list[Line]:
        """The amounts as a series; none of a single year."""
        values: dict[int, int | None] = {each.year: each.amount for each in self.years}
        return [Line(label, values)] if len(values) > 1 else []


def years_of(editions: Iterable[Edition]) -> Years:
    """Editions of one body by their years."""
    by_year: dict[int, list[Edition]] = {}
    for edition in editions:
        by_year.setdefault(edition.year, []).append(edition)
    years = tuple(BodyYear(year, tuple(held)) for year, held in sorted(by_year.items()))
    return Years(years, tuple(_steps(years)))


def _steps(years: Sequence[BodyYear]) -> list[Step]:
    return [Step(before, after) for before, after in pairwise(years)][::-1]
