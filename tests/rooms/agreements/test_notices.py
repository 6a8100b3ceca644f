"""A notice of one side, after a resolution, for measures, as often as a body needs one."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.agreements.notices import (
    AT,
    BODY,
    CHIEF,
    CLERK,
    DEPUTY,
    FUND,
    HEAD,
    OFFICER,
    RESOLUTION,
    SOUTH,
    allocate,
    begun,
    changed,
    granted,
    resolved,
    terms,
)
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.actions import Move
from zielwerk.agreements import actions, queries
from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.core import audit, cases
from zielwerk.core.permissions import NotAllowed
from zielwerk.ledger import actions as books
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, EntryCode, Place, Transfer
from zielwerk.programme import queries as programmes
from zielwerk.publication import letters
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def south(settings: object) -> None:
    settings.PROGRAMME = SOUTH  # type: ignore[attr-defined]


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def at(place: Place, book: Book = Book.PLANNING) -> Counter[str]:
    """What is at a place, in cents by the measure that holds it."""
    found = Counter[str]()
    for key, cents in ledger.account_balances(book=book, place=place, ags=BODY.ags):
        found[key.measure] += cents
    return +found


def test_a_notice_is_granted_by_the_authority_measure_by_measure_and_committed() -> None:
    allocate(1_000_00)
    notice = granted(terms(300_00, 200_00))
    assert (notice.file_number, notice.ordinal) == ("ZB-2026-0001", 1)
    expected = {"ZB-2026-0001/1": 300_00, "ZB-2026-0001/2": 200_00}
    assert at(Place.AGREED) == at(Place.COMMITTED, Book.COMMITMENT) == expected
    assert at(Place.ALLOCATED) == {"": 500_00}
    days = set(Transfer.objects.filter(case="ZB-2026-0001").values_list("value_date", flat=True))
    assert [day.isoformat() for day in days] == ["2026-02-20"]
    assert programmes.standing(FUND).of(BODY.ags).agreed_cents == 500_00
    assert not list(ledger.faults())
    assert not list(audit.verify())


def test_every_stage_is_in_the_trail_with_its_person_and_the_resolution() -> None:
    allocate(500_00)
    intake = actions.confirm(HEAD, resolved(terms(500_00)), at=AT)
    assert intake.state == "granted"
    assert [taken["stage"] for taken in intake.trail] == ["examine", "resolve", "grant"]
    assert [taken["note"] for taken in intake.trail] == ["", RESOLUTION, ""]
    people = [CLERK, DEPUTY, HEAD]
    assert [taken["by"] for taken in intake.trail] == [one.audit_name for one in people]


def test_the_ministry_records_no_notice_of_the_authority() -> None:
    allocate(1_00)
    intake = resolved(terms(1_00))
    with pytest.raises(NotAllowed):
        actions.confirm(OFFICER, intake, at=AT)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("earlier", [CLERK, DEPUTY])
def test_nobody_grants_who_took_an_earlier_stage(earlier: object) -> None:
    allocate(5_00)
    intake = resolved(terms(5_00))
    with pytest.raises(NotAllowed):
        actions.confirm(earlier, intake, at=AT)  # type: ignore[arg-type]
    assert not Agreement.objects.exists()


def test_the_database_itself_keeps_the_first_person_from_granting() -> None:
    intake = resolved(terms(5_00))
    with pytest.raises(IntegrityError), transaction.atomic():
        Intake.objects.filter(pk=intake.pk).update(confirmed_by=CLERK.audit_name)


def test_the_resolution_is_not_noted_without_a_word() -> None:
    intake = actions.accept(CLERK, begun(terms(1_00)), at=AT)
    with pytest.raises(Refused) as refused:
        actions.note(DEPUTY, intake, note="  ", at=AT)
    assert rules(refused) == ["cases.no_note"]
    with pytest.raises(Refused) as refused:  # and nothing is granted before it is
        actions.confirm(HEAD, intake, at=AT)
    assert rules(refused) == ["lifecycle.not_in_this_state"]


def test_no_more_is_granted_than_is_allocated() -> None:
    allocate(499_99)
    with pytest.raises(Refused) as refused:
        granted(terms(300_00, 200_00))
    assert rules(refused) == ["agreements.not_allocated"]
    assert not Transfer.objects.filter(target__place=Place.COMMITTED).exists()


def test_measures_that_do_not_make_up_the_total_are_told_with_both_figures() -> None:
    with pytest.raises(Refused) as refused:
        actions.accept(CLERK, begun(terms(300_00, 200_00, total=600_00)), at=AT)
    (refusal,) = refused.value.refusals
    assert refusal.rule == "agreements.measure_sum"
    assert refusal.params == {"sum": 500_00, "total": 600_00}


def test_a_body_has_as_many_notices_as_it_needs_each_at_its_own_address() -> None:
    allocate(600_00)
    notices = [granted(terms(cents)) for cents in (100_00, 200_00, 300_00)]
    assert [one.ordinal for one in notices] == [1, 2, 3]
    assert [queries.agreement(OFFICER, *one.address) for one in notices] == notices
    assert sum(at(Place.AGREED).values()) == 600_00
    assert list(queries.others(notices[1])) == [notices[0], notices[2]]


def test_the_same_paper_twice_is_told_and_a_text_finds_the_notice_that_it_belongs_to() -> None:
    allocate(600_00)
    first, second = granted(terms(100_00)), granted(terms(200_00, 50_00))
    again = begun(terms(200_00, 50_00))
    assert queries.alike(again) == [second]
    assert queries.alike(begun(terms(250_00))) == []
    kept = actions.keep(CLERK, again, at=AT)
    assert kept.agreement == second != first


def test_what_is_granted_is_the_rules_of_the_day_on_which_it_was_examined() -> None:
    allocate(5_00)
    intake = resolved(terms(5_00))
    assert intake.rule_version
    given_back = actions.send_back(DEPUTY, intake, note="Bitte prüfen", at=AT)
    assert (given_back.rule_version, given_back.trail) == ("", [])


def waived(cents: int) -> None:
    move = Move(AdjustmentKind.WAIVER, FUND, BODY.ags, cents, "Kurs entfällt")
    adjustments.decide(CHIEF, adjustments.declare(OFFICER, move, at=AT), at=AT)


def test_a_changed_notice_moves_money_between_its_measures_and_releases_the_commitment() -> None:
    allocate(400_00)
    notice = granted(terms(300_00, 100_00))
    changed(notice, 199_99, 150_00)
    left = {"ZB-2026-0001/1": 199_99, "ZB-2026-0001/2": 150_00}
    assert at(Place.AGREED) == at(Place.COMMITTED, Book.COMMITMENT) == left
    assert at(Place.ALLOCATED) == {"": 50_01}
    waived(50_01)
    assert programmes.standing(FUND).free_cents == 50_01


def test_file_numbers_of_changes_begin_as_the_programme_says() -> None:
    allocate(1_00)
    move = Move(AdjustmentKind.WAIVER, FUND, BODY.ags, 1_00, "Kurs entfällt")
    assert adjustments.declare(OFFICER, move, at=AT).file_number == "UM-2026-0001"


def test_the_public_record_says_what_a_notice_says() -> None:
    allocate(400_00)
    notice = granted(terms(300_00, 100_00, own_share=80_00))
    data = letters.public_data(notice)
    assert data["granted"]
    assert (data["amount_cents"], data["own_share_cents"]) == (400_00, 80_00)
    assert [measure["amount_cents"] for measure in data["measures"]] == [300_00, 100_00]
    assert [signature["party"] for signature in data["signatures"]] == ["authority"]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), st.lists(st.integers(1, 500), min_size=1, max_size=3)),
        st.tuples(st.just("change"), st.lists(st.integers(0, 500), min_size=3, max_size=3)),
        st.tuples(st.just("waive"), st.integers(1, 900)),
        st.tuples(st.just("allocate"), st.integers(1, 900)),
    ),
    max_size=6,
)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ACTS)
def test_books_and_records_agree_whatever_is_granted_changed_and_waived(
    acts: list[tuple[str, Any]],
) -> None:
    with override_settings(PROGRAMME=SOUTH), transaction.atomic():
        allocated, notices = 0, list[Agreement]()
        for act, given_ in acts:
            if act == "allocate":
                allocate(given_)
                allocated += given_
            elif act == "grant" and sum(given_) <= allocated:
                notices.append(granted(terms(*given_)))
                allocated -= sum(given_)
            elif act == "change" and notices:
                before = notices.pop(0)
                amounts = given_[: before.agreed.count()]
                if sum(amounts) - before.amount_cents <= allocated:
                    after = changed(before, *amounts, number=before.version)
                    allocated -= after.amount_cents - before.amount_cents
                    before = after
                notices.append(before)
            elif act == "waive" and given_ <= allocated:
                waived(given_)
                allocated -= given_
        assert sum(at(Place.ALLOCATED).values()) == allocated
        named = sum(notice.amount_cents for notice in notices)
        assert sum(at(Place.AGREED).values()) == named
        assert at(Place.AGREED) == at(Place.COMMITTED, Book.COMMITMENT)
        assert sum(one.amount_cents for one in recorded.standing()) == named
        differ = {each.rule for each in ledger.disagreements(SOUTH)}
        assert not differ & {"desk.agreed", "desk.granted"}
        assert not list(ledger.faults())
        transaction.set_rollback(True)


def test_two_notices_begun_on_one_day_are_twins_only_where_they_promise_the_same() -> None:
    first, other, again = begun(terms(100_00)), begun(terms(200_00)), begun(terms(100_00))
    assert list(cases.twins(first)) == [again]
    assert list(cases.twins(other)) == []


def test_the_proof_of_the_books_finds_what_is_committed_without_a_grant() -> None:
    allocate(100_00)
    granted(terms(100_00))
    (committed,) = ledger.committed(SOUTH, FUND.year, BODY.ags)
    outside = replace(committed, place=Place.OUTSIDE)
    more = books.Posting(outside, committed, 1_00, EntryCode.AGREEMENT, AT.date(), "ZB-X")
    with pytest.raises(Refused) as refused:
        books.post(OFFICER, [more], at=AT)
    assert rules(refused) == ["ledger.committed"]
    past_the_verbs(more)
    assert [fault.rule for fault in ledger.faults()] == ["ledger.commitment"]


def past_the_verbs(posting: books.Posting) -> None:
    """Book as somebody would who writes into the database herself."""
    accounts = ledger.accounts([posting.source, posting.target])
    Transfer.objects.create(
        source=accounts[posting.source],
        target=accounts[posting.target],
        amount_cents=posting.amount_cents,
        code=posting.code,
        value_date=posting.value_date,
        recorded_at=AT,
        recorded_on=AT.date(),
        case=posting.case,
        actor="nobody",
    )
