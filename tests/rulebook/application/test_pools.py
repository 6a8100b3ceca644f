"""Lines that may cover each other: what a changed plan may do on its own, what needs consent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.application import Cost, CostPool, Verdict, compared
from zielwerk.rulebook.application import pools as said

POOL = CostPool("all", "Ausgaben", ("staff", "fees", "material"), Decimal(20))
BINDING = (
    Cost("staff", 2026, 100_000_00),
    Cost("fees", 2026, 20_000_00),
    Cost("overheads", 2026, 5_000_00),
)


def verdicts(*now: Cost) -> dict[str, tuple[str, str]]:
    found = compared(BINDING, now, [POOL])
    return {each.category: (each.verdict, each.why.msgid) for each in found.positions}


def test_a_position_may_be_exceeded_by_a_fifth_where_others_are_lower_by_as_much() -> None:
    """Fees rise from 20,000 € to 24,000 €, staff falls by 4,000 €."""
    now = (Cost("staff", 2026, 96_000_00), Cost("fees", 2026, 24_000_00), BINDING[2])
    assert verdicts(*now) == {
        "staff": (Verdict.LESS, ""),
        "fees": (Verdict.WITHIN, said.OFFSET),
        "overheads": (Verdict.LESS, ""),
    }
    assert not compared(BINDING, now, [POOL]).needs_consent


def test_more_than_a_fifth_needs_consent_even_where_it_is_offset() -> None:
    now = (Cost("staff", 2026, 90_000_00), Cost("fees", 2026, 24_000_01), BINDING[2])
    [position] = compared(BINDING, now, [POOL]).needs_consent
    assert (position.category, position.limit, position.more) == ("fees", 24_000_00, 4_000_01)
    assert position.why.params == {"pool": "Ausgaben", "percent": "20", "limit": 24_000_00}


def test_what_the_pool_does_not_offset_needs_consent_and_the_total_is_binding() -> None:
    now = (Cost("staff", 2026, 99_000_00), Cost("fees", 2026, 22_000_00), BINDING[2])
    found = compared(BINDING, now, [POOL])
    assert found.needs_consent[0].why.params["more"] == 1_000_00
    assert found.is_over_total


def test_outside_a_pool_and_in_another_budget_year_nothing_is_covered() -> None:
    now = (Cost("staff", 2026, 90_000_00), Cost("staff", 2027, 9_000_00), *BINDING[1:2])
    now = (*now, Cost("overheads", 2026, 6_000_00))
    found = compared(BINDING, now, [POOL])
    assert [(each.category, each.year) for each in found.needs_consent] == [
        ("overheads", 2026),
        ("staff", 2027),
    ]
    assert found.positions[2].why.msgid == said.NO_POOL


lines = st.lists(
    st.builds(
        Cost,
        st.sampled_from(("staff", "fees", "material", "overheads")),
        st.sampled_from((2026, 2027)),
        st.integers(0, 10**6),
    ),
    max_size=8,
)


@given(lines, lines)
def test_what_needs_no_consent_never_costs_more_than_the_binding_plan(
    binding: list[Cost], now: list[Cost]
) -> None:
    found = compared(binding, now, [POOL])
    assert found.needs_consent or not found.is_over_total
    assert sum(each.more for each in found.positions) == found.now - found.binding


@given(lines)
def test_a_plan_held_against_itself_is_within_itself(binding: list[Cost]) -> None:
    assert not compared(binding, reversed(binding), [POOL]).needs_consent
