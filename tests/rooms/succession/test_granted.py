"""A succession where notices grant: measures and what is committed pass on with the money."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from tests.rooms.agreements.notices import FUND, allocate
from tests.rooms.money import HEAD, OFFICER
from tests.rooms.succession.south import (
    AT,
    CODE,
    ENZWALD,
    MURGWALD,
    RENAMED,
    SOUTH,
    change_of,
    grant,
)
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Book, EntryCode, Place, Transfer
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Holding
from zielwerk.rulebook.refusal import Refused
from zielwerk.succession import actions, queries
from zielwerk.succession.actions import Declaration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("south")]
Amounts = dict[tuple[str, str], int]


def carry_out(shares: dict[str, str]) -> None:
    new = Declaration(SOUTH, change_of(), [2026], shares, "Gesetz (Test)")
    actions.decide(HEAD, actions.declare(OFFICER, new, at=AT), at=AT)


def amounts(book: Book, place: Place) -> Amounts:
    """What each body has for each measure."""
    sums: Amounts = Counter()
    for key, cents in books.account_balances(book=book, place=place, programme=SOUTH):
        sums[key.ags, key.measure] += cents
    return sums


def granted() -> Amounts:
    return amounts(Book.PLANNING, Place.AGREED)


def committed() -> Amounts:
    return amounts(Book.COMMITMENT, Place.COMMITTED)


def agree_with_each_other() -> None:
    assert granted() == committed()
    assert queries.off_the_books(SOUTH) == []
    assert list(books.faults()) == []


def test_granted_money_passes_on_measure_by_measure_and_so_does_its_commitment() -> None:
    grant(ENZWALD, 300_01, 200_02)
    own = grant(MURGWALD, 70_00)
    before = granted()
    carry_out({ENZWALD: "3", MURGWALD: "1"})
    after = granted()
    assert sum(after.values()) == sum(before.values())
    for ags, measure in before:
        if ags == ENZWALD:
            kept, passed = after[ENZWALD, measure], after[MURGWALD, measure]
            assert kept + passed == before[ENZWALD, measure]
            assert abs(passed - Fraction(before[ENZWALD, measure], 4)) <= 1
    assert own.amount_cents in after.values()
    agree_with_each_other()


def test_what_is_only_allocated_passes_on_beside_what_is_granted() -> None:
    grant(ENZWALD, 400_00)
    allocate(100_00, ags=ENZWALD)
    carry_out({ENZWALD: "1", MURGWALD: "1"})
    half = Holding(allocated_cents=50_00, agreed_cents=200_00)
    assert programmes.standing(FUND).bodies == {ENZWALD: half, MURGWALD: half}
    agree_with_each_other()


def test_nothing_of_a_commitment_is_released_or_committed_anew() -> None:
    grant(ENZWALD, 300_00, 200_00)
    carry_out({ENZWALD: "1", MURGWALD: "4"})
    booked = Transfer.objects.filter(code=EntryCode.SUCCESSION)
    ways = set(booked.values_list("source__place", "target__place", "source__ags", "target__ags"))
    assert ways == {(place, place, ENZWALD, MURGWALD) for place in ("agreed", "committed")}
    assert {measure for _, measure in granted()} == {measure for _, measure in committed()}
    agree_with_each_other()


def test_a_renaming_under_the_same_key_is_not_to_be_carried_out() -> None:
    """The money is with whom it belongs to; nobody could close such a task."""
    renamed = change_of(RENAMED)
    allocate(100_00, ags=renamed.predecessors[0])
    allocate(100_00, ags=ENZWALD)
    day = date(2026, 5, 1)
    waiting = {each.succession.code: each.years for each in queries.pending(SOUTH, day)}
    assert (waiting[RENAMED], waiting[CODE]) == ((), (2026,))
    assert [each.succession.code for each in queries.undeclared(SOUTH, day)] == [CODE]
    new = Declaration(SOUTH, renamed, [2026], dict.fromkeys(renamed.successors, "1"), "Name")
    with pytest.raises(Refused) as refused:
        actions.declare(OFFICER, new, at=AT)
    assert [refusal.rule for refusal in refused.value.refusals] == ["succession.nothing_passes"]
