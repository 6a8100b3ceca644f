"""Acts on a notice: released, supplemented, amended, revoked; each with its law and its booking."""

from dataclasses import replace

import pytest
from django.conf import settings

from tests.rooms.granting import made
from tests.rooms.granting.test_notices import agrees, committed, rules_of
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.actions import Move
from zielwerk.config.cast import Cast, walk
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import NewAct, WriteAct
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.queries import ActDraft
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.grant.paths import Kind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused


def place_of(notice: GrantNotice) -> tuple[str, int]:
    return next(iter(queries.stands(notice, made.at(90).date()).amounts))


def less(notice: GrantNotice, cents: int, **more: object) -> ActDraft:
    draft = ActDraft(
        {place_of(notice): -cents}, reason="Es wird weniger gebraucht.", asked=made.at(4).date()
    )
    return replace(draft, **more)  # type: ignore[arg-type]


def begun(cast: Cast, notice: GrantNotice, kind: Kind, draft: ActDraft) -> GrantAct:
    clerk = made.clerk(cast, notice)
    act = actions.change(clerk, NewAct(notice, kind), at=made.at(5))
    return actions.write_act(clerk, WriteAct(act, draft), at=made.at(5))


def issued(cast: Cast, act: GrantAct, days: int = 6) -> GrantAct:
    return walk(cast, act, made.at(days), made.PACE)[0]


def test_a_body_releases_money_and_the_authority_issues_the_change(people: Cast) -> None:
    notice = made.issued(people)
    new = NewAct(notice, "", less(notice, 5_000_00))
    act = actions.release(people.body, new, at=made.at(5))
    assert (act.kind, act.amount_cents) == (Kind.RELEASE, -5_000_00)
    assert ActDraft.of(act).asked == made.at(5).date()
    assert committed(notice) == notice.amount_cents
    act = issued(people, act)
    assert made.stands(notice) == notice.amount_cents - 5_000_00 == committed(notice)
    assert act.content
    assert act.content["after_cents"] == made.stands(notice)
    assert act.document
    agrees()


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        (ActDraft(), "grant.nothing_released"),
        (ActDraft({("1", 2026): 1}), "grant.nothing_released"),
        (ActDraft({("1", 2026): -10_000_000_00}), "grant.too_much_released"),
        (ActDraft({("1", 2026): -1}, reason=" "), "grant.no_reason_to_release"),
    ],
)
def test_a_body_releases_no_more_than_it_has_and_says_why(
    hesse: Cast, draft: ActDraft, rule: str
) -> None:
    notice = made.issued(hesse)
    with pytest.raises(Refused) as refused:
        actions.release(hesse.body, NewAct(notice, "", draft), at=made.at(5))
    assert rules_of(refused) == [rule]


def test_a_supplement_gives_more_where_there_is_money(hesse: Cast) -> None:
    notice = made.issued(hesse)
    more = replace(less(notice, -7_000_00), asked=None)
    act = begun(hesse, notice, Kind.SUPPLEMENT, more)
    with pytest.raises(Refused) as refused:
        issued(hesse, act)
    assert "grant.not_asked" in rules_of(refused)
    more = replace(more, asked=made.at(4).date())
    actions.discard(made.clerk(hesse, notice), GrantAct.objects.get(), at=made.at(5))
    act = begun(hesse, notice, Kind.SUPPLEMENT, more)
    with pytest.raises(Refused) as refused:
        issued(hesse, act)
    assert rules_of(refused) == ["grant.not_covered"]
    made.give(hesse, 7_000_00)
    act = GrantAct.objects.get(pk=act.pk)
    issued(hesse, act)
    assert made.stands(notice) == notice.amount_cents + 7_000_00 == committed(notice)
    agrees()


def test_a_revocation_needs_hearing_discretion_reach_and_the_year(hesse: Cast) -> None:
    notice = made.issued(hesse)
    act = begun(hesse, notice, Kind.REVOCATION, less(notice, 1_000_00))
    with pytest.raises(Refused) as refused:
        issued(hesse, act)
    assert set(rules_of(refused)) == {
        "grant.not_heard",
        "grant.no_discretion",
        "grant.no_ground",
        "grant.no_reach",
        "grant.knowledge_unknown",
    }
    whole = less(
        notice,
        1_000_00,
        heard=made.at(4).date(),
        discretion="Der Zweck ist insoweit verfehlt; mildere Mittel gibt es nicht.",
        ground="misused",
        reach="future",
        known=made.at(2).date(),
    )
    clerk = made.clerk(hesse, notice)
    act = actions.write_act(clerk, WriteAct(GrantAct.objects.get(), whole), at=made.at(5))
    with pytest.raises(Refused) as refused:
        issued(hesse, act, 500)
    assert rules_of(refused) == ["grant.year_over"]
    act = issued(hesse, GrantAct.objects.get())
    assert act.content
    assert act.content["basis"] == "§ 49 Abs. 3 Satz 1 Nr. 1 HVwVfG"
    assert made.stands(notice) == notice.amount_cents - 1_000_00
    agrees()


def test_several_acts_run_on_one_notice_and_replay_gives_what_stands(people: Cast) -> None:
    notice = made.issued(people)
    made.give(people, 9_000_00)
    release = actions.release(
        people.body, NewAct(notice, "", less(notice, 2_000_00)), at=made.at(5)
    )
    more = less(notice, -3_000_00)
    supplement = begun(people, notice, Kind.SUPPLEMENT, more)
    amendment = begun(people, notice, Kind.AMENDMENT, less(notice, 500_00))
    for days, act in enumerate((supplement, release, amendment), 6):
        issued(people, act, days)
    _, acts = queries.replay(notice)
    assert [act.kind for act in acts] == [Kind.SUPPLEMENT, Kind.RELEASE, Kind.AMENDMENT]
    total = notice.amount_cents + 3_000_00 - 2_000_00 - 500_00
    assert made.stands(notice) == total == committed(notice)
    assert made.stands(notice, made.at(6).date()) == notice.amount_cents + 3_000_00
    agrees()


def test_an_act_never_takes_more_than_is_left_of_a_place(hesse: Cast) -> None:
    notice = made.issued(hesse)
    most = notice.amount_cents
    first = begun(hesse, notice, Kind.AMENDMENT, less(notice, most))
    release = actions.release(hesse.body, NewAct(notice, "", less(notice, 1_00)), at=made.at(5))
    issued(hesse, first)
    with pytest.raises(Refused) as refused:
        issued(hesse, release, 7)
    assert "grant.act_below_zero" in rules_of(refused)
    assert committed(notice) == 0


def test_of_a_kind_one_act_is_drafted_at_a_time(hesse: Cast) -> None:
    notice = made.issued(hesse)
    begun(hesse, notice, Kind.AMENDMENT, ActDraft())
    with pytest.raises(Refused) as refused:
        begun(hesse, notice, Kind.AMENDMENT, ActDraft())
    assert rules_of(refused) == ["grant.act_under_way"]


@pytest.mark.parametrize("people", ["kreisbudget_suedland"], indirect=True)
def test_a_second_person_issues_where_more_stands_by_then(people: Cast) -> None:
    """What was small when it was written is not when the notice has grown meanwhile."""
    notice = made.issued(people)
    made.give(people, 90_000_00)
    head = made.head(people, notice)
    act = begun(people, notice, Kind.AMENDMENT, less(notice, 1_00))
    act = actions.put_forward(head, act, at=made.at(6))
    for stage in queries.rules_of(act).procedure("grant")[1:-1]:
        who, _ = people.pair(stage.side, act.ags)
        act = actions.note(who, act, note="Keine Einwände", at=made.at(6))
    assert not act.needs_second
    issued(people, begun(people, notice, Kind.SUPPLEMENT, less(notice, -90_000_00)))
    with pytest.raises(Refused) as refused:
        actions.issue(head, act, at=made.at(7))
    assert rules_of(refused) == ["grant.four_eyes"]
    act = actions.send_back(head, GrantAct.objects.get(pk=act.pk), note="Neu.", at=made.at(8))
    assert actions.put_forward(head, act, at=made.at(8)).needs_second


def test_only_the_body_itself_releases_and_sees_its_release_at_once(hesse: Cast) -> None:
    notice = made.issued(hesse)
    for stranger in (hesse.provider, hesse.officer):
        with pytest.raises((NotAllowed, OutOfScope)):
            actions.release(stranger, NewAct(notice, "", less(notice, 1)), at=made.at(5))
    act = actions.release(hesse.body, NewAct(notice, "", less(notice, 1)), at=made.at(5))
    assert list(queries.acts(hesse.body, settings.PROGRAMME)) == [act]
    hidden = begun(hesse, notice, Kind.AMENDMENT, ActDraft())
    assert hidden not in queries.acts(hesse.body, settings.PROGRAMME)


def test_what_a_notice_commits_is_not_offered_to_be_waived(hesse: Cast) -> None:
    notice = made.issued(hesse)
    made.give(hesse, 3_000_00)
    fund = Fund(settings.PROGRAMME, notice.year)
    move = Move(AdjustmentKind.WAIVER, fund, notice.ags, 3_000_01, "Weniger Bedarf.")
    facts = adjustments.facts_of_move(move, made.at(5).date())
    assert facts.available_cents == 3_000_00
    with pytest.raises(Refused):
        adjustments.declare(hesse.body, move, at=made.at(5))
