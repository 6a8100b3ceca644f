"""Money is never given twice, and never without cover."""

from datetime import date

import pytest

from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    by_hand,
    decided,
    enact,
    enter_needs,
    put_forward,
    scenario,
)
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.allocation import actions as allocation
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Entry, Line
from zielwerk.core import audit
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db

WAIVER, REALLOCATION = AdjustmentKind.WAIVER, AdjustmentKind.REALLOCATION
BEFORE_THE_BOOKS = 1_600_100_00


def entry(programme: str, cents: int, **changes: str) -> Entry:
    given = {"source": packs.load(programme, YEAR).money_sources[0].code, **changes}
    line = Line(programme, YEAR, "0806 684 71", **given)
    return Entry(line, cents, date(YEAR, 2, 1), "Nachtragshaushalt")


def block(programme: str, cents: int) -> None:
    budget.block(OFFICER, entry(programme, cents), at=AT)


def move(
    programme: str, kind: AdjustmentKind, ags: str, cents: int, follows: Adjustment | None = None
) -> adjustments.Move:
    return adjustments.Move(kind, Fund(programme, YEAR), ags, cents, "Bedarf", follows)


def moved(one: adjustments.Move) -> Adjustment:
    return adjustments.decide(HEAD, adjustments.declare(OFFICER, one, at=AT), at=AT)


def agree(programme: str, ags: str, cents: int) -> None:
    ledger.record_agreed(OFFICER, agreement(programme, ags, cents), at=AT)


def agreement(programme: str, ags: str, cents: int) -> ledger.Agreed:
    return ledger.Agreed(programme, YEAR, ags, cents, AT.date(), "ZV-2026-0001")


def agree_anew(programme: str, ags: str, before: int, after: int) -> None:
    then, now = (agreement(programme, ags, cents) for cents in (before, after))
    ledger.record_changed(OFFICER, ledger.Changed(then, now), at=AT)


def given_to_bodies(programme: str) -> int:
    return sum(
        one.total_cents for one in programmes.standing(Fund(programme, YEAR)).bodies.values()
    )


def frame(programme: str) -> int:
    return programmes.frame_cents(Fund(programme, YEAR))


def free(programme: str) -> int:
    return programmes.standing(Fund(programme, YEAR)).free_cents


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.rule for one in refused.value.refusals}


def books_agree(programme: str) -> bool:
    """Agreements are booked here without their records, so that of those nothing is said."""
    differ = [each for each in books.disagreements(programme) if each.rule != "desk.agreed"]
    return differ == [] and list(books.faults()) == []


def test_while_the_state_lacks_money_what_a_body_waives_goes_to_no_other(programme: str) -> None:
    enact(programme)
    decided(programme, 27 * MILLION)
    block(programme, 5 * MILLION)
    giving, taking = bodies(programme)[-1].ags, bodies(programme)[0].ags
    moved(move(programme, WAIVER, giving, MILLION))
    with pytest.raises(Refused) as refused:
        moved(move(programme, REALLOCATION, taking, MILLION))
    assert rules_of(refused) == {"adjustments.exceeds"}
    assert given_to_bodies(programme) == 26 * MILLION
    assert books_agree(programme)


def test_a_supplement_that_only_closes_the_gap_is_not_given_away(programme: str) -> None:
    enact(programme)
    decided(programme, 27 * MILLION)
    block(programme, 5 * MILLION)
    budget.supplement(OFFICER, entry(programme, 2 * MILLION), at=AT)
    assert given_to_bodies(programme) == frame(programme) == 27 * MILLION
    with pytest.raises(Refused) as refused:
        moved(move(programme, REALLOCATION, bodies(programme)[0].ags, 1))
    assert rules_of(refused) == {"adjustments.exceeds"}


def test_a_cut_of_the_bodies_is_recorded_even_if_it_does_not_close_the_whole_gap(
    programme: str,
) -> None:
    enact(programme)
    data = enter_needs(programme)
    decided(programme, 27 * MILLION, data=data)
    block(programme, 6 * MILLION)
    by_key = programmes.standing(Fund(programme, YEAR)).bodies
    hand = {ags: one.total_cents for ags, one in by_key.items()}
    hand[bodies(programme)[-1].ags] -= MILLION
    overrides = by_hand(**{f"b{ags}": cents for ags, cents in hand.items()})
    decided(programme, 26 * MILLION, data=data, overrides=overrides)
    assert given_to_bodies(programme) == 26 * MILLION
    assert [cents for _, cents in programmes.uncovered(programme, YEAR)] == [-2 * MILLION]
    assert books_agree(programme)


def test_a_decision_does_not_undo_a_waiver_made_after_it_was_put_forward(programme: str) -> None:
    enact(programme)
    data = enter_needs(programme)
    decided(programme, 26 * MILLION, data=data)
    pending = put_forward(scenario(programme, 27 * MILLION, data=data))
    ags = bodies(programme)[-1].ags
    moved(move(programme, WAIVER, ags, MILLION))
    waived = programmes.standing(Fund(programme, YEAR)).bodies[ags].total_cents
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, pending, at=AT)
    assert rules_of(refused) == {"allocation.basis_changed"}
    assert programmes.standing(Fund(programme, YEAR)).bodies[ags].total_cents == waived


def test_money_taken_from_an_agreement_pays_nobody_else_while_the_agreement_stands(
    programme: str,
) -> None:
    enact(programme, 27 * MILLION)
    data = enter_needs(programme)
    before = decided(programme, 27 * MILLION, data=data).result
    for ags, cents in before.items():
        agree(programme, ags, cents)
    losing, winning = bodies(programme)[-1].ags, bodies(programme)[0].ags
    hand = {**before, losing: before[losing] - MILLION, winning: before[winning] + MILLION}
    overrides = by_hand(**{f"b{ags}": cents for ags, cents in hand.items()})
    with pytest.raises(Refused) as refused:
        decided(programme, 27 * MILLION, data=data, overrides=overrides)
    assert rules_of(refused) == {"allocation.not_covered"}
    stands = programmes.standing(Fund(programme, YEAR)).bodies
    assert sum(one.agreed_cents for one in stands.values()) == frame(programme)


def test_what_was_agreed_before_the_budget_was_entered_counts_once(programme: str) -> None:
    ags = bodies(programme)[0].ags
    agree(programme, ags, BEFORE_THE_BOOKS)
    enact(programme, 27 * MILLION)
    decided(programme, 27 * MILLION, overrides=by_hand(**{f"b{ags}": BEFORE_THE_BOOKS}))
    assert given_to_bodies(programme) == 27 * MILLION
    assert free(programme) == 0
    assert programmes.standing(Fund(programme, YEAR)).opened_cents == 0
    assert books_agree(programme)
    with pytest.raises(Refused) as refused:
        moved(move(programme, REALLOCATION, bodies(programme)[1].ags, 1))
    assert rules_of(refused) == {"adjustments.exceeds"}


def test_waiving_what_came_before_the_books_frees_money_that_no_budget_gave(
    programme: str,
) -> None:
    ags = bodies(programme)[0].ags
    agree(programme, ags, BEFORE_THE_BOOKS)
    agree_anew(programme, ags, BEFORE_THE_BOOKS, 0)
    moved(move(programme, WAIVER, ags, BEFORE_THE_BOOKS))
    assert (frame(programme), free(programme), given_to_bodies(programme)) == (0, 0, 0)
    assert books_agree(programme)


def test_money_of_a_body_that_the_year_does_not_have_is_settled_before_anything_is_shared_out(
    programme: str,
) -> None:
    enact(programme)
    agree(programme, "06999", 2 * MILLION)
    one = scenario(programme, 27 * MILLION)
    with pytest.raises(Refused) as refused:
        allocation.propose(OFFICER, one, at=AT)
    assert rules_of(refused) == {"allocation.money_elsewhere"}
    agree_anew(programme, "06999", 2 * MILLION, 0)
    moved(move(programme, WAIVER, "06999", 2 * MILLION))
    allocation.decide(HEAD, put_forward(one), at=AT)
    assert given_to_bodies(programme) == 27 * MILLION
    assert books_agree(programme)


def test_nothing_is_given_to_a_body_before_the_year_in_which_it_begins(programme: str) -> None:
    last = YEAR - 1
    enact(programme, year=last)
    there = {one.ags for one in bodies(programme, last)}
    (newcomer,) = (one.ags for one in bodies(programme) if one.ags not in there)
    early = adjustments.Move(REALLOCATION, Fund(programme, last), newcomer, MILLION, "Bedarf")
    with pytest.raises(Refused) as refused:
        adjustments.declare(OFFICER, early, at=AT)
    assert rules_of(refused) == {"programme.no_such_body"}


def test_a_rejected_waiver_is_followed_by_nothing(programme: str) -> None:
    enact(programme)
    decided(programme)
    giving, taking = bodies(programme)[-1].ags, bodies(programme)[0].ags
    waiver = adjustments.declare(OFFICER, move(programme, WAIVER, giving, MILLION), at=AT)
    for one in (
        waiver,
        adjustments.reject(HEAD, waiver, note="So nicht", at=AT),
    ):  # neither before nor after
        with pytest.raises(Refused) as refused:
            adjustments.declare(OFFICER, move(programme, REALLOCATION, taking, 1, one), at=AT)
        assert rules_of(refused) == {"adjustments.follows_other"}


def test_no_more_follows_a_waiver_than_it_gave_not_even_in_parts(programme: str) -> None:
    enact(programme)
    decided(programme)
    giving, taking = bodies(programme)[-1].ags, bodies(programme)[0].ags
    waiver = moved(move(programme, WAIVER, giving, 100))
    moved(move(programme, REALLOCATION, taking, 60, waiver))
    with pytest.raises(Refused) as refused:
        adjustments.declare(OFFICER, move(programme, REALLOCATION, taking, 41, waiver), at=AT)
    assert rules_of(refused) == {"adjustments.follows_other"}
    moved(move(programme, REALLOCATION, taking, 40, waiver))
    assert list(audit.verify()) == []


def test_a_draft_for_a_purpose_is_shared_out_under_reservation_though_general_money_is_in_force(
    programme: str,
) -> None:
    enact(programme)
    purpose = packs.load(programme, YEAR).earmarks[0]
    foreseen = entry(programme, MILLION, earmark=purpose.code, source=purpose.money_sources[0])
    budget.estimate(OFFICER, foreseen, at=AT)
    one = put_forward(scenario(programme, 27 * MILLION, earmark=purpose.code))
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, one, at=AT)
    assert rules_of(refused) == {"allocation.budget_reservation"}


def test_a_purpose_is_paid_from_the_sources_its_rules_name(programme: str) -> None:
    rules = packs.load(programme, YEAR)
    for purpose in rules.earmarks:
        others = {one.code for one in rules.money_sources} - set(purpose.money_sources)
        for source in others:
            odd = entry(programme, MILLION, earmark=purpose.code, source=source)
            with pytest.raises(Refused) as refused:
                budget.enact(OFFICER, odd, at=AT)
            assert rules_of(refused) == {"budget.source_of_purpose"}
    assert programmes.frames(programme) == {}


def test_where_all_is_set_by_hand_for_some_the_others_do_not_go_out_with_nothing_unsaid(
    programme: str,
) -> None:
    enact(programme)
    first, second = (one.ags for one in bodies(programme)[:2])
    hand = by_hand(**{f"b{first}": MILLION, f"b{second}": MILLION})
    one = scenario(programme, 2 * MILLION, overrides=hand)
    with pytest.raises(Refused) as refused:
        allocation.propose(OFFICER, one, at=AT)
    assert rules_of(refused) == {"allocation.override_takes_all"}
