"""Acts on an invented notice: what refuses each kind, what it does to the money, what stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.grant.acts import (
    Act,
    Facts,
    MoneyEffect,
    Notice,
    clock_ends,
    effect,
    stands,
    why_not,
    why_not_refused,
)
from zielwerk.rulebook.grant.amounts import added
from zielwerk.rulebook.grant.grounds import GROUNDS
from zielwerk.rulebook.grant.paths import PATHS, Kind, Reach

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 3)
A26, A27, B26 = ("A", 2026), ("A", 2027), ("B", 2026)
NOTICE = Notice("ZB-1", JULY, {A26: 60_000_00, A27: 30_000_00, B26: 10_000_00}, JULY)
DRAWN = {A26: 40_000_00}
LESS = Facts(AUGUST, {A26: -30_000_00}, DRAWN)
FAULT = replace(
    LESS,
    reach=Reach.PAST,
    heard=date(2026, 7, 31),
    discretion="Zweck verfehlt; Vertrauen nicht schutzwürdig.",
    known=date(2026, 7, 10),
    effective=JULY,
    ground="misused",
)
WRONG = replace(FAULT, ground="weighed")
FAULTS = [(Kind.WITHDRAWAL, WRONG), (Kind.REVOCATION, FAULT)]


def rules(kind, facts, notice=NOTICE, acts=()):
    return [each.rule for each in why_not(kind, facts, notice, acts)]


def test_a_supplement_adds_and_needs_no_hearing():
    more = Facts(AUGUST, {B26: 5_000_00}, asked=AUGUST)
    assert rules(Kind.SUPPLEMENT, more) == []
    assert effect(Kind.SUPPLEMENT, NOTICE.amounts, more) == MoneyEffect({B26: 5_000_00})
    asked = replace(LESS, asked=AUGUST)
    assert rules(Kind.SUPPLEMENT, asked) == ["grant.only_more", "grant.paid_out"]
    assert rules(Kind.SUPPLEMENT, replace(more, changes={})) == ["grant.changes_nothing"]
    assert rules(Kind.SUPPLEMENT, replace(more, asked=None)) == ["grant.not_asked"]


def test_an_amendment_moves_money_between_years_with_the_consent_of_whoever_gets_less():
    moved = Facts(AUGUST, {A26: -20_000_00, A27: 20_000_00}, DRAWN)
    assert rules(Kind.AMENDMENT, moved) == ["grant.not_asked"]
    assert rules(Kind.AMENDMENT, replace(moved, asked=AUGUST)) == []
    assert effect(Kind.AMENDMENT, NOTICE.amounts, moved) == MoneyEffect(
        {A27: 20_000_00}, {A26: 20_000_00}
    )


def test_a_release_gives_back_what_was_not_paid_out_and_only_what_the_body_asked_for():
    free = Facts(AUGUST, {A26: -20_000_00}, DRAWN, asked=AUGUST)
    assert rules(Kind.RELEASE, free) == []
    assert rules(Kind.RELEASE, replace(free, asked=None)) == ["grant.not_asked"]
    assert rules(Kind.RELEASE, replace(free, changes={A26: -20_000_01})) == ["grant.paid_out"]
    assert effect(Kind.RELEASE, NOTICE.amounts, free) == MoneyEffect({}, {A26: 20_000_00})


@pytest.mark.parametrize(("kind", "fault"), FAULTS)
def test_for_the_past_money_paid_out_is_claimed_back(kind, fault):
    assert rules(kind, fault) == []
    assert effect(kind, NOTICE.amounts, fault) == MoneyEffect(
        {}, {A26: 20_000_00}, {A26: 10_000_00}
    )


@pytest.mark.parametrize(("kind", "fault"), FAULTS)
def test_for_the_future_money_paid_out_stays(kind, fault):
    ahead = replace(fault, reach=Reach.FUTURE, effective=None)
    assert rules(kind, ahead) == ["grant.paid_out"]
    assert rules(kind, replace(ahead, changes={A26: -20_000_00})) == []
    assert not effect(kind, NOTICE.amounts, replace(ahead, changes={A26: -20_000_00})).claimed


@pytest.mark.parametrize(
    ("without", "rule"),
    [
        ({"heard": None}, "grant.not_heard"),
        ({"heard": AUGUST + timedelta(days=1)}, "grant.hearing_open"),
        ({"discretion": "  "}, "grant.no_discretion"),
        ({"ground": ""}, "grant.no_ground"),
        ({"ground": "weighed"}, "grant.no_ground"),
        ({"ground": "reserved"}, "grant.ground_for_future"),
        ({"known": None}, "grant.knowledge_unknown"),
        ({"known": AUGUST + timedelta(days=1)}, "grant.known_later"),
        ({"day": date(2027, 7, 11)}, "grant.year_over"),
    ],
)
def test_a_revocation_needs_hearing_weighing_and_the_year(without, rule):
    assert rules(Kind.REVOCATION, replace(FAULT, **without)) == [rule]


def test_every_ground_of_a_withdrawal_reaches_the_past_and_two_of_a_revocation():
    assert all(ground.past for ground in GROUNDS[Kind.WITHDRAWAL].values())
    past = {code for code, ground in GROUNDS[Kind.REVOCATION].items() if ground.past}
    assert past == {"misused", "condition"}
    ahead = replace(FAULT, reach=Reach.FUTURE, effective=None, changes={A26: -20_000_00})
    for code in GROUNDS[Kind.REVOCATION]:
        assert rules(Kind.REVOCATION, replace(ahead, ground=code)) == []


def test_the_year_runs_from_knowledge_and_deceit_lifts_it():
    assert clock_ends(date(2026, 7, 10)) == date(2027, 7, 10)
    late = replace(WRONG, day=date(2028, 1, 1), deceit=True)
    assert rules(Kind.WITHDRAWAL, late) == []
    assert rules(Kind.WITHDRAWAL, replace(WRONG, day=date(2027, 7, 10))) == []


def test_a_reach_must_be_named():
    assert rules(Kind.REVOCATION, replace(FAULT, reach=None)) == [
        "grant.paid_out",
        "grant.no_reach",
    ]


def test_a_reduction_needs_an_outward_event_with_evidence():
    cheaper = replace(LESS, heard=AUGUST)
    assert rules(Kind.REDUCTION, cheaper) == ["grant.no_event"]
    event = replace(cheaper, event=date(2026, 7, 20), evidence="Gutschrift des Trägers")
    assert rules(Kind.REDUCTION, event) == []
    assert effect(Kind.REDUCTION, NOTICE.amounts, event).claimed == {A26: 10_000_00}
    assert rules(Kind.REDUCTION, replace(event, event=date(2026, 8, 4))) == ["grant.event_to_come"]


def test_a_final_notice_needs_its_reservation_and_fixes_the_amount():
    facts = replace(LESS, heard=AUGUST)
    assert rules(Kind.FINAL, facts) == ["grant.not_reserved"]
    reserved = replace(NOTICE, reserved=True)
    assert rules(Kind.FINAL, facts, reserved) == []
    final = Act("SB-1", Kind.FINAL, AUGUST, facts.changes, AUGUST)
    again = Facts(AUGUST, {B26: 1}, asked=AUGUST)
    assert rules(Kind.SUPPLEMENT, again, reserved, [final]) == ["grant.after_final"]
    assert rules(Kind.REVOCATION, replace(FAULT, changes={B26: -1}), reserved, [final]) == []


def test_an_application_that_was_granted_is_not_refused_and_a_refusal_has_a_reason():
    assert rules(Kind.REFUSAL, Facts(AUGUST)) == ["grant.refuse_granted"]
    assert why_not_refused("Kein Landesinteresse.") == ()
    assert [each.rule for each in why_not_refused(" ")] == ["grant.no_reason"]


def test_a_lapse_leaves_what_was_paid_out():
    gone = replace(LESS, event=date(2026, 7, 31), evidence="Frist zur Annahme verstrichen")
    assert rules(Kind.LAPSE, gone) == ["grant.paid_out"]
    assert rules(Kind.LAPSE, replace(gone, changes={A26: -20_000_00})) == []


def test_no_place_falls_below_zero_on_any_day_not_even_by_an_act_that_counts_from_earlier():
    release = Act("FM-1", Kind.RELEASE, date(2026, 9, 1), {B26: -10_000_00}, date(2026, 9, 1))
    early = Facts(date(2026, 10, 1), {B26: -1}, effective=AUGUST, asked=AUGUST)
    assert rules(Kind.RELEASE, early, NOTICE, [release]) == ["grant.act_below_zero"]
    assert rules(Kind.RELEASE, replace(early, effective=date(2026, 6, 30))) == [
        "grant.before_notice"
    ]


def test_what_stands_names_its_baseline_as_it_counted_and_as_it_was_known():
    more = Act("EB-1", Kind.SUPPLEMENT, AUGUST, {B26: 5_000_00}, date(2026, 8, 20))
    assert stands(NOTICE, [more], date(2026, 6, 30)).cents == 0
    before, after = stands(NOTICE, [more], JULY), stands(NOTICE, [more], AUGUST)
    assert (before.cents, before.baseline) == (100_000_00, "ZB-1")
    assert (after.cents, after.baseline, after.baseline_day) == (105_000_00, "EB-1", AUGUST)
    # On the tenth of August nobody knew of the act that counts from the third.
    assert stands(NOTICE, [more], date(2026, 8, 10), date(2026, 8, 10)).baseline == "ZB-1"


def test_every_kind_has_its_path_in_the_act_of_the_state():
    assert set(PATHS) == set(Kind)
    assert PATHS[Kind.WITHDRAWAL].basis_in("HVwVfG") == "§ 48 HVwVfG"
    late = replace(FAULT, day=date(2027, 7, 11), law="HVwVfG")
    revoked = next(r for r in why_not(Kind.REVOCATION, late, NOTICE) if r.rule == "grant.year_over")
    assert revoked.basis == "§ 49 Abs. 2 Satz 2, Abs. 3 Satz 2, § 48 Abs. 4 HVwVfG"
    (refusal,) = why_not(Kind.REVOCATION, replace(FAULT, heard=None, law="HVwVfG"), NOTICE)
    assert refusal.basis == "§ 28 HVwVfG"


PLACES = st.tuples(st.sampled_from("AB"), st.sampled_from((2026, 2027)))
STEPS = st.lists(
    st.tuples(
        st.sampled_from((Kind.SUPPLEMENT, Kind.RELEASE, Kind.AMENDMENT)),
        st.dictionaries(PLACES, st.integers(-50, 50), min_size=1, max_size=3),
        st.integers(0, 30),
    ),
    max_size=8,
)


@given(STEPS)
def test_replaying_the_acts_that_were_possible_is_their_sum_and_nowhere_below_zero(steps):
    notice = Notice("ZB-1", JULY, {A26: 40, ("B", 2027): 20}, JULY)
    acts: list[Act] = []
    for number, (kind, changes, later) in enumerate(steps):
        recorded = JULY + timedelta(days=40 + number)
        day = JULY + timedelta(days=later)
        facts = Facts(recorded, changes, effective=day, unheard="einvernehmlich", asked=day)
        if not why_not(kind, facts, notice, acts):
            acts.append(Act(f"B-{number}", kind, day, changes, recorded))
    summed = notice.amounts
    for act in acts:
        summed = added(summed, act.changes)
    assert stands(notice, acts, JULY + timedelta(days=99)).amounts == summed
    for days in range(40):
        on = stands(notice, acts, JULY + timedelta(days=days))
        assert all(cents >= 0 for cents in on.amounts.values())


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"effective": None}, "grant.no_past_day"),
        ({"effective": AUGUST + timedelta(days=400)}, "grant.counts_later"),
        ({"heard": date(1999, 1, 1)}, "grant.older_than_notice"),
        ({"reach": Reach.FUTURE}, "grant.day_is_past"),
    ],
)
def test_the_days_of_a_revocation_fit_each_other(changed, rule):
    assert rule in rules(Kind.REVOCATION, replace(FAULT, **changed))
