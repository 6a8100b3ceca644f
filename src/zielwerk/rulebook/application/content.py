"""What is applied for, as plain values; sums are computed and never typed.

An application (Antrag) names the measures that a body wants to be funded, each with what it costs
by category and budget year and who pays by source and budget year. The amount applied for is the
part of the programme's own source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from zielwerk.rulebook.refusal import msg


class Form(StrEnum):
    """The form of financing (Finanzierungsart): how a grant follows the cost and other money."""

    SHARE = "share"
    DEFICIT = "deficit"
    FIXED = "fixed"
    FULL = "full"


FORMS: Mapping[str, str] = {
    Form.SHARE: msg("Anteilfinanzierung"),
    Form.DEFICIT: msg("Fehlbedarfsfinanzierung"),
    Form.FIXED: msg("Festbetragsfinanzierung"),
    Form.FULL: msg("Vollfinanzierung"),
}


@dataclass(frozen=True)
class Cost:
    """A part of what a measure costs: its category, in which budget year; euro cents."""

    category: str
    year: int
    cents: int


@dataclass(frozen=True)
class Income:
    """A part of what pays for a measure: from which source, in which budget year; euro cents."""

    source: str
    year: int
    cents: int


@dataclass(frozen=True)
class AppliedMeasure:
    """A measure that is applied for.

    ``key`` names it within the application for good. ``planned`` is the file number of the plan,
    ``agreed`` whether the agreement in force names it. ``staff`` are full-time posts. What nobody
    said yet is null or empty; nothing is 0 where nothing is expected.
    """

    key: str
    title: str = ""
    planned: str = ""
    agreed: bool = False
    type: str = ""
    first_day: date | None = None
    last_day: date | None = None
    seats: int | None = None
    staff: Decimal | None = None
    places: str = ""
    language: str = ""
    earmark: str = ""
    passing_on: str = ""
    carrier: str = ""
    costs: tuple[Cost, ...] = ()
    incomes: tuple[Income, ...] = ()

    @property
    def cost_cents(self) -> int:
        return sum(line.cents for line in self.costs)

    @property
    def income_cents(self) -> int:
        return sum(line.cents for line in self.incomes)

    def income_from(self, sources: Iterable[str]) -> int:
        """What these sources pay of it, in all budget years."""
        among = frozenset(sources)
        return sum(line.cents for line in self.incomes if line.source in among)


@dataclass(frozen=True)
class Application:
    """All that a body applies for in a programme year.

    ``share_percent`` belongs to a share alone. ``early_start`` is the day before the decision
    from which the body asks to be allowed to begin. ``declarations`` are the codes of what it
    declared, ``attachments`` those of the papers that are there.
    """

    year: int
    form: str = ""
    share_percent: Decimal | None = None
    early_start: date | None = None
    early_reason: str = ""
    declarations: frozenset[str] = frozenset()
    attachments: frozenset[str] = frozenset()
    measures: tuple[AppliedMeasure, ...] = ()

    @property
    def cost_cents(self) -> int:
        return sum(measure.cost_cents for measure in self.measures)

    @property
    def income_cents(self) -> int:
        return sum(measure.income_cents for measure in self.measures)

    def income_from(self, sources: Iterable[str]) -> int:
        """What these sources pay of all of it, in all budget years."""
        among = frozenset(sources)
        return sum(measure.income_from(among) for measure in self.measures)

    def by_measure_and_year(self, sources: Iterable[str]) -> dict[tuple[str, int], int]:
        """What these sources pay, in cents by key of the measure and budget year."""
        among, sums = frozenset(sources), dict[tuple[str, int], int]()
        for measure in self.measures:
            for line in measure.incomes:
                if line.source in among:
                    key = measure.key, line.year
                    sums[key] = sums.get(key, 0) + line.cents
        return sums
