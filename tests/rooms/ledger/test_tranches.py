"""Money and permission are never one figure: what a decision names, and what the books keep."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rooms.ledger.books import CLERK, at
from zielwerk.ledger import queries
from zielwerk.ledger.actions import (
    Agreed,
    Posting,
    following,
    planned,
    post,
    record_agreed,
    record_facts,
)
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.rulebook.planning import Account, Booking, Fund
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.tranche import UNKNOWN, Tranche

pytestmark = pytest.mark.django_db

FUND = Fund("aqb_hessen", 2025)
MONEY = Tranche("state", 2025)
LATER = Tranche("state", 2025, 2026)
HERE, THERE = "06435", "06440"
FREE, HELD, LACKING = Account("free"), Account("allocated", HERE), Account("uncovered", HERE)
NEW_YEAR = date(2026, 1, 1)


def provide(tranche: Tranche, cents: int, day: date = date(2025, 1, 1)) -> None:
    free = AccountKey.planning(FUND, Place.FREE).of(tranche)
    outside = replace(free, place=Place.OUTSIDE)
    post(CLERK, [Posting(outside, free, cents, EntryCode.PROVIDING, day, "HH-1")], at=at(0))


def book(*bookings: Booking, day: date = date(2025, 3, 1), number: int = 1) -> None:
    post(CLERK, planned(bookings, FUND, day, f"VT-{number}"), at=at(number))


def give(ags: str, cents: int) -> Booking:
    return Booking("allocation", FREE, Account("allocated", ags), cents)


def at_place(place: Place, ags: str = "") -> dict[Tranche, int]:
    """What lies at a place of the fund, by tranche, all measures together."""
    whole = AccountKey.planning(FUND, place, ags)
    found: dict[Tranche, int] = {}
    for key, account in queries.held([whole]).items():
        if key.whole == whole and account.balance_cents:
            found[key.tranche] = found.get(key.tranche, 0) + account.balance_cents
    return found


def test_all_who_receive_by_one_decision_receive_the_same_mixture() -> None:
    provide(MONEY, 900)
    provide(LATER, 300)
    book(give(HERE, 800), give(THERE, 400))
    assert at_place(Place.ALLOCATED, HERE) == {MONEY: 600, LATER: 200}
    assert at_place(Place.ALLOCATED, THERE) == {MONEY: 300, LATER: 100}
    assert at_place(Place.FREE) == {}


def test_an_agreement_keeps_what_of_it_is_money_and_what_a_permission() -> None:
    provide(MONEY, 900)
    provide(LATER, 300)
    book(give(HERE, 1200))
    agreed = Agreed("aqb_hessen", 2025, HERE, 1000, date(2025, 7, 1), "ZV-1")
    record_agreed(CLERK, agreed, at=at(2))
    assert at_place(Place.AGREED, HERE) == {MONEY: 750, LATER: 250}
    assert at_place(Place.ALLOCATED, HERE) == {MONEY: 150, LATER: 50}


def test_what_an_agreement_names_beyond_its_allocation_is_of_no_known_kind() -> None:
    provide(MONEY, 100)
    book(give(HERE, 100))
    agreed = Agreed("aqb_hessen", 2025, HERE, 130, date(2025, 7, 1), "ZV-1")
    record_agreed(CLERK, agreed, at=at(2))
    assert at_place(Place.AGREED, HERE) == {MONEY: 100, UNKNOWN: 30}
    assert at_place(Place.UNCOVERED, HERE) == {UNKNOWN: -30}


def test_a_gap_is_covered_by_money_of_its_kind_first_and_else_the_body_holds_the_other() -> None:
    """The body lacks 100 of this year's money; 40 of it are there, and 60 for next year."""
    provide(MONEY, 140)
    provide(LATER, 60)
    book(give(HERE, 100))
    book(Booking("cut", LACKING, FREE, 100), number=2)  # agreed money that a decision took
    book(Booking("cover", FREE, LACKING, 40), number=3)
    assert at_place(Place.UNCOVERED, HERE) == {MONEY: -60}
    assert at_place(Place.ALLOCATED, HERE) == {MONEY: 100}
    assert at_place(Place.FREE) == {MONEY: 100, LATER: 60}


def test_next_years_permission_that_covers_a_gap_is_what_the_body_holds_from_then_on() -> None:
    provide(MONEY, 100)
    provide(LATER, 60)
    book(give(HERE, 100))
    free = AccountKey.planning(FUND, Place.FREE).of(MONEY)
    lacking = AccountKey.planning(FUND, Place.UNCOVERED, HERE).of(MONEY)
    book(Booking("cut", LACKING, FREE, 60), number=2)
    outside = replace(free, place=Place.OUTSIDE)
    gone = Posting(free, outside, 60, EntryCode.PROVIDING, date(2025, 5, 1), "HH-2")
    record_facts(CLERK, [gone], at=at(3))  # the budget takes the money that the cut gave back
    assert at_place(Place.UNCOVERED, HERE) == {lacking.tranche: -60}
    book(Booking("cover", FREE, LACKING, 60), number=4)
    assert at_place(Place.UNCOVERED, HERE) == {}
    assert at_place(Place.ALLOCATED, HERE) == {MONEY: 40, LATER: 60}


def test_a_permission_never_covers_money_that_the_state_itself_lacks() -> None:
    provide(MONEY, 100)
    provide(LATER, 100)
    book(give(HERE, 100))
    free = AccountKey.planning(FUND, Place.FREE).of(MONEY)
    outside = replace(free, place=Place.OUTSIDE)
    cut = Posting(free, outside, 50, EntryCode.PROVIDING, date(2025, 5, 1), "HH-2")
    record_facts(CLERK, [cut], at=at(2))
    cover = planned([Booking("cover", FREE, Account("uncovered"), 50)], FUND, NEW_YEAR, "MD-1")
    assert following(cover) == []
    assert at_place(Place.UNCOVERED) == {MONEY: -50}


def test_money_of_the_next_budget_is_not_free_today() -> None:
    provide(MONEY, 100)
    carried = Tranche("state", 2026)
    provide(carried, 70, day=NEW_YEAR)
    with pytest.raises(Refused) as refused:
        book(give(HERE, 150), day=date(2025, 12, 1))
    [refusal] = refused.value.refusals
    assert refusal.rule == "ledger.not_yet"
    assert refusal.params["day"] == NEW_YEAR
    book(give(HERE, 100), day=date(2025, 12, 1))
    book(give(HERE, 70), day=NEW_YEAR, number=2)
    assert at_place(Place.ALLOCATED, HERE) == {MONEY: 100, carried: 70}


def test_who_asks_for_more_than_there_is_is_told_all_that_lies_there() -> None:
    provide(MONEY, 100)
    provide(LATER, 50)
    with pytest.raises(Refused) as refused:
        book(give(HERE, 90), give(THERE, 70))
    [refusal] = refused.value.refusals
    assert (refusal.rule, refusal.params["available"]) == ("ledger.insufficient", 150)
    assert refusal.params["needed"] == 160
