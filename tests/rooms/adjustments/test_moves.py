"""Unspent money moves by the lawful sequence: waiver, reallocation; and gaps get covered."""

import pytest

from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    decided,
    enact,
    enter_needs,
)
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.core import audit
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.identity.actions import Operator
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Transfer
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db

WAIVER, REALLOCATION, COVER = (
    AdjustmentKind.WAIVER,
    AdjustmentKind.REALLOCATION,
    AdjustmentKind.COVER,
)


def move(
    programme: str, kind: AdjustmentKind, ags: str, cents: int, reason: str = "Bedarf sinkt"
) -> adjustments.Move:
    return adjustments.Move(kind, Fund(programme, YEAR), ags, cents, reason)


def coordinator(ags: str) -> Operator:
    return Operator("user:9", frozenset({"body"}), ags=ags)


def stand(programme: str, ags: str) -> int:
    return programmes.standing(Fund(programme, YEAR)).bodies[ags].total_cents


def free(programme: str) -> int:
    return programmes.standing(Fund(programme, YEAR)).free_cents


def test_waived_money_goes_to_another_body_by_way_of_the_ministry(programme: str) -> None:
    enact(programme, 27 * MILLION)
    decided(programme, 27 * MILLION)
    giving, taking = bodies(programme)[-1].ags, bodies(programme)[-2].ags
    before = stand(programme, giving), stand(programme, taking)
    waiver = adjustments.declare(
        coordinator(giving), move(programme, WAIVER, giving, MILLION // 4), at=AT
    )
    assert (stand(programme, giving), free(programme)) == (before[0], 0)  # declared, not moved
    adjustments.decide(OFFICER, waiver, at=AT)
    assert free(programme) == MILLION // 4
    gives = adjustments.Move(
        REALLOCATION, Fund(programme, YEAR), taking, MILLION // 4, "Mehrbedarf", follows=waiver
    )
    shift = adjustments.declare(OFFICER, gives, at=AT)
    adjustments.decide(HEAD, shift, at=AT)
    after = stand(programme, giving), stand(programme, taking)
    assert after == (before[0] - MILLION // 4, before[1] + MILLION // 4)
    assert free(programme) == 0
    codes = Transfer.objects.filter(case__in=[waiver.file_number, shift.file_number]).values_list(
        "code", flat=True
    )
    assert sorted(codes) == ["reallocation", "waiver"]
    assert list(books.faults()) == []
    assert list(programmes.gaps(programme)) == []
    assert list(audit.verify()) == []


def test_no_body_declares_over_anothers_money_nor_gives_itself_any(programme: str) -> None:
    enact(programme)
    decided(programme)
    own, other = (body.ags for body in bodies(programme)[-2:])
    with pytest.raises(OutOfScope):
        adjustments.declare(coordinator(own), move(programme, WAIVER, other, MILLION), at=AT)
    with pytest.raises(NotAllowed):
        adjustments.declare(coordinator(own), move(programme, REALLOCATION, own, MILLION), at=AT)
    assert not Adjustment.objects.exists()


def test_whoever_declared_does_not_decide(programme: str) -> None:
    enact(programme)
    decided(programme)
    ags = bodies(programme)[-1].ags
    one = adjustments.declare(OFFICER, move(programme, WAIVER, ags, MILLION // 4), at=AT)
    with pytest.raises(NotAllowed, match="zweite Person"):
        adjustments.decide(OFFICER, one, at=AT)
    assert free(programme) == 3 * MILLION


def test_more_than_there_is_cannot_be_waived_nor_given(programme: str) -> None:
    enact(programme)
    decided(programme)
    ags = bodies(programme)[-1].ags
    for kind, cents in ((WAIVER, stand(programme, ags) + 1), (REALLOCATION, 3 * MILLION + 1)):
        with pytest.raises(Refused, match="bewegt werden sollen"):
            adjustments.declare(OFFICER, move(programme, kind, ags, cents), at=AT)


def test_what_was_there_when_declared_may_be_gone_when_decided(programme: str) -> None:
    enact(programme)
    decided(programme)
    ags = bodies(programme)[-1].ags
    both = [
        adjustments.declare(OFFICER, move(programme, REALLOCATION, ags, 2 * MILLION), at=AT)
        for _ in range(2)
    ]
    adjustments.decide(HEAD, both[0], at=AT)
    with pytest.raises(Refused, match="bewegt werden sollen"):
        adjustments.decide(HEAD, both[1], at=AT)
    assert free(programme) == MILLION


def test_a_rejected_move_moves_nothing_and_is_over(programme: str) -> None:
    enact(programme)
    decided(programme)
    ags = bodies(programme)[-1].ags
    one = adjustments.declare(OFFICER, move(programme, REALLOCATION, ags, MILLION), at=AT)
    one = adjustments.reject(HEAD, one, note="So nicht", at=AT)
    with pytest.raises(Refused, match="nicht möglich"):
        adjustments.decide(HEAD, one, at=AT)
    assert free(programme) == 3 * MILLION


def test_a_move_without_reason_amount_or_body_is_refused(programme: str) -> None:
    with pytest.raises(Refused) as refused:
        adjustments.declare(OFFICER, move(programme, WAIVER, "00000", 0, " "), at=AT)
    assert {one.rule for one in refused.value.refusals} == {
        "adjustments.no_reason",
        "programme.amount_not_positive",
        "programme.no_such_body",
    }


def test_what_a_cut_left_uncovered_is_covered_by_free_money_and_never_by_what_was_agreed(
    programme: str,
) -> None:
    enact(programme, 27 * MILLION)
    data = enter_needs(programme)
    before = decided(programme, 27 * MILLION, data=data).result
    ags = bodies(programme)[-1].ags
    agreed = ledger.Agreed(programme, YEAR, ags, before[ags], AT.date(), "ZV-2026-0001")
    ledger.record_agreed(OFFICER, agreed, at=AT)
    after = decided(programme, 20 * MILLION, data=data).result
    gap = before[ags] - after[ags]
    with pytest.raises(Refused):
        adjustments.declare(OFFICER, move(programme, COVER, ags, gap + 1), at=AT)
    free = programmes.standing(Fund(programme, YEAR)).free_cents
    one = adjustments.declare(OFFICER, move(programme, COVER, ags, gap), at=AT)
    adjustments.decide(HEAD, one, at=AT)
    now = programmes.standing(Fund(programme, YEAR))
    assert (now.of(ags).agreed_cents, now.of(ags).uncovered_cents) == (before[ags], 0)
    assert now.free_cents == free - gap
    assert programmes.uncovered(programme, YEAR) == []
