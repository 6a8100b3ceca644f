"""Money and authority apart: what an amount takes of each, and what is there on a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.tranche import UNKNOWN, Order, Tranche, counted, covers, shares

MONEY = Tranche("state", 2025)
EU = Tranche("eu", 2025)
CARRIED = Tranche("state", 2026)
LATER = Tranche("state", 2025, 2026)
LAST = Tranche("state", 2025, 2027)
TRANCHES = (UNKNOWN, MONEY, EU, CARRIED, LATER, LAST)

balances = st.dictionaries(st.sampled_from(TRANCHES), st.integers(0, 10**12), min_size=1)
amounts = st.lists(st.integers(0, 10**11), min_size=1, max_size=30)


def test_money_is_given_before_a_permission_for_later() -> None:
    held = {LATER: 500, MONEY: 300}
    assert shares(held, [200], Order.MONEY_FIRST) == [{MONEY: 200}]
    assert shares(held, [400], Order.MONEY_FIRST) == [{MONEY: 300, LATER: 100}]
    assert shares(held, [400], Order.AUTHORITY_FIRST) == [{LATER: 400}]
    assert shares(held, [400], Order.PROPORTIONAL) == [{MONEY: 150, LATER: 250}]


def test_the_earlier_year_comes_first() -> None:
    held = {LAST: 10, LATER: 10, CARRIED: 10, MONEY: 10}
    assert shares(held, [35], Order.MONEY_FIRST) == [{MONEY: 10, CARRIED: 10, LATER: 10, LAST: 5}]


def test_all_who_receive_by_one_act_receive_the_same_mixture() -> None:
    """Not: the first on the list the money, the last on it the permission."""
    parts = shares({MONEY: 900, LATER: 300}, [400, 400, 400], Order.MONEY_FIRST)
    assert parts == [{MONEY: 300, LATER: 100}] * 3


@given(balances, amounts, st.sampled_from(Order))
def test_every_cent_is_of_one_tranche_and_none_gives_more_than_it_has(
    held: dict[Tranche, int], wanted: list[int], order: Order
) -> None:
    parts = shares(held, wanted, order)
    there = sum(held.values())
    assert sum(sum(part.values()) for part in parts) == min(sum(wanted), there)
    for tranche, cents in held.items():
        assert sum(part.get(tranche, 0) for part in parts) <= cents
    for part, cents in zip(parts, wanted, strict=True):
        assert sum(part.values()) <= cents
        assert all(taken > 0 for taken in part.values())


@given(balances, amounts)
def test_a_permission_is_given_only_where_no_money_is_left(
    held: dict[Tranche, int], wanted: list[int]
) -> None:
    parts = shares(held, wanted, Order.MONEY_FIRST)
    given_cents = {one: sum(part.get(one, 0) for part in parts) for one in held}
    if any(cents for one, cents in given_cents.items() if one.is_authority):
        assert all(given_cents[one] == held[one] for one in held if not one.is_authority)


def test_a_gap_takes_from_its_own_kind_first_and_then_in_the_order_of_the_rules() -> None:
    """Its own kind is the same source, budget year and due year."""
    held = {EU: 50, MONEY: 30, CARRIED: 20, LATER: 90}
    assert covers(held, {MONEY: 100}, 120, Order.AUTHORITY_FIRST) == [
        (MONEY, MONEY, 30),
        (LATER, MONEY, 70),
    ]
    assert covers(held, {MONEY: 100}, 100, Order.MONEY_FIRST) == [
        (MONEY, MONEY, 30),
        (EU, MONEY, 50),
        (CARRIED, MONEY, 20),
    ]


def test_the_states_own_gap_takes_from_its_own_kind_alone_where_that_is_known() -> None:
    held = {MONEY: 30, LATER: 90}
    gaps = {MONEY: 100, UNKNOWN: 10}
    assert covers(held, gaps, 110, Order.MONEY_FIRST, is_own_only=True) == [
        (MONEY, MONEY, 30),
        (LATER, UNKNOWN, 10),
    ]


@given(balances, balances, st.integers(0, 10**12), st.sampled_from(Order), st.booleans())
def test_a_cover_takes_no_more_than_is_there_nor_gives_more_than_lacks(
    held: dict[Tranche, int], gaps: dict[Tranche, int], cents: int, order: Order, own: bool
) -> None:
    parts = covers(held, gaps, cents, order, is_own_only=own)
    for tranche in TRANCHES:
        taken = sum(part for source, _, part in parts if source == tranche)
        filled = sum(part for _, gap, part in parts if gap == tranche)
        of_own = sum(part for source, gap, part in parts if source == gap == tranche)
        assert 0 <= taken <= held.get(tranche, 0)
        assert 0 <= filled <= gaps.get(tranche, 0)
        if taken > of_own:  # another gap draws on it: its own has nothing left to want, or no more
            assert of_own == min(held[tranche], gaps.get(tranche, 0))
    there = min(sum(held.values()), sum(gaps.values()), cents)
    assert own or sum(part for *_, part in parts) == there
    assert all(part > 0 for *_, part in parts)


TODAY = date(2025, 12, 1)
days = st.integers(-40, 400).map(lambda number: TODAY + timedelta(days=number))


@given(st.integers(0, 10**12), st.lists(st.tuples(days, st.integers(-(10**10), 10**10))))
def test_what_is_there_today_is_there_on_every_later_day(
    balance: int, later: list[tuple[date, int]]
) -> None:
    there = counted(balance, later, TODAY)
    for last in {TODAY, *(day for day, _ in later if day > TODAY)}:
        assert there <= balance - sum(cents for day, cents in later if day > last)
