"""All that was booked for a record is taken back at once, or nothing."""

from dataclasses import replace

import pytest

from tests.rooms.ledger.books import CLERK, COLLEAGUE, at, on, planning, posting
from zielwerk.core.permissions import NotAllowed
from zielwerk.ledger import queries
from zielwerk.ledger.actions import (
    Agreed,
    post,
    record_agreed,
    reverse_case,
    why_no_reversal,
)
from zielwerk.ledger.actions.reversing import why_not_mirrored
from zielwerk.ledger.models import EntryCode, Place, Transfer
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db

FREE, OUTSIDE = planning(Place.FREE, ""), planning(Place.OUTSIDE)
ALLOCATED, AGREED = planning(Place.ALLOCATED), planning(Place.AGREED)
UNCOVERED, OPENING = planning(Place.UNCOVERED), planning(Place.OPENING)
CASE = "ZV-2026-0009"
PLACES = (ALLOCATED, AGREED, UNCOVERED, OPENING)


def agree(cents: int, *, is_granted: bool = False) -> list[Transfer]:
    agreed = Agreed("aqb_hessen", 2026, ALLOCATED.ags, cents, on(0), CASE, is_granted=is_granted)
    return record_agreed(CLERK, agreed, at=at(1))


def allocate(cents: int) -> None:
    post(CLERK, [posting(OUTSIDE, ALLOCATED, cents)], at=at(0))


def stand() -> list[int]:
    return [queries.balance(key) for key in PLACES]


def refused() -> str:
    with pytest.raises(Refused) as refusal:
        reverse_case(COLLEAGUE, CASE, "Irrtum", at=at(2))
    assert refusal.value.refusals[0].rule in [each.rule for each in why_no_reversal(CASE)]
    return refusal.value.refusals[0].rule


@pytest.mark.parametrize("allocated", [0, 400, 1000])
def test_an_agreement_is_taken_back_with_its_gap_its_opening_and_its_commitment(
    allocated: int,
) -> None:
    if allocated:
        allocate(allocated)
    before = stand()
    booked = agree(1000, is_granted=True)
    mirrors = reverse_case(COLLEAGUE, CASE, "andere Körperschaft", at=at(2))
    assert stand() == before
    assert queries.balance(AGREED.committed) == 0
    assert {mirror.reverses_id for mirror in mirrors} == {transfer.pk for transfer in booked}
    assert {mirror.value_date for mirror in mirrors} == {on(0)}
    assert [mirror.code for mirror in mirrors] == [EntryCode.REVERSAL] * len(booked)
    assert not list(queries.faults())
    assert refused() == "ledger.reversed_already"


def test_of_the_same_record_booked_again_only_that_is_taken_back() -> None:
    agree(1000)
    reverse_case(COLLEAGUE, CASE, "andere Körperschaft", at=at(2))
    agree(300)
    (_, mirror) = reverse_case(COLLEAGUE, CASE, "noch einmal", at=at(3))
    assert mirror.amount_cents == 300
    assert stand() == [0, 0, 0, 0]


def test_nothing_is_taken_back_where_a_part_of_the_money_went_on() -> None:
    allocate(1000)
    agree(1000)
    post(CLERK, [replace(posting(AGREED, FREE, 1), case="MA-2026-0001")], at=at(1))
    before = stand()
    assert refused() == "ledger.insufficient"
    assert stand() == before


def test_nothing_is_taken_back_where_the_gap_was_covered_since() -> None:
    allocate(400)
    agree(1000)
    post(CLERK, [posting(OUTSIDE, FREE, 600)], at=at(1))
    post(CLERK, [replace(posting(FREE, UNCOVERED, 600), case="MA-2026-0001")], at=at(1))
    assert refused() == "ledger.covered_already"


@pytest.mark.parametrize("there", [5, 12, 14])
def test_a_refusal_tells_what_lies_there_and_nothing_in_the_middle_of_it(there: int) -> None:
    mirrors = [
        posting(ALLOCATED, AGREED, 10),
        posting(ALLOCATED, FREE, 5),
        posting(OUTSIDE, ALLOCATED, 5),
    ]
    balances = dict.fromkeys((ALLOCATED, AGREED, FREE, OUTSIDE), 0) | {ALLOCATED: there}
    (refusal,) = why_not_mirrored(mirrors, balances)
    assert refusal.params["available"] == there
    assert refusal.params["needed"] == (15 if there >= 10 else 10)


def test_who_booked_a_part_of_it_does_not_take_it_back() -> None:
    allocate(1000)
    agree(1000)
    with pytest.raises(NotAllowed) as refusal:
        reverse_case(CLERK, CASE, "Irrtum", at=at(2))
    assert refusal.value.refusals[0].rule == "ledger.four_eyes"


def test_taking_back_needs_a_reason() -> None:
    agree(1000)
    with pytest.raises(Refused) as refusal:
        reverse_case(COLLEAGUE, CASE, "  ", at=at(2))
    assert refusal.value.refusals[0].rule == "ledger.no_reason"
