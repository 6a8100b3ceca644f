"""Thirty-two people at once: no cent twice, none lost, nobody waits in a circle."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

import pytest

from tests.rooms.conftest import Together
from tests.rooms.ledger.books import CLERK, COLLEAGUE, HERE, at, on, planning, posting
from zielwerk.core import audit
from zielwerk.ledger import queries
from zielwerk.ledger.actions import Agreed, post, record_agreed, record_fact, reverse_case
from zielwerk.ledger.models import Account, Place, Transfer
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 32
OUTSIDE, ALLOCATED = planning(Place.OUTSIDE), planning(Place.ALLOCATED)
AGREED, UNCOVERED = planning(Place.AGREED), planning(Place.UNCOVERED)


def answered(work: Callable[[], object]) -> str:
    """What a person would get: "done", or the rule by which she was refused."""
    try:
        work()
    except Refused as refused:
        return refused.refusals[0].rule
    return "done"


def sound() -> bool:
    return list(queries.faults()) == [] and list(audit.verify()) == []


def test_one_hot_account_is_never_overdrawn(together: Together) -> None:
    """1,000 cents, 160 decisions over 7 cents each: 142 fit."""
    together([lambda: post(CLERK, [posting(OUTSIDE, ALLOCATED, 1000)], at=at(0))])

    def hammer() -> Counter[str]:
        one = [posting(ALLOCATED, AGREED, 7)]
        return Counter(answered(lambda: post(CLERK, one, at=at(1))) for _ in range(5))

    answers = sum(together([hammer] * WRITERS), Counter[str]())
    assert answers["done"] == 142
    assert set(answers) <= {"done", "ledger.insufficient", "ledger.lost_race"}

    def left() -> list[int]:
        assert sound()
        return [queries.balance(key) for key in (ALLOCATED, AGREED, UNCOVERED)]

    assert together([left]) == [[6, 994, 0]]


def test_facts_in_a_race_are_all_recorded_and_uncovered_exactly_when_needed(
    together: Together,
) -> None:
    together([lambda: post(CLERK, [posting(OUTSIDE, ALLOCATED, 1000)], at=at(0))])
    one = posting(ALLOCATED, AGREED, 70)
    together([lambda: record_fact(CLERK, one, at=at(1))] * WRITERS)

    def left() -> list[int]:
        assert sound()
        return [queries.balance(key) for key in (ALLOCATED, AGREED, UNCOVERED)]

    assert together([left]) == [[0, 70 * WRITERS, 1000 - 70 * WRITERS]]


def test_random_pairs_in_any_order_do_not_wait_in_a_circle(together: Together) -> None:
    keys = [replace(ALLOCATED, measure=f"M{number}") for number in range(6)]
    fill = [posting(OUTSIDE, key, 100_000) for key in keys]
    together([lambda: post(CLERK, fill, at=at(0))])

    def mix(seed: int) -> Counter[str]:
        dice = Random(seed)
        answers: Counter[str] = Counter()
        for _ in range(4):
            first, second = (
                posting(source, target, dice.randint(1, 50))
                for source, target in (dice.sample(keys, 2), dice.sample(keys, 2))
            )
            for work in (
                partial(post, CLERK, [first], at=at(1)),
                partial(post, CLERK, [first, second], at=at(1)),
                partial(record_fact, CLERK, second, at=at(1)),
            ):
                answers[answered(work)] += 1
        return answers

    works = [partial(mix, seed) for seed in range(WRITERS)]
    assert sum(together(works), Counter[str]()) == {"done": 12 * WRITERS}

    def left() -> int:
        assert sound()
        return sum(queries.balance(key) for key in keys)

    assert together([left]) == [600_000]


def test_agreements_recorded_at_once_open_one_allocation(together: Together) -> None:
    agreed = Agreed("aqb_hessen", 2026, HERE, 500, on(0), "ZV-2026-0001")
    together([lambda: record_agreed(CLERK, agreed, at=at(0))] * 8)

    def left() -> tuple[int, int, list[int]]:
        assert sound()
        opened = Transfer.objects.filter(code="opening").count()
        return opened, Account.objects.count(), [queries.balance(k) for k in (AGREED, UNCOVERED)]

    assert together([left]) == [(1, 4, [4000, -3500])]


def test_two_who_reverse_the_same_booking_at_once_reverse_it_once(together: Together) -> None:
    (booked,) = together([lambda: post(CLERK, [posting(OUTSIDE, ALLOCATED, 1000)], at=at(0))[0]])
    undo = partial(reverse_case, COLLEAGUE, booked.case, "Zahlendreher", at=at(1))
    answers = together([lambda: answered(undo)] * 8)
    assert Counter(answers) == {"done": 1, "ledger.reversed_already": 7}
    assert together([lambda: sound() and queries.balance(ALLOCATED)]) == [0]
