"""The money of a fund: worked examples of German budget law, then what always holds."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from zielwerk.rulebook import planning
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.kinds import FREE, LACKING, Account
from zielwerk.rulebook.planning import (
    NOTHING,
    Booking,
    Holding,
    Standing,
    adjustment,
    available_cents,
    changes,
    decision,
    given_back,
    needed,
    needed_cents,
    strangers,
    touched_by_adjustment,
    touched_by_decision,
)

WAIVER, REALLOCATION, COVER = AdjustmentKind
KREIS, STADT, FREMD = "06435", "06412", "06999"

Balances = dict[Account, int]


def balances(standing: Standing) -> Balances:
    """The fund's accounts in the planning book that hold anything."""
    found: Balances = {FREE: standing.free_cents, LACKING: standing.uncovered_cents}
    for ags, one in standing.bodies.items():
        found[Account("allocated", ags)] = one.allocated_cents
        found[Account("agreed", ags)] = one.agreed_cents
        found[Account("uncovered", ags)] = one.uncovered_cents
        found[Account("opening", ags)] = one.opening_cents
    return {account: cents for account, cents in found.items() if cents}


def standing_of(found: Mapping[Account, int]) -> Standing:
    bodies: dict[str, Holding] = {}
    for account, cents in found.items():
        if account.ags:
            holding = bodies.get(account.ags, NOTHING)
            bodies[account.ags] = replace(holding, **{f"{account.place}_cents": cents})
    return Standing(found.get(FREE, 0), found.get(LACKING, 0), bodies)


def booked(standing: Standing, bookings: Iterable[Booking]) -> Standing:
    """The fund after these bookings; none takes what is not there, nor gives more than lacks."""
    found = balances(standing)
    for one in bookings:
        assert one.amount_cents > 0
        found[one.source] = found.get(one.source, 0) - one.amount_cents
        found[one.target] = found.get(one.target, 0) + one.amount_cents
        for account in (one.source, one.target):
            is_counter = account.place in ("uncovered", "opening")
            assert found[account] <= 0 if is_counter else found[account] >= 0, account
    return standing_of(found)


class TestWorkedExamples:
    """Amounts in thousands of euros, which the rulebook need not know."""

    def test_what_is_shared_out_first_takes_what_is_free(self) -> None:
        """Erstzuweisung: of 30,000 in force, 27,000 are allocated."""
        before = Standing(30_000)
        amounts = {KREIS: 15_000, STADT: 12_000}
        assert needed_cents(before, amounts) == 27_000
        assert booked(before, decision(before, amounts)) == Standing(
            3_000, 0, {KREIS: Holding(15_000), STADT: Holding(12_000)}
        )

    def test_a_cut_of_what_is_agreed_shows_as_uncovered(self) -> None:
        """Kürzung im laufenden Jahr: 5,000 less, of which 2,000 were not agreed yet."""
        before = Standing(0, 0, {KREIS: Holding(2_000, 8_000)})
        bookings = decision(before, {KREIS: 5_000})
        assert bookings == [
            Booking("cut", Account("allocated", KREIS), FREE, 2_000),
            Booking("cut", Account("uncovered", KREIS), FREE, 3_000),
        ]
        assert booked(before, bookings).of(KREIS) == Holding(0, 8_000, -3_000)

    def test_a_cut_closes_the_gap_that_a_block_of_the_budget_left(self) -> None:
        """Haushaltssperre über 6,000: the bodies' cut of 1,000 covers as much of it."""
        before = Standing(0, -3_000, {KREIS: Holding(27_000)})
        assert needed_cents(before, {KREIS: 26_000}) == -1_000
        after = booked(before, decision(before, {KREIS: 26_000}))
        assert after == Standing(0, -2_000, {KREIS: Holding(26_000)})

    def test_an_increase_covers_what_was_uncovered_first(self) -> None:
        before = Standing(10_000, 0, {KREIS: Holding(0, 8_000, -3_000)})
        after = booked(before, decision(before, {KREIS: 9_000}))
        assert after == Standing(6_000, 0, {KREIS: Holding(1_000, 8_000)})

    def test_money_taken_from_an_agreement_pays_nobody_else(self) -> None:
        """What the one loses is agreed: the other cannot have it before it is agreed anew."""
        before = Standing(0, 0, {KREIS: Holding(0, 10_000), STADT: Holding(0, 10_000)})
        assert needed_cents(before, {KREIS: 9_000, STADT: 11_000}) == 1_000

    def test_money_that_was_only_allocated_pays_somebody_else(self) -> None:
        before = Standing(0, 0, {KREIS: Holding(10_000), STADT: Holding(0, 10_000)})
        amounts = {KREIS: 9_000, STADT: 11_000}
        assert needed_cents(before, amounts) == 0
        after = booked(before, decision(before, amounts))
        assert after.totals == {KREIS: 9_000, STADT: 11_000}

    def test_what_was_agreed_before_the_budget_was_entered_counts_once(self) -> None:
        """An opening entry of 1,600: the decision over 27,000 takes all 27,000."""
        before = Standing(27_000, 0, {KREIS: Holding(0, 1_600, 0, -1_600)})
        amounts = {KREIS: 1_600, STADT: 25_400}
        assert (before.spare_cents, needed_cents(before, amounts)) == (25_400, 25_400)
        after = booked(before, decision(before, amounts))
        assert (after.free_cents, after.of(KREIS)) == (0, Holding(0, 1_600))

    def test_a_body_outside_the_distribution_is_named_if_it_has_money(self) -> None:
        nothing_left = Holding(0, 500, -500)
        before = Standing(0, 0, {FREMD: Holding(0, 2_000), STADT: nothing_left})
        assert strangers(before, {KREIS: 1}) == (FREMD,)

    def test_waived_money_is_free_and_comes_from_what_is_not_agreed(self) -> None:
        """Verzicht: of 10,000 a body has 8,000 agreed, and gives back no more than 2,000."""
        before = Standing(0, 0, {KREIS: Holding(2_000, 8_000)})
        assert available_cents(before, WAIVER, KREIS) == 2_000
        after = booked(before, adjustment(before, WAIVER, KREIS, 1_500))
        assert after == Standing(1_500, 0, {KREIS: Holding(500, 8_000)})

    def test_what_is_waived_of_an_opening_goes_back_where_it_came_from(self) -> None:
        before = Standing(0, 0, {KREIS: Holding(1_600, 0, 0, -1_000)})
        after = booked(before, adjustment(before, WAIVER, KREIS, 1_600))
        assert balances(after) == {FREE: 600}

    def test_nothing_is_reallocated_while_anything_is_uncovered(self) -> None:
        """Umverteilung: 5,000 are free, but 2,000 lack at the state and 1,000 at a body."""
        before = Standing(5_000, -2_000, {KREIS: Holding(0, 8_000, -1_000)})
        assert available_cents(before, REALLOCATION, STADT) == 2_000
        after = booked(before, adjustment(before, REALLOCATION, STADT, 2_000))
        assert (after.free_cents, after.of(STADT)) == (3_000, Holding(2_000))

    def test_a_body_is_covered_with_its_own_money_then_with_what_is_free(self) -> None:
        """Deckung: the state's own gap of 2,000 comes before the body's."""
        before = Standing(2_500, -2_000, {KREIS: Holding(300, 5_200, -5_000)})
        assert available_cents(before, COVER, KREIS) == 800
        after = booked(before, adjustment(before, COVER, KREIS, 800))
        assert after == Standing(2_000, -2_000, {KREIS: Holding(0, 5_200, -4_200)})

    def test_the_state_covers_what_it_lacks_with_what_is_free_and_no_more(self) -> None:
        before = Standing(5_000, -2_000, {KREIS: Holding(10_000)})
        assert available_cents(before, COVER, "") == 2_000
        after = booked(before, adjustment(before, COVER, "", 2_000))
        assert after == Standing(3_000, 0, {KREIS: Holding(10_000)})


cents = st.integers(0, 50)
holdings = st.builds(Holding, cents, cents, cents.map(int.__neg__), cents.map(int.__neg__))
ags = st.sampled_from([KREIS, STADT, "06440", FREMD])
standings = st.builds(
    Standing, st.integers(0, 300), cents.map(int.__neg__), st.dictionaries(ags, holdings)
)
distributions = st.dictionaries(ags, st.integers(0, 90), min_size=1)
quick = settings(max_examples=100)


def sum_of(standing: Standing) -> int:
    return sum(balances(standing).values())


def is_there(standing: Standing, amounts: Mapping[str, int]) -> bool:
    """Whether what is free carries a decision."""
    needs = needed(standing, amounts)
    return needs.only_frees or needs.cents <= standing.spare_cents


def is_decidable(standing: Standing, amounts: Mapping[str, int]) -> bool:
    """Whether the guards of the decision let it pass."""
    is_covered = is_there(standing, amounts)
    return is_covered and not strangers(standing, amounts)


@given(standings, distributions)
@quick
def test_a_decision_gives_every_body_its_amount_and_loses_nothing(
    before: Standing, amounts: dict[str, int]
) -> None:
    assume(is_decidable(before, amounts))
    after = booked(before, decision(before, amounts))  # and no step takes what is not there
    assert after.totals == {a: amount for a, amount in sorted(amounts.items()) if amount}
    assert sum_of(after) == sum_of(before)
    assert {a: one.agreed_cents for a, one in after.bodies.items() if one.agreed_cents} == {
        a: one.agreed_cents for a, one in before.bodies.items() if one.agreed_cents
    }


@given(standings, distributions)
@quick
def test_a_decision_makes_good_what_came_before_the_books_and_covers_before_it_gives(
    before: Standing, amounts: dict[str, int]
) -> None:
    assume(is_decidable(before, amounts))
    after = booked(before, decision(before, amounts))
    assert not any(one.opening_cents for one in after.bodies.values())
    gains = {a for a, change in changes(before, amounts).items() if change > 0}
    assert after.uncovered_cents == 0 or (not gains and after.free_cents == 0)
    for one in gains:
        is_more = after.of(one).allocated_cents > before.of(one).allocated_cents
        assert after.of(one).uncovered_cents == 0 or not is_more


@given(standings, distributions)
@quick
@example(  # what is agreed is taken from one and given to another
    Standing(0, 0, {KREIS: Holding(0, 10), STADT: Holding(0, 10)}), {KREIS: 9, STADT: 11}
)
def test_what_a_decision_needs_is_there_exactly_if_all_that_stays_uncovered_can_be_covered(
    before: Standing, amounts: dict[str, int]
) -> None:
    """A decision that only takes needs nothing, whatever stays uncovered."""
    found = balances(before)
    for one in decision(before, amounts):
        found[one.source] = found.get(one.source, 0) - one.amount_cents
        found[one.target] = found.get(one.target, 0) + one.amount_cents
    after = standing_of(found)
    gives = any(change > 0 for change in changes(before, amounts).values())
    makes_good = any(one.opening_cents for one in before.bodies.values())
    is_coverable = after.free_cents >= after.short_cents or not (gives or makes_good)
    assert is_there(before, amounts) == is_coverable


@given(standings, distributions)
@quick
def test_a_decision_books_only_on_accounts_that_were_held_for_it(
    before: Standing, amounts: dict[str, int]
) -> None:
    held = touched_by_decision({*amounts, *before.bodies})
    for one in decision(before, amounts):
        assert {one.source, one.target} <= held


moves = st.tuples(st.sampled_from(AdjustmentKind), ags) | st.just((COVER, ""))


@given(standings, moves, st.data())
@quick
def test_a_move_moves_its_amount_and_loses_nothing(
    before: Standing, move: tuple[AdjustmentKind, str], data: st.DataObject
) -> None:
    kind, body = move
    there = available_cents(before, kind, body)
    assume(there > 0)
    amount = data.draw(st.integers(1, there))
    bookings = adjustment(before, kind, body, amount)
    after = booked(before, bookings)
    assert sum(one.amount_cents for one in bookings) == amount
    assert sum_of(after) == sum_of(before)
    assert {one.code for one in bookings} == {kind.value}
    held = touched_by_adjustment(kind, body)
    assert all({one.source, one.target} <= held for one in bookings)
    unmoved = {a: one for a, one in before.bodies.items() if a != body}
    assert {a: one for a, one in after.bodies.items() if a != body} == {
        a: one for a, one in unmoved.items() if one != NOTHING
    }


@given(standings, ags, st.data())
@quick
def test_a_waiver_frees_only_what_a_budget_gave(
    before: Standing, body: str, data: st.DataObject
) -> None:
    there = available_cents(before, WAIVER, body)
    assume(there > 0)
    amount = data.draw(st.integers(1, there))
    after = booked(before, adjustment(before, WAIVER, body, amount))
    assert after.of(body).total_cents == before.of(body).total_cents - amount
    returned = after.of(body).opening_cents - before.of(body).opening_cents
    assert returned == min(amount, -before.of(body).opening_cents)
    assert after.free_cents == before.free_cents + amount - returned
    assert after.of(body).agreed_cents == before.of(body).agreed_cents


@given(standings, ags)
@quick
def test_all_that_may_be_reallocated_leaves_enough_to_make_good_all_that_is_owed(
    before: Standing, body: str
) -> None:
    there = available_cents(before, REALLOCATION, body)
    after = booked(before, adjustment(before, REALLOCATION, body, there))
    assert after.free_cents == min(before.free_cents, before.owed_cents)
    assert after.spare_cents == min(before.spare_cents, 0)


@given(standings, ags | st.just(""))
@quick
def test_all_that_may_be_covered_closes_the_gap_or_takes_all_that_may_be_taken(
    before: Standing, body: str
) -> None:
    after = booked(before, adjustment(before, COVER, body, available_cents(before, COVER, body)))
    if not body:
        assert after.uncovered_cents == 0 or after.free_cents == 0
        return
    assert after.uncovered_cents == before.uncovered_cents
    assert after.of(body).agreed_cents == before.of(body).agreed_cents
    own = after.of(body).allocated_cents
    is_closed = after.of(body).uncovered_cents == 0
    is_all_taken = after.free_cents <= -after.uncovered_cents and own == 0
    assert is_closed or is_all_taken
    assert own == 0 or after.free_cents == before.free_cents


@pytest.mark.parametrize("kind", AdjustmentKind)
def test_where_there_is_nothing_nothing_moves(kind: AdjustmentKind) -> None:
    assert available_cents(Standing(), kind, KREIS) == 0
    assert adjustment(Standing(), kind, KREIS, 100) == []


SOURCES = st.lists(st.integers(0, 1000), min_size=1, max_size=4)
WANTS = st.lists(st.integers(0, 1000), max_size=5)


@given(SOURCES, WANTS, st.data())
def test_every_recipient_gets_its_amount_and_a_gap_stays_where_it_is_said(
    has: list[int], wants: list[int], data: st.DataObject
) -> None:
    beyond = data.draw(st.integers(0, len(has) - 1))
    sources = [(f"s{place}", cents) for place, cents in enumerate(has)]
    wanted = [(f"m{place}", cents) for place, cents in enumerate(wants)]
    shared = planning.promises(sources, wanted, beyond=f"s{beyond}")
    for recipient, cents in wanted:
        assert sum(part for _, to, part in shared if to == recipient) == cents
    gap = max(sum(wants) - sum(has), 0)
    for place, (source, cents) in enumerate(sources):
        taken = sum(part for of, _, part in shared if of == source)
        assert taken <= cents + (gap if place == beyond else 0)


def test_money_without_a_purpose_is_promised_first_measure_by_measure() -> None:
    sources = [("general", 30), ("language", 50)]
    assert planning.promises(sources, [("m1", 20), ("m2", 40)], beyond="general") == [
        ("general", "m1", 20),
        ("general", "m2", 10),
        ("language", "m2", 30),
    ]


class TestAnAgreementThatNamesLess:
    """Nachtrag: what was agreed goes to what is uncovered, then back to what is allocated."""

    def test_after_a_cut_it_is_concluded_anew_for_what_is_there(self) -> None:
        """8,000 were agreed, a cut of 3,000 is uncovered: concluded anew over 5,000."""
        assert given_back([("general", 8_000)], {"general": -3_000}, 3_000) == [
            ("general", "uncovered", 3_000)
        ]

    def test_what_covers_nothing_is_allocated_again(self) -> None:
        assert given_back([("general", 8_000)], {"general": -1_000}, 2_500) == [
            ("general", "uncovered", 1_000),
            ("general", "allocated", 1_500),
        ]

    def test_what_was_drawn_on_last_is_given_back_first(self) -> None:
        agreed = [("general", 1_000), ("language", 300), ("digital", 200)]
        assert given_back(agreed, {}, 400) == [
            ("digital", "allocated", 200),
            ("language", "allocated", 200),
        ]

    def test_money_of_one_purpose_covers_no_gap_of_another(self) -> None:
        agreed = [("general", 1_000), ("language", 300)]
        assert given_back(agreed, {"general": -2_000, "language": -100}, 1_300) == [
            ("general", "uncovered", 1_000),
            ("language", "uncovered", 100),
            ("language", "allocated", 200),
        ]

    def test_more_than_is_agreed_is_not_there(self) -> None:
        with pytest.raises(ValueError, match="more than is agreed"):
            given_back([("general", 1_000)], {}, 1_001)


@given(SOURCES, SOURCES, st.data())
def test_what_an_agreement_gives_back_is_no_more_and_no_less(
    has: list[int], lacks: list[int], data: st.DataObject
) -> None:
    agreed = [(f"s{place}", cents) for place, cents in enumerate(has)]
    gaps = {f"s{place}": -cents for place, cents in enumerate(lacks)}
    cents = data.draw(st.integers(0, sum(has)))
    moves = given_back(agreed, gaps, cents)
    assert sum(moved for _, _, moved in moves) == cents
    for source, had in agreed:
        assert sum(moved for of, _, moved in moves if of == source) <= had
        covered = sum(moved for of, to, moved in moves if (of, to) == (source, "uncovered"))
        assert covered <= -gaps.get(source, 0)
    coverable = sum(min(had, -gaps.get(source, 0)) for source, had in agreed)
    covered = sum(moved for _, place, moved in moves if place == "uncovered")
    assert covered == min(cents, coverable)
