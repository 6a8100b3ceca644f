"""Flat rates: what a line amounts to, and which lines are higher than theirs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.application import (
    AppliedMeasure,
    Cost,
    FlatRate,
    RateKind,
    amount_of,
    exceeded,
)

STAFF = Cost("staff", 2026, 60_000_00)
MATERIAL = Cost("material", 2026, 20_000_00)


def rate(kind: str, **more: object) -> FlatRate:
    return FlatRate(kind, kind, "overheads", kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("each", "amount"),
    [
        (rate(RateKind.FIXED, cents=1_500_00), 1_500_00),
        (rate(RateKind.FIXED, cents=100_00, per_seat=True), 1_200_00),
        (rate(RateKind.TOTAL, percent=Decimal(20)), 20_000_00),  # of 100,000 € with it
        (rate(RateKind.STAFF, percent=Decimal(15), of=("staff",)), 9_000_00),
        (rate(RateKind.OVERHEAD, percent=Decimal(7)), 5_600_00),
        (rate(RateKind.OVERHEAD, percent=Decimal(7), most_cents=5_000_00), 5_000_00),
    ],
)
def test_what_a_flat_rate_amounts_to(each: FlatRate, amount: int) -> None:
    """60,000 € of staff and 20,000 € of material in 2026, twelve seats."""
    measure = AppliedMeasure("a", seats=12, costs=(STAFF, MATERIAL, Cost("staff", 2027, 1)))
    assert amount_of(each, measure, 2026, [each]) == amount


def test_overheads_are_counted_on_costs_that_are_no_flat_rate_themselves() -> None:
    travel = FlatRate("travel", "Fahrt", "travel", RateKind.FIXED, cents=10_000_00)
    overhead = rate(RateKind.OVERHEAD, percent=Decimal(10))
    measure = AppliedMeasure("a", costs=(STAFF, Cost("travel", 2026, 10_000_00)))
    assert amount_of(overhead, measure, 2026, [travel, overhead]) == 6_000_00


def test_a_line_above_its_flat_rate_is_found_with_its_limit_by_budget_year() -> None:
    each = rate(RateKind.STAFF, percent=Decimal(10), of=("staff",))
    lines = (STAFF, Cost("overheads", 2026, 6_000_00), Cost("overheads", 2027, 1))
    [found] = exceeded(AppliedMeasure("a", costs=lines), [each])
    assert (found.line.year, found.limit) == (2027, 0)
    assert not list(exceeded(AppliedMeasure("a", costs=lines[:2]), [each]))


@given(
    st.integers(0, 10**10),
    st.integers(0, 10**10),
    st.decimals(0, 99, places=2),
    st.sampled_from(list(RateKind)),
)
def test_what_a_flat_rate_amounts_to_never_exceeds_it(
    staff: int, material: int, percent: Decimal, kind: str
) -> None:
    each = rate(kind, percent=percent, cents=7_00)
    costs = (Cost("staff", 2026, staff), Cost("material", 2026, material))
    line = amount_of(each, AppliedMeasure("a", costs=costs), 2026, [each])
    with_it = AppliedMeasure("a", costs=(*costs, Cost("overheads", 2026, line)))
    assert not list(exceeded(with_it, [each]))
    assert line >= 0
