"""A notice binds: what it grants for later years consumes the authority that permits it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.agreements import notices
from tests.rooms.agreements.notices import (
    AT,
    BODY,
    CLERK,
    DEPUTY,
    FUND,
    HEAD,
    OFFICER,
    RESOLUTION,
    SOUTH,
    begun,
    changed,
    granted,
    terms,
)
from zielwerk.agreements import actions
from zielwerk.agreements.actions import Ask
from zielwerk.agreements.models import Agreement
from zielwerk.agreements.panels import effects
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Authority, Entry, Line
from zielwerk.core.permissions import Perimeter
from zielwerk.identity.actions import Operator
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.tranche import Tranche

pytestmark = pytest.mark.django_db
DUE = 2027
SOURCE = packs.load(SOUTH, 2026).money_sources[0].code
LINE = Line(SOUTH, 2026, "0806 684 71", SOURCE)
DAY = date(2026, 1, 2)
THIRD = Operator("user:204", frozenset({"authority"}))


@pytest.fixture(autouse=True)
def south(settings: Any) -> None:
    settings.PROGRAMME = SOUTH


def authorised(money: int, authority: int, line: Line = LINE) -> None:
    """A budget in force with money, and authority due next year."""
    budget.enact(OFFICER, Entry(line, money, DAY, "Haushalt"), at=AT)
    more = Authority(line, DUE, authority, DAY, "Haushalt")
    if authority:
        budget.authorise(OFFICER, more, at=AT)


def given_to_body(money: int, authority: int) -> None:
    """So much of each is allocated to the body, as a decision would."""
    for tranche, cents in ((Tranche(SOURCE, 2026), money), (Tranche(SOURCE, 2026, DUE), authority)):
        free, own = (
            AccountKey.planning(FUND, place, ags).of(tranche)
            for place, ags in ((Place.FREE, ""), (Place.ALLOCATED, BODY.ags))
        )
        if cents:
            posting = ledger.Posting(free, own, cents, EntryCode.ALLOCATION, DAY, "BV-1")
            ledger.post(OFFICER, [posting], at=AT)


def of_authority() -> dict[str, int]:
    """The authority of the year by place, in cents; only what is not empty."""
    sums: dict[str, int] = {}
    for key, cents in books.authority(SOUTH, 2026).items():
        sums[key.place] = sums.get(key.place, 0) + cents
    return {place: cents for place, cents in sums.items() if cents}


def committed_later() -> int:
    balances = books.account_balances(book=Book.COMMITMENT, place=Place.COMMITTED, due_year=DUE)
    return sum(cents for _, cents in balances)


def differences() -> set[str]:
    return {each.rule for each in books.disagreements(SOUTH)} - {"desk.allocated"}


def test_a_notice_consumes_the_authority_that_it_rests_on() -> None:
    authorised(300_00, 500_00)
    given_to_body(300_00, 500_00)
    notice = granted(terms(400_00, 200_00))
    assert committed_later() > 0
    assert of_authority() == {
        "permitted": 500_00 - committed_later(),
        "consumed": committed_later(),
    }
    consumed = Transfer.objects.get(code=EntryCode.CONSUMPTION)
    assert (consumed.case, consumed.value_date) == (notice.file_number, date(2026, 2, 20))
    assert differences() == set()
    assert list(books.faults()) == []


def test_what_is_promised_of_this_years_money_consumes_none() -> None:
    authorised(600_00, 500_00)
    given_to_body(600_00, 0)
    granted(terms(400_00, 200_00))
    assert of_authority() == {"permitted": 500_00}


def test_a_changed_notice_releases_or_consumes_the_difference() -> None:
    authorised(1, 800_00)
    given_to_body(0, 800_00)
    notice = granted(terms(300_00, 200_00))
    assert of_authority() == {"permitted": 300_00, "consumed": 500_00}
    second = changed(notice, 100_00, 200_00)
    assert of_authority() == {"permitted": 500_00, "consumed": 300_00}
    changed(second, 350_00, 250_00, number=2)
    assert of_authority() == {"permitted": 200_00, "consumed": 600_00}
    assert differences() == set()


def test_an_annulled_notice_gives_the_authority_back() -> None:
    authorised(1, 500_00)
    given_to_body(0, 500_00)
    notice = granted(terms(500_00))
    assert of_authority() == {"consumed": 500_00}
    asked = actions.ask_annulment(CLERK, Ask(notice, "falsche Körperschaft"), at=AT)
    actions.annul(THIRD, asked, at=AT)
    assert of_authority() == {"permitted": 500_00}
    assert differences() == set()


def test_an_authority_with_a_part_of_the_bodies_grants_and_annuls_too() -> None:
    """The state's authority goes with the body's notice, though it is of no body."""

    class Partial(Operator):
        perimeter = Perimeter(frozenset({BODY.ags}))

    clerk, deputy, head, third = (
        Partial(f"user:{number}", frozenset({"authority"})) for number in range(301, 305)
    )
    authorised(1, 500_00)
    given_to_body(0, 500_00)
    entry = actions.HandEntry(terms(500_00), "Bescheid auf Papier")
    intake = actions.accept(clerk, actions.begin_by_hand(clerk, entry, at=AT), at=AT)
    intake = actions.confirm(head, actions.note(deputy, intake, note=RESOLUTION, at=AT), at=AT)
    assert of_authority() == {"consumed": 500_00}
    assert intake.agreement
    asked = actions.ask_annulment(clerk, Ask(intake.agreement, "falsch"), at=AT)
    actions.annul(third, asked, at=AT)
    assert of_authority() == {"permitted": 500_00}


def test_consumed_authority_does_not_lapse_with_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    authorised(1, 500_00)
    given_to_body(0, 300_00)
    notice = granted(terms(300_00))
    after = datetime(DUE, 2, 2, 9, 0, tzinfo=UTC)
    budget.close_year(OFFICER, SOUTH, 2026, (), "Jahresabschluss", at=after)
    assert of_authority() == {"consumed": 300_00}
    held = books.account_balances(book=Book.PLANNING, ags=BODY.ags)
    assert [(key.place, cents) for key, cents in held] == [("agreed", 300_00)]
    assert differences() == set()
    monkeypatch.setattr(notices, "AT", after)
    changed(notice, 100_00)  # what is released now has lapsed: its year is over
    assert of_authority() == {"consumed": 100_00}
    assert committed_later() == 100_00
    lapsed = books.account_balances(book=Book.AUTHORISATION, place=Place.LAPSED, due_year=DUE)
    assert sum(cents for _, cents in lapsed) == 400_00


def test_authority_of_several_lines_is_consumed_in_their_order() -> None:
    authorised(1, 100_00)
    second = replace(LINE, budget_line="0806 684 72")
    authorised(1, 300_00, second)
    given_to_body(0, 400_00)
    granted(terms(250_00))
    by_line = {
        key.budget_line: cents
        for key, cents in books.authority(SOUTH, 2026).items()
        if key.place == Place.CONSUMED and cents
    }
    assert by_line == {"0806 684 71": 100_00, "0806 684 72": 150_00}


def test_the_check_finds_what_is_committed_beyond_the_authority_entered_into() -> None:
    authorised(1, 500_00)
    given_to_body(0, 500_00)
    granted(terms(500_00))
    line = next(key for key in books.authority(SOUTH, 2026) if key.place == Place.PERMITTED)
    back = ledger.Posting(
        replace(line, place=Place.CONSUMED), line, 1_00, EntryCode.AUTHORITY, AT.date(), "HH-X"
    )
    ledger.post(OFFICER, [back], at=AT)
    assert differences() == {"desk.consumed"}


def test_the_page_that_asks_before_tells_the_authority_that_is_consumed() -> None:
    authorised(1, 500_00)
    given_to_body(0, 500_00)
    intake = actions.accept(CLERK, begun(terms(300_00, 200_00)), at=AT)
    intake = actions.note(DEPUTY, intake, note=RESOLUTION, at=AT)
    told = effects.confirming(intake, AT.date())
    said = {each.msgid: each.params.get("amounts") for each in told["said"]}
    (amount,) = said[effects.CONSUMED]
    assert amount.params["amount"] == 500_00
    assert [move.cents for move in told["moves"]] == [500_00]
    actions.confirm(HEAD, intake, at=AT)
    assert of_authority() == {"consumed": 500_00}


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), st.lists(st.integers(1, 500), min_size=1, max_size=2)),
        st.tuples(st.just("change"), st.lists(st.integers(0, 500), min_size=2, max_size=2)),
        st.tuples(st.just("annul"), st.just([0])),
    ),
    max_size=6,
)


@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ACTS, st.integers(0, 900))
def test_whatever_is_granted_changed_and_annulled_authority_is_what_is_committed(
    acts: list[tuple[str, list[int]]], money: int
) -> None:
    with override_settings(PROGRAMME=SOUTH), transaction.atomic():
        authorised(money + 1, 1_500)
        given_to_body(money, 1_500)
        granting = list[Agreement]()
        for act, amounts in acts:
            try:
                with transaction.atomic():
                    if act == "grant":
                        granting.append(granted(terms(*amounts)))
                    elif act == "change" and granting:
                        before = granting[-1]
                        several = amounts[: before.agreed.count()]
                        granting[-1] = changed(before, *several, number=before.version)
                    elif act == "annul" and granting and granting[-1].amends is None:
                        asked = actions.ask_annulment(CLERK, Ask(granting[-1], "falsch"), at=AT)
                        actions.annul(THIRD, asked, at=AT)
                        granting.pop()
            except Refused:
                continue
            assert of_authority().get("consumed", 0) == committed_later()
            assert of_authority().get("permitted", 0) == 1_500 - committed_later()
        assert differences() == set()
        assert not list(books.faults())
        transaction.set_rollback(True)
