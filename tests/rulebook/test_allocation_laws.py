"""Allocation: what always holds, and a slow reference that is plainly right."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zielwerk.rulebook.allocation import (
    METHODS,
    SAINTE_LAGUE,
    Key,
    Limits,
    Method,
    Need,
    Override,
    Share,
    allocate,
    distribute,
    explain,
    limits_of,
    total_of,
)
from zielwerk.rulebook.refusal import Refused

methods = st.sampled_from(sorted(METHODS))


@st.composite
def cases(
    draw: st.DrawFn, most: int = 6, method: st.SearchStrategy[Method] = methods
) -> tuple[Key, list[Need]]:
    """A key and needs whose limits leave every body an amount."""
    count = draw(st.integers(1, most))
    weights = draw(st.dictionaries(st.sampled_from("abc"), st.integers(0, 9), min_size=1))
    assume(any(weights.values()))
    money = st.integers(0, 60)
    amounts = sorted([draw(money), draw(money)])
    rules = Key(
        rounding_cents=draw(st.sampled_from([1, 3, 10])),
        base_cents=draw(st.integers(0, 30)),
        floor_cents=draw(st.sampled_from([None, amounts[0]])),
        cap_cents=draw(st.sampled_from([None, amounts[1] + 10])),
        max_change_percent=draw(st.sampled_from([None, 10, Fraction(75, 2)])),
        weights=weights,
        method=draw(method),
    )
    value = st.integers(0, 6) | st.fractions(0, 6, max_denominator=7)
    needs = [
        Need(
            f"{place:05d}",
            "",
            {name: draw(value) for name in weights},
            draw(st.none() | st.integers(0, 99)),
        )
        for place in range(count)
    ]
    assume(all(any(need.values[n] for need in needs) for n, w in weights.items() if w))
    assume(
        all(one.lower_cents <= most_of(one) for one in (limits_of(rules, need) for need in needs))
    )
    return rules, needs


def most_of(one: Limits) -> int:
    return 10**9 if one.upper_cents is None else one.upper_cents


@st.composite
def feasible(
    draw: st.DrawFn, method: st.SearchStrategy[Method] = methods
) -> tuple[Key, list[Need], int]:
    """A case with a total that can be shared."""
    rules, needs = draw(cases(method=method))
    bounds = [limits_of(rules, need) for need in needs]
    least = sum(one.clamp(rules.base_cents) for one in bounds)
    most = sum(min(most_of(one), 500) for one in bounds)
    total = draw(st.integers(max(least, 1), max(least, most, 1)))
    try:
        allocate(rules, needs, total)
    except Refused:
        assume(False)
    return rules, needs, total


quick = settings(max_examples=40)
by_divisor = st.just(SAINTE_LAGUE)


@given(feasible())
@quick
def test_no_cent_is_lost_and_every_limit_holds(case: tuple[Key, list[Need], int]) -> None:
    rules, needs, total = case
    shared = allocate(rules, needs, total)
    assert sum(share.amount_cents for share in shared.amounts) + shared.residual_cents == total
    assert 0 <= shared.residual_cents < rules.rounding_cents
    assert sum(share.share for share in shared.amounts) == 1
    for need, share in zip(needs, shared.amounts, strict=True):
        amount = share.amount_cents
        assert amount % rules.rounding_cents == 0
        assert amount >= (rules.floor_cents or 0)
        assert rules.cap_cents is None or amount <= rules.cap_cents
        if rules.max_change_percent is not None and need.last_year_cents is not None:
            change = abs(amount - need.last_year_cents) * 100
            assert change <= rules.max_change_percent * need.last_year_cents


@given(feasible(), st.randoms(), st.fractions(Fraction(1, 9), 9))
@quick
def test_neither_order_of_rows_nor_scale_of_weights_matters(
    case: tuple[Key, list[Need], int], chance: object, scale: Fraction
) -> None:
    rules, needs, total = case
    mixed = [*needs]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    scaled = replace(rules, weights={n: w * scale for n, w in rules.weights.items()})
    shared = allocate(rules, needs, total)
    assert allocate(rules, mixed, total) == shared
    assert allocate(scaled, needs, total).amounts == shared.amounts


@given(feasible(), st.data())
@settings(max_examples=80)
def test_more_need_never_means_less(case: tuple[Key, list[Need], int], data: st.DataObject) -> None:
    rules, needs, total = case
    place = data.draw(st.integers(0, len(needs) - 1))
    name = data.draw(st.sampled_from(sorted(rules.weights)))
    more = data.draw(st.fractions(0, 5, max_denominator=9))
    needier = [*needs]
    values = {**needs[place].values, name: needs[place].values[name] + more}
    needier[place] = replace(needs[place], values=values)
    before = allocate(rules, needs, total).amounts[place].amount_cents
    assert allocate(rules, needier, total).amounts[place].amount_cents >= before


@given(feasible())
@quick
def test_among_bodies_with_the_same_limits_the_needier_never_gets_less(
    case: tuple[Key, list[Need], int],
) -> None:
    rules, needs, total = case
    shared = allocate(rules, needs, total)
    assume(shared.rate_cents > 0)  # else the bases take it all and need brings nothing
    alike: dict[Limits, list[Share]] = {}
    for need, share in zip(needs, shared.amounts, strict=True):
        alike.setdefault(limits_of(rules, need), []).append(share)
    for shares in alike.values():
        shares.sort(key=lambda share: share.share)
        for less, more in pairwise(shares):
            assert more.share == less.share or more.amount_cents >= less.amount_cents


@given(feasible())
@quick
def test_the_arithmetic_leads_to_the_amount(case: tuple[Key, list[Need], int]) -> None:
    rules, needs, total = case
    shared = allocate(rules, needs, total)
    said = [explain(shared, need.ags) for need in needs]
    if rules.method != SAINTE_LAGUE:  # that one rounds from the rate at which the rounded sum fits
        assert sum(one.exact_cents for one in said) == total - shared.residual_cents
    for one, share in zip(said, shared.amounts, strict=True):
        assert sum(term.product for term in one.terms) == one.share == share.share
        assert one.exact_cents + one.rounded_by_cents == share.amount_cents
        assert abs(one.rounded_by_cents) < rules.rounding_cents
        assert (one.limited_by == "") == (one.exact_cents == one.before_limits_cents)


@given(feasible(), st.integers(-99, 200))
@settings(max_examples=120)
def test_a_change_across_meets_its_total_in_proportion_within_the_limits(
    case: tuple[Key, list[Need], int], percent: int
) -> None:
    rules, needs, total = case
    plain = allocate(rules, needs, total)
    try:
        changed = allocate(replace(rules, across_percent=percent), needs, total)
    except Refused:
        assume(False)
    assert changed.total_cents == total_of(replace(rules, across_percent=percent), total)
    amounts = [share.amount_cents for share in changed.amounts]
    assert sum(amounts) + changed.residual_cents == changed.total_cents
    if not percent:
        assert changed.amounts == plain.amounts
    for need, before, after in zip(needs, plain.amounts, changed.amounts, strict=True):
        limits = limits_of(rules, need)
        assert limits.lower_cents <= after.amount_cents <= most_of(limits)
        assert after.amount_cents % rules.rounding_cents == 0
        if changed.across and not after.limited_by:
            exact = changed.across.factor * before.amount_cents
            assert abs(after.amount_cents - exact) < rules.rounding_cents
        said = explain(changed, need.ags)
        if said.across:
            assert said.exact_cents + said.rounded_by_cents == said.across.by_key_cents
            assert said.across.by_key_cents == before.amount_cents
            assert said.across.exact_cents + said.across.rounded_by_cents == after.amount_cents


# --- more for all: nobody gets less, by the divisor method ---------------------------


def amounts_by(rules: Key, needs: list[Need], total: int) -> list[int] | None:
    """All amounts, None where such a total cannot be shared."""
    try:
        return [share.amount_cents for share in allocate(rules, needs, total).amounts]
    except Refused:
        return None


@pytest.mark.parametrize(
    ("method", "of_ten", "of_eleven"),
    [("hare_niemeyer", [4, 4, 2], [5, 5, 1]), ("sainte_lague", [5, 4, 1], [5, 5, 1])],
)
def test_needs_of_six_six_and_two(method: Method, of_ten: list[int], of_eleven: list[int]) -> None:
    # Shares 3/7, 3/7, 1/7. Of ten 4.29, 4.29, 1.43: the third has the largest remainder. Of
    # eleven 4.71, 4.71, 1.57: its remainder is the smallest, and it loses a unit.
    # By the divisor method nine units are 4, 4, 1; the next of each is due at the same rate,
    # 4.5 / 6 = 1.5 / 2, so they go by AGS.
    rules = Key(rounding_cents=1, base_cents=0, weights={"a": 1}, method=method)
    needs = [Need(f"{place}", "", {"a": need}) for place, need in enumerate((6, 6, 2))]
    assert amounts_by(rules, needs, 10) == of_ten
    assert amounts_by(rules, needs, 11) == of_eleven


@given(feasible(by_divisor), st.integers(1, 40))
@settings(max_examples=150)
def test_a_larger_total_costs_nobody(case: tuple[Key, list[Need], int], more: int) -> None:
    rules, needs, total = case
    after = amounts_by(rules, needs, total + more)
    assume(after is not None)
    before = amounts_by(rules, needs, total)
    assert all(old <= new for old, new in zip(before or [], after or [], strict=True))


@given(feasible(by_divisor), st.integers(-60, 60), st.integers(1, 40))
@settings(max_examples=150)
def test_a_smaller_cut_or_a_larger_raise_costs_nobody(
    case: tuple[Key, list[Need], int], cents: int, more: int
) -> None:
    rules, needs, total = case
    before = amounts_by(replace(rules, across_cents=cents), needs, total)
    after = amounts_by(replace(rules, across_cents=cents + more), needs, total)
    assume(cents and cents + more)  # a change of nothing is none: then no second step is taken
    assume(before is not None and after is not None)
    assert all(old <= new for old, new in zip(before or [], after or [], strict=True))


@given(feasible(by_divisor), st.integers(-60, 60), st.data())
@settings(max_examples=80)
def test_more_need_never_means_less_after_a_change_across_by_one_indicator(
    case: tuple[Key, list[Need], int], cents: int, data: st.DataObject
) -> None:
    rules, needs, total = case
    name = max(rules.weights, key=lambda name: rules.weights[name])
    rules = replace(rules, weights={name: 1}, across_cents=cents)
    before = amounts_by(rules, needs, total)
    assume(before is not None)
    place = data.draw(st.integers(0, len(needs) - 1))
    more = data.draw(st.fractions(0, 5, max_denominator=9))
    needier = [*needs]
    needier[place] = replace(needs[place], values={name: needs[place].values[name] + more})
    after = amounts_by(rules, needier, total)
    assume(after is not None)
    assert (after or [])[place] >= (before or [])[place]


@given(feasible(by_divisor), st.integers(1, 40), st.data())
@quick
def test_beside_an_amount_set_by_hand_a_larger_total_costs_nobody(
    case: tuple[Key, list[Need], int], more: int, data: st.DataObject
) -> None:
    rules, needs, total = case
    place = data.draw(st.integers(0, len(needs) - 1))
    by_hand = {needs[place].ags: Override(data.draw(st.integers(0, total)), "Härtefall")}
    try:
        before = distribute(rules, needs, total, by_hand)
        after = distribute(rules, needs, total + more, by_hand)
    except Refused:
        assume(False)
    for shared, shared_total in ((before, total), (after, total + more)):
        assert sum(shared.amounts.values()) + shared.residual_cents == shared_total
        assert shared.amounts[needs[place].ags] == by_hand[needs[place].ags].amount_cents
    assert all(cents <= after.amounts[ags] for ags, cents in before.amounts.items())


# --- slow references ----------------------------------------------------------------


@given(cases(most=4), st.integers(1, 260))
@settings(max_examples=100)
def test_one_unit_after_the_other_leads_to_the_same_amounts(
    case: tuple[Key, list[Need]], total: int
) -> None:
    rules, needs = case
    rules = replace(rules, method=SAINTE_LAGUE)
    amounts = amounts_by(rules, needs, total)
    assume(amounts is not None)
    shares = shares_of(rules, needs)
    bounds = [bounds_by_counting(rules, need) for need in needs]
    expected = [low for low, _ in bounds]
    while sum(expected) + rules.rounding_cents <= total:
        open_places = [
            place
            for place, (_, high) in enumerate(bounds)
            if expected[place] + rules.rounding_cents <= high
        ]
        nearest = min(
            open_places, key=lambda place: due(rules, shares[place], expected[place], place)
        )
        expected[nearest] += rules.rounding_cents
    assert amounts == expected


def due(rules: Key, share: Fraction, amount: int, place: int) -> tuple[int, Fraction, int]:
    """By base alone, then by the rate that brings half of the next unit, then without need."""
    beyond = amount + Fraction(rules.rounding_cents, 2) - rules.base_cents
    if beyond <= 0:
        return 0, beyond, place
    return (1, beyond / share, place) if share else (2, beyond, place)


@given(cases(most=3), st.integers(1, 60))
@settings(max_examples=60)
def test_no_other_amounts_in_units_are_nearer_to_the_shares(
    case: tuple[Key, list[Need]], total: int
) -> None:
    """The divisor method makes the sum of amount² / share least (Sainte-Laguë's own proof)."""
    rules, needs = case
    rules = replace(rules, method=SAINTE_LAGUE, base_cents=0, rounding_cents=1)
    needs = [need for need in needs if any(need.values[n] for n, w in rules.weights.items() if w)]
    amounts = amounts_by(rules, needs, total)
    assume(amounts is not None)
    shares = shares_of(rules, needs)
    bounds = [bounds_by_counting(rules, need) for need in needs]
    possible = product(*(range(low, min(high, total) + 1) for low, high in bounds[:-1]))
    low, high = bounds[-1]
    filled = ((*others, total - sum(others)) for others in possible)
    least = min(
        distance(chosen, shares) for chosen in filled if low <= chosen[-1] <= min(high, total)
    )
    assert distance(amounts or (), shares) == least


def distance(amounts: Sequence[int], shares: Sequence[Fraction]) -> Fraction:
    pairs = zip(amounts, shares, strict=True)
    return sum((amount**2 / share for amount, share in pairs), Fraction())


@given(cases(most=4, method=st.just("hare_niemeyer")), st.integers(1, 260))
@settings(max_examples=150)
def test_a_reference_that_tries_every_case_agrees(case: tuple[Key, list[Need]], total: int) -> None:
    rules, needs = case
    expected = reference(rules, needs, total)
    if expected is None:
        with pytest.raises(Refused):
            allocate(rules, needs, total)
    else:
        shared = allocate(rules, needs, total)
        assert [share.amount_cents for share in shared.amounts] == expected


def reference(rules: Key, needs: list[Need], total: int) -> list[int] | None:
    """Try for every body whether it is at its least, between, or at its most."""
    unit = rules.rounding_cents
    target = total // unit * unit
    shares = shares_of(rules, needs)
    bounds = [bounds_by_counting(rules, need) for need in needs]
    found = set()
    for rate in rates(rules, shares, bounds, target):
        wanted = [rules.base_cents + rate * share for share in shares]
        exact = tuple(
            min(max(amount, low), high) for amount, (low, high) in zip(wanted, bounds, strict=True)
        )
        if sum(exact) == target:
            found.add(exact)
    assert len(found) <= 1
    return in_units(list(found.pop()), unit, target) if found else None


def shares_of(rules: Key, needs: list[Need]) -> list[Fraction]:
    weights = sum(Fraction(w) for w in rules.weights.values())
    return [
        sum(
            (
                Fraction(w)
                / weights
                * Fraction(need.values[name])
                / sum(n.values[name] for n in needs)
                for name, w in rules.weights.items()
                if w
            ),
            Fraction(),
        )
        for need in needs
    ]


def bounds_by_counting(rules: Key, need: Need) -> tuple[int, int]:
    """The least and the most multiple of the unit that obeys every rule, one after the other."""

    def allowed(amount: int) -> bool:
        change, last = rules.max_change_percent, need.last_year_cents
        return (
            amount >= (rules.floor_cents or 0)
            and (rules.cap_cents is None or amount <= rules.cap_cents)
            and (change is None or last is None or abs(amount - last) * 100 <= change * last)
        )

    possible = [amount for amount in range(0, 301, rules.rounding_cents) if allowed(amount)]
    return possible[0], possible[-1]


def rates(
    rules: Key, shares: Sequence[Fraction], bounds: Sequence[tuple[int, int]], target: int
) -> set[Fraction]:
    """Every rate that could be meant: zero, each corner, and what fills the gap in each case."""
    found = {Fraction()}
    for share, pair in zip(shares, bounds, strict=True):
        found |= {(bound - rules.base_cents) / share for bound in pair if share}
    for amounts in product(*((low, None, high) for low, high in bounds)):
        free = sum(share for share, amount in zip(shares, amounts, strict=True) if amount is None)
        fixed = sum(rules.base_cents if amount is None else amount for amount in amounts)
        found |= {(target - fixed) / free} if free else set()
    return {rate for rate in found if rate >= 0}


def in_units(exact: list[Fraction], unit: int, target: int) -> list[int]:
    """Hand out what is left one unit at a time, to whoever lacks most; the first of equals."""
    amounts = [int(amount // unit) * unit for amount in exact]
    while sum(amounts) < target:
        lacks = [amount - given for amount, given in zip(exact, amounts, strict=True)]
        amounts[lacks.index(max(lacks))] += unit
    return amounts
