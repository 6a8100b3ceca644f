"""Decisions, facts, openings and reversals, as those who keep the books know them."""

from dataclasses import replace

import pytest

from tests.rooms.ledger.books import (
    AUDITOR,
    BODY,
    CLERK,
    COLLEAGUE,
    HERE,
    THERE,
    at,
    on,
    planning,
    posting,
)
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed
from zielwerk.language import sentence
from zielwerk.ledger import queries
from zielwerk.ledger.actions import (
    Agreed,
    DrawsFirst,
    Posting,
    post,
    record_agreed,
    record_fact,
    reverse_case,
)
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db

OUTSIDE, OPENING = planning(Place.OUTSIDE), planning(Place.OPENING)
ALLOCATED, AGREED = planning(Place.ALLOCATED), planning(Place.AGREED)
UNCOVERED = planning(Place.UNCOVERED)


def agreed(cents: int, case: str = "ZV-2026-0001") -> Agreed:
    return Agreed("aqb_hessen", 2026, HERE, cents, on(0), case)


def allocate(cents: int, **other: object) -> Transfer:
    target = replace(ALLOCATED, **other)  # type: ignore[arg-type]
    return post(CLERK, [posting(OUTSIDE, target, cents)], at=at(0))[0]


def stand(*keys: AccountKey) -> list[int]:
    return [queries.balance(key) for key in keys]


def test_a_decision_moves_money_and_says_who_when_and_for_which_case() -> None:
    allocate(1000)
    (moved,) = post(CLERK, [posting(ALLOCATED, AGREED, 400, reason="Juli")], at=at(3))
    assert stand(OUTSIDE, ALLOCATED, AGREED) == [-1000, 600, 400]
    assert (moved.actor, moved.recorded_at, moved.recorded_on) == ("user:1", at(3), on(3))
    assert (moved.value_date, moved.case, moved.reason) == (on(0), "ZV-2026-0001", "Juli")


def test_a_decision_beyond_what_is_free_is_refused_with_both_amounts() -> None:
    allocate(1000)
    with pytest.raises(Refused) as refused:
        post(CLERK, [posting(ALLOCATED, AGREED, 1001)], at=at(0))
    assert sentence(refused.value.refusals[0]).replace("\xa0", " ") == (
        "Am Ort „zugewiesen, nicht vereinbart“ liegen 10,00 €, gebraucht werden 10,01 € "
        "(2026, Main-Kinzig-Kreis)."
    )
    assert stand(ALLOCATED, AGREED) == [1000, 0]


def test_of_several_postings_all_are_booked_or_none() -> None:
    allocate(1000)
    twice = [posting(ALLOCATED, AGREED, 600), posting(ALLOCATED, AGREED, 600)]
    with pytest.raises(Refused):
        post(CLERK, twice, at=at(0))
    assert stand(ALLOCATED, AGREED) == [1000, 0]
    there_and_on = [posting(OUTSIDE, ALLOCATED, 200), posting(ALLOCATED, AGREED, 1200)]
    post(CLERK, there_and_on, at=at(0))
    assert stand(ALLOCATED, AGREED) == [0, 1200]


def test_a_fact_takes_what_is_there_and_shows_the_rest_as_uncovered() -> None:
    allocate(300)
    moved = record_fact(CLERK, posting(ALLOCATED, AGREED, 1000), at=at(0))
    assert [one.amount_cents for one in moved] == [300, 700]
    assert stand(ALLOCATED, AGREED, UNCOVERED) == [0, 1000, -700]


def test_what_is_uncovered_is_covered_by_a_decision_and_not_more_than_once() -> None:
    record_fact(CLERK, posting(ALLOCATED, AGREED, 700), at=at(0))
    allocate(2000)
    cover = replace(posting(ALLOCATED, UNCOVERED, 700), code=EntryCode.COVER)
    post(CLERK, [cover], at=at(1))
    assert stand(UNCOVERED, ALLOCATED) == [0, 1300]
    with pytest.raises(Refused) as refused:
        post(CLERK, [cover], at=at(1))
    assert refused.value.refusals[0].rule == "ledger.covered_already"
    assert stand(UNCOVERED, ALLOCATED) == [0, 1300]


def test_an_agreement_without_any_allocation_gets_an_opening_entry() -> None:
    opening, moved = record_agreed(CLERK, agreed(160010000), at=at(0))
    assert (opening.code, moved.code) == (EntryCode.OPENING, EntryCode.AGREEMENT)
    assert opening.case == moved.case == "ZV-2026-0001"
    assert stand(OPENING, ALLOCATED, AGREED, UNCOVERED) == [-160010000, 0, 160010000, 0]


def test_an_agreement_beyond_its_allocation_is_uncovered_not_opened() -> None:
    allocate(1000)
    record_agreed(CLERK, agreed(1500), at=at(0))
    assert stand(OPENING, ALLOCATED, AGREED, UNCOVERED) == [0, 0, 1500, -500]


@pytest.mark.parametrize(
    ("draws_first", "left"),
    [("general", {"": 0, "language": 200}), ("earmarked", {"": 200, "language": 0})],
)
def test_an_agreement_takes_money_in_the_programmes_order_and_money_keeps_its_purpose(
    draws_first: DrawsFirst, left: dict[str, int]
) -> None:
    allocate(1000)
    allocate(300, earmark="language")
    allocate(200, earmark="digital")
    named = replace(agreed(1300), earmarks=("digital", "language"), draws_first=draws_first)
    record_agreed(CLERK, named, at=at(0))
    assert stand(OPENING, UNCOVERED) == [0, 0]
    for earmark, cents in {**left, "digital": 0}.items():
        had = {"": 1000, "language": 300, "digital": 200}[earmark]
        assert stand(replace(ALLOCATED, earmark=earmark)) == [cents]
        assert stand(replace(AGREED, earmark=earmark)) == [had - cents]


def test_money_for_a_purpose_that_the_agreement_does_not_name_stays_where_it_is() -> None:
    allocate(1000)
    allocate(300, earmark="language")
    allocate(200, earmark="digital")
    record_agreed(CLERK, replace(agreed(1300), earmarks=("digital",)), at=at(0))
    assert stand(AGREED, replace(AGREED, earmark="digital"), UNCOVERED) == [1100, 200, -100]
    assert stand(replace(ALLOCATED, earmark="language"), OPENING) == [300, 0]


def test_what_an_agreement_names_beyond_all_that_was_allocated_is_uncovered() -> None:
    allocate(1000, earmark="language")
    record_agreed(CLERK, replace(agreed(1200), earmarks=("language",)), at=at(0))
    assert stand(OPENING, AGREED, UNCOVERED) == [0, 200, -200]
    assert stand(replace(AGREED, earmark="language")) == [1000]


def test_an_allocation_that_was_reversed_never_was() -> None:
    mistaken = allocate(1000)
    reverse_case(COLLEAGUE, mistaken.case, "falsche Körperschaft", at=at(1))
    record_agreed(CLERK, agreed(1000), at=at(2))
    assert stand(OPENING, AGREED, UNCOVERED) == [-1000, 1000, 0]


def test_an_allocation_of_another_body_or_year_does_not_count() -> None:
    for other in (planning(Place.ALLOCATED, THERE), planning(Place.ALLOCATED, HERE, 2025)):
        outside = replace(other, place=Place.OUTSIDE)
        post(CLERK, [posting(outside, other, 1000)], at=at(0))
    record_agreed(CLERK, agreed(800), at=at(0))
    assert stand(OPENING, AGREED, UNCOVERED) == [-800, 800, 0]


def test_a_reversal_mirrors_its_original_and_counts_from_the_same_day() -> None:
    original = allocate(1000)
    [mirror] = reverse_case(COLLEAGUE, original.case, "Zahlendreher", at=at(9))
    assert (mirror.source_id, mirror.target_id) == (original.target_id, original.source_id)
    assert (mirror.amount_cents, mirror.value_date) == (1000, original.value_date)
    assert queries.balance(ALLOCATED, counted_on=on(0)) == 0
    assert queries.balance(ALLOCATED, counted_on=on(0), known_on=on(8)) == 1000


def test_bodies_do_not_trade_money() -> None:
    allocate(1000)
    with pytest.raises(Refused) as refused:
        post(CLERK, [posting(ALLOCATED, planning(Place.ALLOCATED, THERE), 5)], at=at(0))
    assert refused.value.refusals[0].rule == "ledger.between_bodies"


def test_only_bookkeepers_book() -> None:
    for actor in (BODY, AUDITOR):
        with pytest.raises(NotAllowed):
            post(actor, [posting(OUTSIDE, ALLOCATED, 1)], at=at(0))
        with pytest.raises(NotAllowed):
            record_agreed(actor, agreed(1), at=at(0))
    assert not Transfer.objects.exists()


def test_what_nobody_can_mean_is_no_posting() -> None:
    cash = AccountKey(Book.CASH, Place.OUTSIDE)
    for source, target, cents, case in (
        (ALLOCATED, ALLOCATED, 5, "ZV-1"),
        (cash, ALLOCATED, 5, "ZV-1"),
        (ALLOCATED, AGREED, 0, "ZV-1"),
        (ALLOCATED, AGREED, -5, "ZV-1"),
        (ALLOCATED, AGREED, 5, ""),
    ):
        with pytest.raises(ValueError, match="a posting"):
            Posting(source, target, cents, EntryCode.AGREEMENT, on(0), case)
    with pytest.raises(ValueError, match="no place"):
        AccountKey(Book.CASH, Place.AGREED)


def test_one_verb_leaves_one_entry_in_the_chain_and_vouches_for_its_transfers() -> None:
    record_agreed(CLERK, agreed(1000), at=at(0))
    entry = AuditEntry.objects.get()
    assert entry.verb == "ledger.record"
    assert {seal.subject.partition(":")[0] for seal in entry.seals.all()} == {
        "account",
        "transfer",
    }
    assert list(audit.verify()) == []


def test_a_thousand_bodies_get_their_money_in_one_decision() -> None:
    bodies = [f"{number:05d}" for number in range(1, 1002)]
    shares = [
        posting(planning(Place.OUTSIDE, ""), planning(Place.ALLOCATED, ags), 100) for ags in bodies
    ]
    post(CLERK, shares, at=at(0))
    found = queries.balances(planning(Place.ALLOCATED, ags) for ags in bodies)
    assert set(found.values()) == {100}
    assert len(found) == 1001
