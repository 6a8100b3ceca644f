"""Whatever is done in whatever order: the books agree with a plain list of what happened."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.rooms.ledger.books import CLERK, COLLEAGUE, THERE, at, on, planning, posting
from zielwerk.ledger import queries
from zielwerk.ledger.actions import Posting, post, record_fact, reverse_case
from zielwerk.ledger.models import COUNTER_PLACES, AccountKey, Book, Place, Transfer
from zielwerk.rulebook.refusal import Refused

PAIRS = [
    (planning(Place.OUTSIDE), planning(Place.ALLOCATED)),
    (planning(Place.ALLOCATED), planning(Place.AGREED)),
    (planning(Place.AGREED), planning(Place.ALLOCATED)),
    (planning(Place.ALLOCATED), planning(Place.UNCOVERED)),
    (planning(Place.OUTSIDE, ""), planning(Place.ALLOCATED, THERE)),
    (AccountKey(Book.CASH, Place.OUTSIDE), AccountKey(Book.CASH, Place.PAID)),
    (AccountKey(Book.CASH, Place.PAID), AccountKey(Book.CASH, Place.OUTSIDE)),
]
KEYS = sorted({key for pair in PAIRS for key in pair} | {AccountKey(Book.CASH, Place.UNCOVERED)})


@dataclass(frozen=True)
class Entry:
    """One movement as a child would write it down."""

    source: AccountKey
    target: AccountKey
    cents: int
    counts: date
    known: date
    case: str


@dataclass
class Notebook:
    """The books as a list: slow, plain and independent of any database."""

    entries: list[Entry] = field(default_factory=list)
    reversed: set[str] = field(default_factory=set)

    def balance(
        self, key: AccountKey, counted_on: date = date.max, known_on: date = date.max
    ) -> int:
        return sum(
            entry.cents * ((entry.target == key) - (entry.source == key))
            for entry in self.entries
            if entry.counts <= counted_on and entry.known <= known_on
        )

    def flowed(self, counted_on: date, known_on: date) -> dict[tuple[str, str, str], int]:
        """What went from place to place of each book until these days."""
        cents: Counter[tuple[str, str, str]] = Counter()
        for entry in self.entries:
            if entry.counts <= counted_on and entry.known <= known_on:
                cents[entry.source.book, entry.source.place, entry.target.place] += entry.cents
        return dict(cents)

    def held(self, counted_on: date, known_on: date) -> dict[tuple[str, str], int]:
        """What was in each place of each book on these days."""
        cents: Counter[tuple[str, str]] = Counter()
        for key in KEYS:
            cents[key.book, key.place] += self.balance(key, counted_on, known_on)
        return {place: total for place, total in cents.items() if total}

    def allows(self, source: AccountKey, target: AccountKey, cents: int) -> bool:
        enough = source.place in COUNTER_PLACES or self.balance(source) >= cents
        owed = target.place != Place.UNCOVERED or self.balance(target) + cents <= 0
        return enough and owed

    def mirrors(self, case: str) -> list[tuple[AccountKey, AccountKey, Entry]]:
        """What takes back all of a case, the newest first; nothing where that was done."""
        of_case = [entry for entry in self.entries if entry.case == case]
        undone = [] if case in self.reversed else of_case
        return [(entry.target, entry.source, entry) for entry in reversed(undone)]

    def can_reverse(self, case: str) -> bool:
        tried = Notebook(list(self.entries))
        for source, target, entry in self.mirrors(case):
            if not tried.allows(source, target, entry.cents):
                return False
            tried.entries.append(replace(entry, source=source, target=target))
        return case not in self.reversed


amounts = st.integers(1, 500)
# The fifth of January, and days at both ends of months.
days = st.sampled_from([-40, -6, -5, -4, -1, 0, 3, 26, 27])
APART = 9  # days between two steps, so that what is recorded falls into several months
steps = st.one_of(
    st.tuples(st.just("post"), st.sampled_from(PAIRS), amounts, days),
    st.tuples(st.just("fact"), st.sampled_from(PAIRS), amounts, days),
    st.tuples(st.just("reverse"), st.integers(0, 30), st.just(0), st.just(0)),
)


class Clerks:
    """Do each step in the books and in the notebook, and compare what was refused."""

    def __init__(self) -> None:
        self.notebook = Notebook()
        self.booked: list[Transfer] = []

    def note(
        self, one: Posting, day: int, cents: int = 0, source: AccountKey | None = None
    ) -> None:
        cents = cents or one.amount_cents
        entry = Entry(source or one.source, one.target, cents, one.value_date, on(day), one.case)
        self.notebook.entries.append(entry)

    def post(self, one: Posting, day: int) -> None:
        allowed = self.notebook.allows(one.source, one.target, one.amount_cents)
        try:
            self.booked += post(CLERK, [one], at=at(day))
        except Refused:
            event("a decision was refused")
            assert not allowed
        else:
            assert allowed
            self.note(one, day)

    def fact(self, one: Posting, day: int) -> None:
        if one.target.place == Place.UNCOVERED:
            return
        there = self.notebook.balance(one.source)
        if one.source.place in COUNTER_PLACES:
            there = one.amount_cents
        covered = min(there, one.amount_cents)
        self.booked += record_fact(CLERK, one, at=at(day))
        if covered:
            self.note(one, day, covered)
        if missing := one.amount_cents - covered:
            event("a fact was uncovered")
            uncovered = replace(one.source, place=Place.UNCOVERED)
            self.note(one, day, missing, source=uncovered)

    def reverse(self, number: int, day: int) -> None:
        if not self.booked:
            return
        case = self.booked[number % len(self.booked)].case
        allowed = self.notebook.can_reverse(case)
        try:
            reverse_case(COLLEAGUE, case, "Zahlendreher", at=at(day))
        except Refused:
            event("a reversal was refused")
            assert not allowed
        else:
            event("all of a case was reversed")
            assert allowed
            for source, target, entry in self.notebook.mirrors(case):
                mirror = replace(entry, source=source, target=target, known=on(day))
                self.notebook.entries.append(mirror)
            self.notebook.reversed.add(case)


@pytest.mark.django_db
@given(
    done=st.lists(steps, min_size=1, max_size=12), asked=st.tuples(days, st.integers(0, 12 * APART))
)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_books_agree_with_a_plain_list(
    done: list[tuple[str, tuple[AccountKey, AccountKey], int, int]], asked: tuple[int, int]
) -> None:
    with transaction.atomic():
        clerks = Clerks()
        for number, (verb, what, cents, value_day) in enumerate(done):
            day = number * APART
            if verb == "reverse":
                clerks.reverse(what, day)  # type: ignore[arg-type]
            else:
                one = posting(*what, cents, day=value_day)
                getattr(clerks, verb)(replace(one, case=f"ZV-2026-{day:04d}"), day)
        agree(clerks.notebook, on(asked[0]), on(asked[1]))
        transaction.set_rollback(True)


def both_days(counted: date, known: date) -> dict[str, date]:
    return {"counted_on": counted, "known_on": known}


def agree(notebook: Notebook, counted: date, known: date) -> None:
    for key in KEYS:
        now = queries.balance(key)
        assert now == notebook.balance(key)
        assert now >= 0 or key.place in COUNTER_PLACES
        assert queries.balance(key, counted_on=counted) == notebook.balance(key, counted)
        assert queries.balance(key, known_on=known) == notebook.balance(key, known_on=known)
        both = queries.balance(key, counted_on=counted, known_on=known)
        assert both == notebook.balance(key, counted, known)
    for days in ({"counted_on": counted}, {"known_on": known}, both_days(counted, known), {}):
        asked = {"counted_on": date.max, "known_on": date.max, **days}
        moved = queries.moved(CLERK, **days)
        flows = {
            (one.book, one.source, one.target): one.amount_cents for one in queries.flows(moved)
        }
        assert flows == notebook.flowed(**asked)
        held = {(one.book, one.place): one.balance_cents for one in queries.places(CLERK, **days)}
        assert {place: cents for place, cents in held.items() if cents} == notebook.held(**asked)
    for book in Book:
        standings = [row for row in queries.places(CLERK) if row.book == book]
        assert sum(row.balance_cents for row in standings) == 0
    assert list(queries.faults()) == []
