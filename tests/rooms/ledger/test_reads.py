"""Where each euro is, and why: scoped, on both time axes, in a fixed number of queries."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.rooms.ledger.books import AUDITOR, BODY, CLERK, HERE, THERE, at, on, planning, posting
from zielwerk.ledger.actions import post
from zielwerk.ledger.models import AccountKey, Book, Place, Transfer
from zielwerk.ledger.queries import Selection, balance, places, transfers
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db
POOL = planning(Place.OUTSIDE, ags="")


def fill(rounds: int = 1) -> None:
    """Two bodies get an allocation and agree on half of it, five days later."""
    turns = [(number, ags) for number in range(rounds) for ags in (HERE, THERE)]
    for number, ags in turns:
        allocated = planning(Place.ALLOCATED, ags)
        post(CLERK, [posting(POOL, allocated, 1000, day=number)], at=at(number))
    for number, ags in turns:
        allocated, agreed = planning(Place.ALLOCATED, ags), planning(Place.AGREED, ags)
        post(CLERK, [posting(allocated, agreed, 500, day=number)], at=at(number + 5))


def test_places_come_in_the_order_of_the_books_and_each_book_comes_to_zero() -> None:
    fill()
    cash = AccountKey(Book.CASH, Place.OUTSIDE), AccountKey(Book.CASH, Place.PAID)
    post(CLERK, [posting(*cash, 70)], at=at(6))
    seen = [(row.book, row.place, row.balance_cents) for row in places(AUDITOR)]
    assert seen == [
        (Book.PLANNING, Place.OUTSIDE, -2000),
        (Book.PLANNING, Place.ALLOCATED, 1000),
        (Book.PLANNING, Place.AGREED, 1000),
        (Book.CASH, Place.OUTSIDE, -70),
        (Book.CASH, Place.PAID, 70),
    ]


def test_a_past_day_can_be_asked_as_it_counted_and_as_it_was_known() -> None:
    fill()
    agreed = planning(Place.AGREED)
    assert balance(agreed, counted_on=on(0)) == 500
    assert balance(agreed, counted_on=on(-1)) == 0
    assert balance(agreed, known_on=on(4)) == 0
    assert balance(agreed, counted_on=on(0), known_on=on(5)) == 500
    before = {row.place: row.balance_cents for row in places(AUDITOR, known_on=on(4))}
    assert before == {Place.OUTSIDE: -2000, Place.ALLOCATED: 2000}


def test_a_body_sees_its_own_money_only_whatever_it_asks_for() -> None:
    fill()
    assert {row.place: row.balance_cents for row in places(BODY)} == {
        Place.ALLOCATED: 500,
        Place.AGREED: 500,
    }
    for found in (transfers(BODY), transfers(BODY, Selection(programme_year=2026))):
        assert {one.source.ags or one.target.ags for one in found} == {HERE}
        assert len(found) == 2
    assert places(BODY, Selection(ags=THERE)) == []
    assert list(transfers(BODY, Selection(ags=THERE))) == []
    assert places(BODY, Selection(ags=THERE), known_on=on(9)) == []


def test_transfers_are_narrowed_by_place_year_case_and_day() -> None:
    fill()
    other = replace(posting(POOL, planning(Place.ALLOCATED), 5), case="ZU-2026-0007")
    post(CLERK, [other], at=at(8))
    assert [one.amount_cents for one in transfers(CLERK, Selection(case="ZU-2026-0007"))] == [5]
    agreed = Selection(ags=HERE, place=Place.AGREED)
    assert [one.amount_cents for one in transfers(CLERK, agreed)] == [500]
    assert len(transfers(CLERK, known_on=on(0))) == 2
    assert not transfers(CLERK, Selection(programme_year=2025))
    assert not transfers(CLERK, Selection(book=Book.CASH))


@pytest.mark.parametrize("rounds", [1, 12])
def test_the_number_of_queries_does_not_grow(
    rounds: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fill(rounds)
    with django_assert_num_queries(1):
        for one in transfers(CLERK)[:50]:
            assert one.source.place
            assert one.target.place
    with django_assert_num_queries(1):
        places(CLERK, Selection(programme_year=2026))
    with django_assert_num_queries(1):
        places(CLERK, counted_on=on(3))
    with django_assert_num_queries(1):
        balance(planning(Place.AGREED), counted_on=on(3))


def test_what_belongs_together_is_booked_by_as_many_statements_as_one() -> None:
    """Two hundred postings and one: the same statements, and each in its turn."""
    counts = []
    for number in (1, 1, 200):  # the first opens the accounts
        booked = [posting(POOL, planning(Place.ALLOCATED), cents + 1) for cents in range(number)]
        with CaptureQueriesContext(connection) as done:
            made = post(CLERK, [*booked, booked[0]], at=at(number))
        counts.append(len(done))
        assert [one.pk for one in made] == sorted(one.pk for one in made)
        kept = Transfer.objects.filter(pk__in=[one.pk for one in made]).order_by("pk")
        assert [one.amount_cents for one in kept] == [one.amount_cents for one in made]
    assert counts[1] == counts[2] < counts[0]


def test_a_decision_between_open_accounts_asks_the_books_once() -> None:
    """What lies there by tranche is read; accounts, balance and transfer are one statement more."""
    allocated, agreed = planning(Place.ALLOCATED), planning(Place.AGREED)
    post(CLERK, [posting(POOL, allocated, 1000), posting(allocated, agreed, 1)], at=at(0))
    with CaptureQueriesContext(connection) as done:
        [made] = post(CLERK, [posting(allocated, agreed, 500)], at=at(1))
    assert len([one for one in done.captured_queries if "ledger_" in one["sql"]]) == 2
    kept = Transfer.objects.get(pk=made.pk)
    assert (kept.source.key, kept.target.key, kept.amount_cents) == (allocated, agreed, 500)
    assert kept.sealed_facts() == made.sealed_facts()
    with pytest.raises(Refused) as refused:
        post(CLERK, [posting(allocated, agreed, 500)], at=at(2))
    assert refused.value.refusals[0].rule == "ledger.insufficient"
    assert balance(agreed) == 501
