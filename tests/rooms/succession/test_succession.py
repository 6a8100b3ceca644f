"""A succession is declared by one and decided by another; the money passes on to the cent."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    decided,
    enact,
    put_forward,
    scenario,
)
from tests.rooms.succession.undivided import (
    AGREED_CENTS,
    DECIDED_ON,
    agree,
    carried_out,
    concluded_cents,
    declared,
    leaving,
    share_out,
    split,
    undivided_needs,
)
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.actions import Move
from zielwerk.allocation import actions as allocation
from zielwerk.core import audit
from zielwerk.core.permissions import NotAllowed
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund, Holding
from zielwerk.rulebook.refusal import Refused
from zielwerk.succession import actions, queries
from zielwerk.succession.models import Passage, SuccessionAct

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def standing(programme: str) -> dict[str, Holding]:
    return dict(programmes.standing(Fund(programme, YEAR)).bodies)


def rules_of(refused: Any) -> set[str]:
    return {one.rule for one in refused.value.refusals}


def books_agree(programme: str) -> bool:
    return not list(books.faults()) and not queries.off_the_books(programme)


def test_who_is_not_counted_apart_does_not_share_until_it_was_carried_out(programme: str) -> None:
    _old, new = leaving(programme)
    share_out(programme)
    assert new not in standing(programme)
    carried_out(programme)
    assert standing(programme)[new].total_cents > 0
    data = undivided_needs(programme)
    case = scenario(programme, data=data)
    with pytest.raises(Refused) as refused:  # it shares now: without figures nothing is computed
        allocation.propose(OFFICER, case, at=AT)
    assert rules_of(refused) == {"allocation.unknown_indicator"}


def test_what_the_predecessor_holds_passes_on_by_the_stated_shares(programme: str) -> None:
    old, new = leaving(programme)
    share_out(programme)
    before = standing(programme)
    act = carried_out(programme)
    after = standing(programme)
    assert after[old].total_cents + after[new].total_cents == before[old].total_cents
    assert after[new].agreed_cents == AGREED_CENTS * 315 // 1000 + 1 == 3_888_89
    assert {ags: held for ags, held in after.items() if ags not in (old, new)} == {
        ags: held for ags, held in before.items() if ags != old
    }
    assert (act.state, act.file_number) == ("completed", f"RN-{YEAR}-0001")
    assert books_agree(programme)
    assert not list(audit.verify())


def test_agreed_in_the_books_is_what_was_agreed_and_what_came_by_succession(
    programme: str,
) -> None:
    old, new = leaving(programme)
    share_out(programme)
    carried_out(programme)
    agree(programme, new, 1_000_00)
    net = queries.got(programme, YEAR)
    for ags in (old, new):
        concluded = concluded_cents(programme, YEAR, ags)
        assert books.agreed_cents(programme, YEAR, ags) == concluded + net[ags][Place.AGREED]
    assert net[old][Place.AGREED] == -net[new][Place.AGREED] < 0
    on_day = queries.got_on(programme, new)
    assert on_day[date(2026, 4, 1), Fund(programme, YEAR), Place.AGREED] == 3_888_89


def test_four_eyes_and_a_way_back(programme: str) -> None:
    share_out(programme)
    before = standing(programme)
    act = declared(programme)
    with pytest.raises(NotAllowed):
        actions.decide(OFFICER, act, at=AT)
    with pytest.raises(NotAllowed):
        actions.reject(OFFICER, act, note="So nicht", at=AT)
    assert actions.discard(OFFICER, act, at=AT).state == "discarded"
    assert actions.reject(HEAD, declared(programme), note="So nicht", at=AT).state == "rejected"
    assert standing(programme) == before
    assert carried_out(programme).state == "completed"


def test_one_open_or_decided_act_for_a_year(programme: str) -> None:
    share_out(programme)
    act = declared(programme)
    with pytest.raises(Refused) as refused:
        declared(programme)
    assert rules_of(refused) == {"succession.open_already"}
    actions.decide(HEAD, act, at=DECIDED_ON)
    with pytest.raises(Refused) as refused:
        declared(programme)
    assert "succession.done_already" in rules_of(refused)


def test_the_database_holds_one_open_act(programme: str) -> None:
    share_out(programme)
    act = declared(programme)
    act.pk, act.file_number = None, "RN-2026-0099"
    with pytest.raises(DatabaseError), transaction.atomic():
        act.save(force_insert=True)
    assert SuccessionAct.objects.count() == 1


def test_the_second_person_decides_what_was_declared(programme: str) -> None:
    old, _ = leaving(programme)
    share_out(programme)
    act = declared(programme)
    waiver = Move(AdjustmentKind.WAIVER, Fund(programme, YEAR), old, 100_00, "Ein Kurs entfällt")
    adjustments.decide(HEAD, adjustments.declare(OFFICER, waiver, at=AT), at=AT)
    with pytest.raises(Refused) as refused:
        actions.decide(HEAD, act, at=AT)
    assert rules_of(refused) == {"succession.changed"}
    assert not Passage.objects.exists()
    actions.discard(OFFICER, act, at=AT)
    carried_out(programme)
    assert books_agree(programme)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"reason": " "}, "succession.no_reason"),
        ({"years": []}, "succession.no_years"),
        ({"shares": {"99999": "1"}}, "succession.other_shares"),
        ({"years": [YEAR - 1]}, "succession.nothing_passes"),
    ],
)
def test_what_cannot_be_declared(programme: str, changes: dict[str, Any], rule: str) -> None:
    share_out(programme)
    with pytest.raises(Refused) as refused:
        declared(programme, **changes)
    assert rule in rules_of(refused)


def test_what_waits_is_what_a_predecessor_still_holds(programme: str) -> None:
    succession = split(programme)
    assert [each.years for each in queries.pending(programme, TODAY)] == [()]
    share_out(programme)
    assert queries.pending(programme, date(2025, 12, 31)) == ()
    (waiting,) = queries.pending(programme, TODAY)
    assert (waiting.succession, waiting.years) == (succession, (YEAR,))
    carried_out(programme)
    assert [each.years for each in queries.pending(programme, TODAY)] == [()]


def test_who_was_given_its_own_needs_nothing_to_pass(programme: str) -> None:
    """Counted apart, both share from the first day on; what passes then is somebody's choice."""
    enact(programme)
    decided(programme)
    (waiting,) = queries.pending(programme, TODAY)
    assert (waiting.years, waiting.others) == ((), (YEAR,))
    assert carried_out(programme).state == "completed"
    assert books_agree(programme)


def test_the_records_cannot_be_changed(programme: str) -> None:
    share_out(programme)
    carried_out(programme)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Passage.objects.update(cents=1)


def test_what_passed_is_booked_under_its_own_name_and_not_reversed(programme: str) -> None:
    share_out(programme)
    act = carried_out(programme)
    booked = Transfer.objects.filter(case=act.file_number)
    assert set(booked.values_list("code", flat=True)) == {"succession"}
    assert booked.count() == Passage.objects.filter(act=act).count()


def test_records_and_books_agree_whatever_follows(programme: str) -> None:
    """Allocate, record, waive, succeed, give anew, decide anew: nothing is doubled or lost."""
    old, new = leaving(programme)
    fund = Fund(programme, YEAR)
    share_out(programme)
    carried_out(programme)
    for ags in (old, new):
        waiver = Move(AdjustmentKind.WAIVER, fund, ags, 100_00, "Ein Kurs entfällt")
        adjustments.decide(HEAD, adjustments.declare(OFFICER, waiver, at=AT), at=AT)
    given = Move(AdjustmentKind.REALLOCATION, fund, new, 50_00, "Mehrbedarf")
    adjustments.decide(HEAD, adjustments.declare(OFFICER, given, at=AT), at=AT)
    allocation.decide(HEAD, put_forward(scenario(programme, 26 * MILLION)), at=AT)
    shared = standing(programme)
    assert sum(held.total_cents for held in shared.values()) == 26 * MILLION
    assert set(shared) == {body.ags for body in bodies(programme)}
    assert books_agree(programme)
    assert list(programmes.gaps(programme)) == []


def test_whoever_shares_can_have_an_agreement_recorded_and_is_on_lists(programme: str) -> None:
    for year in packs.years(programme):
        in_year = {body.ags for body in packs.bodies_in(programme, year)}
        for counted in ((), in_year):
            assert set(queries.sharing(programme, year, counted)) <= in_year
