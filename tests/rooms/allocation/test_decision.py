"""Sharing out the money: two persons, one transaction, every body by the same key."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

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
    draft,
    enact,
    enter_needs,
    key,
    put_forward,
    scenario,
)
from zielwerk.adjustments import actions as adjustments
from zielwerk.allocation import actions as allocation
from zielwerk.allocation import queries as allocation_queries
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.budget import actions as budget
from zielwerk.config.cli import main
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import NotAllowed
from zielwerk.identity.actions import Operator
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, EntryCode, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.models import RuleVersion
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db


def stands(programme: str, year: int = YEAR) -> dict[str, int]:
    found = programmes.standing(Fund(programme, year)).bodies
    return {ags: one.total_cents for ags, one in found.items() if one.total_cents}


def agree(programme: str, ags: str, cents: int) -> None:
    agreed = ledger.Agreed(programme, YEAR, ags, cents, AT.date(), "ZV-2026-0001")
    ledger.record_agreed(OFFICER, agreed, at=AT)


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.rule for one in refused.value.refusals}


def test_a_decision_gives_every_body_its_amount_at_once(programme: str) -> None:
    enact(programme)
    one = decided(programme, 27 * MILLION)
    assert stands(programme) == one.result
    assert set(one.result) == {body.ags for body in bodies(programme)}
    assert sum(one.result.values()) == 27 * MILLION
    assert programmes.standing(Fund(programme, YEAR)).free_cents == 3 * MILLION
    assert {moved.case for moved in Transfer.objects.filter(code="allocation")} == {one.file_number}
    assert list(books.faults()) == []
    assert list(programmes.gaps(programme)) == []
    assert list(audit.verify()) == []


def test_one_decision_is_one_audit_entry(programme: str) -> None:
    enact(programme)
    one = put_forward(scenario(programme))
    before = AuditEntry.objects.count()
    allocation.decide(HEAD, one, at=AT)
    assert AuditEntry.objects.count() == before + 1


def test_whoever_put_it_forward_cannot_decide_it(programme: str) -> None:
    enact(programme)
    one = put_forward(scenario(programme))
    with pytest.raises(NotAllowed, match="zweite Person"):
        allocation.decide(OFFICER, one, at=AT)
    assert stands(programme) == {}


def test_without_a_budget_in_force_nothing_is_decided(programme: str) -> None:
    one = put_forward(scenario(programme))
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, one, at=AT)
    assert rules_of(refused) == {"allocation.budget_reservation"}


def test_not_more_than_the_budget_gives(programme: str) -> None:
    enact(programme, 20 * MILLION)
    one = put_forward(scenario(programme, 27 * MILLION))
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, one, at=AT)
    assert rules_of(refused) == {"allocation.not_covered"}
    assert stands(programme) == {}


def test_money_for_a_purpose_is_not_money_for_everything(programme: str) -> None:
    purpose = packs.load(programme, YEAR).earmarks[0].code
    enact(programme, 30 * MILLION, earmark=purpose)
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, put_forward(scenario(programme)), at=AT)
    assert rules_of(refused) == {"allocation.budget_reservation"}
    one = decided(programme, 27 * MILLION, earmark=purpose)
    assert programmes.standing(Fund(programme, YEAR, purpose)).free_cents == 3 * MILLION
    assert one.earmark == purpose


def test_the_programme_says_who_must_be_heard(programme: str) -> None:
    enact(programme)
    one = allocation.propose(OFFICER, scenario(programme), at=AT)
    heard = any(
        stage.code == "consult" for stage in packs.load(programme, YEAR).procedure("allocation")
    )
    if heard:
        with pytest.raises(Refused) as refused:
            allocation.decide(HEAD, one, at=AT)
        assert rules_of(refused) == {"lifecycle.not_in_this_state"}
        one = allocation.consult(OFFICER, one, note="keine Einwände", at=AT)
    assert allocation.decide(HEAD, one, at=AT).state == "allocated"


def test_both_ways_to_a_decision_occur() -> None:
    """Otherwise the test above would pass on one way alone."""
    found = {
        tuple(stage.code for stage in packs.load(code, YEAR).procedure("allocation"))
        for code in ("aqb_hessen", "lotsenfonds_nordmark")
    }
    assert found == {("propose", "decide"), ("propose", "consult", "decide")}


def test_whoever_decides_decides_what_she_saw(programme: str) -> None:
    enact(programme)
    one = put_forward(scenario(programme))
    seen = Scenario.objects.get(pk=one.pk)
    sent_back = allocation.send_back(HEAD, one, note="Bitte prüfen", at=AT)
    allocation.keep(
        OFFICER,
        sent_back,
        replace(draft(programme, one.data, 26 * MILLION), revision=sent_back.revision),
        at=AT,
    )
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, seen, at=AT)
    assert rules_of(refused) == {"cases.changed_meanwhile"}


def test_a_scenario_changed_past_the_chain_is_not_decided(programme: str) -> None:
    enact(programme)
    one = put_forward(scenario(programme))
    Scenario.objects.filter(pk=one.pk).update(total_cents=1 * MILLION)
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, one, at=AT)
    assert rules_of(refused) == {"cases.tampered"}


def test_an_amount_set_by_hand_stays_visible_and_the_rest_follows_the_key(
    programme: str,
) -> None:
    enact(programme)
    first = bodies(programme)[0].ags
    one = decided(programme, 27 * MILLION, overrides=by_hand(**{f"b{first}": 5 * MILLION}))
    assert one.result[first] == 5 * MILLION
    assert sum(one.result.values()) == 27 * MILLION
    given = BodyAllocation.objects.get(scenario=one, ags=first)
    source = packs.load(programme, YEAR).money_sources[0].code
    assert given.arithmetic == {
        "by_hand": {"reason": "Leitungsentscheidung", "beyond": []},
        "kinds": [[source, YEAR, 0, 5 * MILLION]],
    }


def test_by_hand_beyond_the_total_without_a_reason_or_for_strangers_is_refused(
    programme: str,
) -> None:
    first = bodies(programme)[0].ags
    odd = {
        first: {"amount_cents": 28 * MILLION, "reason": " "},
        "00000": {"amount_cents": 1, "reason": "x"},
    }
    one = scenario(programme, 27 * MILLION, overrides=odd)
    with pytest.raises(Refused) as refused:
        allocation.propose(OFFICER, one, at=AT)
    assert rules_of(refused) == {
        "allocation.override_reason",
        "allocation.override_unknown",
        "allocation.override_exceeds",
    }


def test_impossible_limits_can_be_kept_but_not_put_forward(programme: str) -> None:
    enact(programme)
    one = scenario(programme, key=key(programme, floor_cents=9 * MILLION, cap_cents=8 * MILLION))
    with pytest.raises(Refused):
        allocation.propose(OFFICER, one, at=AT)
    assert Scenario.objects.get(pk=one.pk).state == "draft"


def test_a_body_sees_its_own_arithmetic_and_nothing_of_others(programme: str) -> None:
    enact(programme)
    decided(programme)
    own, other = bodies(programme)[:2]
    person = Operator("user:9", frozenset({"body"}), ags=own.ags)
    seen = list(allocation_queries.allocations(person, programme))
    assert [one.ags for one in seen] == [own.ags]
    told = str(seen[0].arithmetic)
    assert other.ags not in told
    assert other.name not in told.replace(own.name, "")
    assert not allocation_queries.scenarios(person, programme).exists()


def test_the_arithmetic_leads_to_the_amount(programme: str) -> None:
    enact(programme)
    decided(programme)
    for given in BodyAllocation.objects.all():
        said = given.arithmetic
        share = sum(Fraction(term["product"]) for term in said["terms"])
        assert share == Fraction(said["share"])
        exact = said["base_cents"] + Fraction(said["rate_cents"]) * share
        assert exact == Fraction(said["before_limits_cents"])
        assert exact + Fraction(said["rounded_by_cents"]) == given.amount_cents


def test_a_cut_in_the_running_year_takes_and_shows_what_is_missing(programme: str) -> None:
    enact(programme)
    data = enter_needs(programme)
    before = decided(programme, 27 * MILLION, data=data).result
    hit = bodies(programme)[-1].ags
    agree(programme, hit, before[hit])
    after = decided(programme, 20 * MILLION, data=data).result
    stand = programmes.standing(Fund(programme, YEAR)).bodies[hit]
    assert stand.agreed_cents == before[hit]
    assert stand.uncovered_cents == after[hit] - before[hit]
    assert stands(programme) == after
    assert programmes.standing(Fund(programme, YEAR)).free_cents == 10 * MILLION
    assert list(programmes.gaps(programme)) == []


def test_an_increase_covers_what_was_uncovered_first(programme: str) -> None:
    enact(programme)
    data = enter_needs(programme)
    before = decided(programme, 27 * MILLION, data=data).result
    hit = bodies(programme)[-1].ags
    agree(programme, hit, before[hit])
    decided(programme, 20 * MILLION, data=data)
    decided(programme, 27 * MILLION, data=data)
    stand = programmes.standing(Fund(programme, YEAR)).bodies[hit]
    assert (stand.agreed_cents, stand.uncovered_cents, stand.allocated_cents) == (
        before[hit],
        0,
        0,
    )


def test_cutting_the_bodies_covers_what_the_state_lacks(programme: str) -> None:
    enact(programme, 27 * MILLION)
    data = enter_needs(programme)
    decided(programme, 27 * MILLION, data=data)
    source = packs.load(programme, YEAR).money_sources[0].code
    line = budget.Line(programme, YEAR, "0806 684 71", source)
    lost = budget.Entry(line, 7 * MILLION, AT.date(), "Nachtragshaushalt")
    budget.cut(OFFICER, lost, at=AT)
    assert [cents for _, cents in programmes.uncovered(programme, YEAR)] == [-7 * MILLION]
    decided(programme, 20 * MILLION, data=data)
    assert programmes.uncovered(programme, YEAR) == []
    assert programmes.standing(Fund(programme, YEAR)).free_cents == 0
    assert list(programmes.gaps(programme)) == []


def test_the_same_amounts_again_are_no_decision(programme: str) -> None:
    enact(programme)
    data = enter_needs(programme)
    decided(programme, data=data)
    with pytest.raises(Refused) as refused:
        allocation.propose(OFFICER, scenario(programme, data=data), at=AT)
    assert rules_of(refused) == {"allocation.nothing_changes"}


def test_money_that_moved_after_it_was_put_forward_makes_it_stale(programme: str) -> None:
    """Limits of change look at last year; if that changes, other amounts come out."""
    enact(programme, year=YEAR - 1)
    enact(programme)
    data = enter_needs(programme)
    limited = key(programme, max_change_percent=20)
    last = allocation.begin(
        OFFICER,
        allocation.Start(Fund(programme, YEAR - 1), draft(programme, data, 27 * MILLION)),
        at=AT,
    )
    allocation.decide(HEAD, put_forward(last), at=AT)
    one = put_forward(scenario(programme, 27 * MILLION, data=data, key=limited))
    ags = bodies(programme, YEAR - 1)[1].ags
    stand = programmes.standing(Fund(programme, YEAR - 1)).bodies[ags]
    waived = adjustments.Move(
        AdjustmentKind.WAIVER,
        Fund(programme, YEAR - 1),
        ags,
        stand.total_cents // 2,
        "weniger Bedarf",
    )
    move = adjustments.declare(OFFICER, waived, at=AT)
    adjustments.decide(HEAD, move, at=AT)
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, one, at=AT)
    assert rules_of(refused) == {"allocation.basis_changed"}
    assert stands(programme) == {}


def test_rules_are_kept_as_they_were(programme: str) -> None:
    """What was done under a rule keeps it, whatever the pack says later."""
    enact(programme)
    one = decided(programme)
    today = packs.load(programme, YEAR)
    kept = RuleVersion.objects.get(programme=programme, year=YEAR)
    assert one.rule_version == kept.version == today.rule_version
    older = RuleVersion.objects.create(
        programme=programme,
        year=YEAR,
        version="older",
        rules={**kept.rules, "label": "wie es damals hieß", "rule_version": "older"},
        kept_at=AT,
    )
    then = programmes.rules(programme, YEAR, older.version)
    assert then.label == "wie es damals hieß"
    assert (then.measure_types, then.clauses) == (today.measure_types, today.clauses)


def test_of_two_scenarios_over_the_same_money_the_second_must_look_anew(programme: str) -> None:
    enact(programme, 30 * MILLION)
    data = enter_needs(programme)
    first = put_forward(scenario(programme, 27 * MILLION, data=data))
    second = put_forward(scenario(programme, 28 * MILLION, data=data))
    allocation.decide(HEAD, first, at=AT)
    with pytest.raises(Refused) as refused:
        allocation.decide(HEAD, second, at=AT)
    assert rules_of(refused) == {"allocation.basis_changed"}
    anew = put_forward(allocation.send_back(HEAD, second, note="Bitte prüfen", at=AT))
    allocation.decide(HEAD, anew, at=AT + timedelta(hours=1))  # a change of the running year
    assert sum(stands(programme).values()) == 28 * MILLION
    assert programmes.standing(Fund(programme, YEAR)).free_cents == 2 * MILLION


def test_money_shared_out_past_the_budget_is_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    enact("aqb_hessen")
    assert main(["budget", "check"]) == 0
    ags = bodies("aqb_hessen")[0].ags
    wild = ledger.Posting(
        AccountKey.planning(Fund("aqb_hessen", YEAR), Place.OUTSIDE),
        AccountKey.planning(Fund("aqb_hessen", YEAR), Place.ALLOCATED, ags),
        5,
        EntryCode.ALLOCATION,
        AT.date(),
        "X-1",
    )
    ledger.post(OFFICER, [wild], at=AT)
    assert main(["budget", "check"]) == 1
    assert "30.000.000,05" in capsys.readouterr().err
