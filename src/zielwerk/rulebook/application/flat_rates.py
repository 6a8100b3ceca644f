"""Flat rates (Pauschalen): what a line of cost amounts to without receipts, and which exceed it.

A flat rate belongs to one category of cost. What it is measured by is counted in the same measure
and budget year, so that every line can be judged where it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from zielwerk.rulebook.application.content import AppliedMeasure, Cost
from zielwerk.rulebook.application.financing import share_of
from zielwerk.rulebook.refusal import msg


class RateKind(StrEnum):
    """What a flat rate is measured by."""

    FIXED = "fixed"  # a sum, for the measure or for each of its seats, in each budget year
    TOTAL = "total"  # a share of all that the measure costs, the flat rate included
    STAFF = "staff"  # a share of the costs of staff
    OVERHEAD = "overhead"  # on top of the direct costs, which are those without a flat rate


RATE_KINDS: Mapping[str, str] = {
    RateKind.FIXED: msg("fester Betrag"),
    RateKind.TOTAL: msg("Anteil an den Gesamtkosten"),
    RateKind.STAFF: msg("Anteil an den Personalkosten"),
    RateKind.OVERHEAD: msg("Aufschlag auf die direkten Kosten"),
}


@dataclass(frozen=True)
class FlatRate:
    """A flat rate of a category of cost, with where it rests.

    ``percent`` belongs to shares, ``cents`` to fixed sums; ``per_seat`` multiplies a fixed sum by
    the seats. ``of`` are the categories that a share is counted on: those of staff for ``staff``;
    empty for all. ``most_cents`` is the most in a budget year.
    """

    code: str
    label: str
    category: str
    kind: str
    percent: Decimal = Decimal(0)
    cents: int = 0
    per_seat: bool = False
    of: tuple[str, ...] = ()
    most_cents: int | None = None
    basis: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class Exceeded:
    """A line that is higher than its flat rate allows."""

    line: Cost
    rate: FlatRate
    limit: int


def amount_of(rate: FlatRate, measure: AppliedMeasure, year: int, rates: Sequence[FlatRate]) -> int:
    """What the line of a flat rate amounts to in a budget year, rounded half up.

    ``rates`` are all flat rates of the programme year: their lines are no direct costs.
    """
    if rate.kind == RateKind.FIXED:
        amount = rate.cents * ((measure.seats or 0) if rate.per_seat else 1)
    else:
        counted, percent = _counted(rate, measure, year, rates), Fraction(rate.percent)
        if rate.kind == RateKind.TOTAL:  # p percent of the whole are p/(100 - p) of the rest
            percent = percent * 100 / (100 - percent) if percent < 100 else Fraction(0)
        amount = share_of(counted, percent)
    return amount if rate.most_cents is None else min(amount, rate.most_cents)


def exceeded(measure: AppliedMeasure, rates: Sequence[FlatRate]) -> Iterator[Exceeded]:
    """The lines of a measure that are higher than their flat rate, in their order."""
    by_category = {rate.category: rate for rate in rates}
    for line in measure.costs:
        if rate := by_category.get(line.category):
            limit = amount_of(rate, measure, line.year, rates)
            if line.cents > limit:
                yield Exceeded(line, rate, limit)


def _counted(rate: FlatRate, measure: AppliedMeasure, year: int, rates: Sequence[FlatRate]) -> int:
    """What a share is counted on: of the year, never the line itself."""
    flat = {each.category for each in rates} if rate.kind == RateKind.OVERHEAD else {rate.category}
    return sum(
        line.cents
        for line in measure.costs
        if line.year == year
        and line.category not in flat
        and (not rate.of or line.category in rate.of)
    )
