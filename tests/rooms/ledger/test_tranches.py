"""Money and permission are never one figure: what a decision names, and what the books keep."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
from zielwerk.packs import loading as packs
from zielwerk.rulebook.kinds import Account
from zielwerk.rulebook.planning import Booking, Fund
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.tranche import UNKNOWN, Tranche

pytestmark = pytest.mark.django_db

FUND = Fund("aqb_hessen", 2025)
MONEY = Tranche("state", 2025)
CARRIED = Tranche("state", 2026)
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


ORDERS = [("money_first", CARRIED), ("authority_first", LATER)]


@pytest.mark.parametrize(("order", "taken"), ORDERS)
def test_what_a_gap_lacks_of_its_kind_is_drawn_in_the_order_of_the_rules(
    monkeypatch: pytest.MonkeyPatch, order: str, taken: Tranche
) -> None:
    """The body lacks 100 of this year's money, of which 40 are there."""
    for tranche, cents in ((MONEY, 100), (CARRIED, 60), (LATER, 60)):
        provide(tranche, cents)
    book(give(HERE, 100))
    book(Booking("cut", LACKING, FREE, 100), number=2)
    free = AccountKey.planning(FUND, Place.FREE).of(MONEY)
    gone = Posting(
        free, replace(free, place=Place.OUTSIDE), 60, EntryCode.PROVIDING, date(2025, 5, 1), "HH-2"
    )
    record_facts(CLERK, [gone], at=at(3))
    rules = packs.load(FUND.programme, FUND.year)
    assumed = rules.parameters[0].model_copy(update={"code": "tranches_given", "value": order})
    changed = rules.model_copy(update={"parameters": (assumed,)})
    monkeypatch.setattr(packs, "load", lambda *_: changed)
    book(Booking("cover", FREE, LACKING, 90), number=4)
    assert at_place(Place.UNCOVERED, HERE) == {MONEY: -10}
    assert at_place(Place.ALLOCATED, HERE) == {MONEY: 50, taken: 50}
    assert at_place(Place.FREE) == {CARRIED: 60, LATER: 60, taken: 10}


def gap(ags: str, number: int, cents: int = 60) -> None:
    """A body that lacks what it was given of this year's money, and none is left of that."""
    book(give(ags, cents), number=number)
    book(Booking("cut", Account("uncovered", ags), FREE, cents), number=number)
    free = AccountKey.planning(FUND, Place.FREE).of(MONEY)
    outside, day = replace(free, place=Place.OUTSIDE), date(2025, 5, 1)
    lost = Posting(free, outside, cents, EntryCode.PROVIDING, day, f"HH-{number}")
    record_facts(CLERK, [lost], at=at(number))


def test_gaps_of_several_bodies_are_covered_by_one_act_one_after_the_other() -> None:
    """What covers the one is not there for the other: 100 of next year's money, then permission."""
    provide(MONEY, 60)
    gap(HERE, 2)
    provide(MONEY, 60)
    gap(THERE, 3)
    provide(CARRIED, 100)
    provide(LATER, 20)
    both = [Booking("cover", FREE, Account("uncovered", ags), 60) for ags in (HERE, THERE)]
    book(*both, number=4)
    assert at_place(Place.ALLOCATED, HERE) == {CARRIED: 60}
    assert at_place(Place.ALLOCATED, THERE) == {CARRIED: 40, LATER: 20}
    assert at_place(Place.FREE) == {}


@pytest.mark.parametrize("number", [2, 6])
def test_how_often_covers_ask_the_books_does_not_depend_on_how_many_there_are(number: int) -> None:
    bodies = [f"064{place:02d}" for place in range(number)]
    for place, ags in enumerate(bodies, 2):
        provide(MONEY, 60)
        gap(ags, place)
    provide(CARRIED, 60 * number)
    provide(LATER, 60)
    covers = [Booking("cover", FREE, Account("uncovered", ags), 60) for ags in bodies]
    with CaptureQueriesContext(connection) as made:
        following(planned(covers, FUND, NEW_YEAR, "MD-1"))
    assert len(made) == 5  # what is held; what is free: of the state, of bodies, later, bound


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
    provide(CARRIED, 70, day=NEW_YEAR)
    with pytest.raises(Refused) as refused:
        book(give(HERE, 150), day=date(2025, 12, 1))
    [refusal] = refused.value.refusals
    assert refusal.rule == "ledger.not_yet"
    assert refusal.params["day"] == NEW_YEAR
    book(give(HERE, 100), day=date(2025, 12, 1))
    book(give(HERE, 70), day=NEW_YEAR, number=2)
    assert at_place(Place.ALLOCATED, HERE) == {MONEY: 100, CARRIED: 70}


def test_who_asks_for_more_than_there_is_is_told_all_that_lies_there() -> None:
    provide(MONEY, 100)
    provide(LATER, 50)
    with pytest.raises(Refused) as refused:
        book(give(HERE, 90), give(THERE, 70))
    [refusal] = refused.value.refusals
    assert (refusal.rule, refusal.params["available"]) == ("ledger.insufficient", 150)
    assert refusal.params["needed"] == 160
