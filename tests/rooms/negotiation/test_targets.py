"""Targets in a draft: made from what is planned, changed by proposals, seen by the checks."""

from dataclasses import replace

import pytest
from django.conf import settings

from tests.rooms.money import AT, YEAR
from tests.rooms.negotiation.made import Table, propose, renamed, sent
from tests.stage import signed_in
from zielwerk.config.world_plans import target
from zielwerk.drafting.changes import Change, ChangeKind
from zielwerk.drafting.model import Target
from zielwerk.drafting.views import NO_TARGETS, plain
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan, NewTarget, Revision
from zielwerk.measures.models import OverallTarget, PlannedMeasure
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import Edit
from zielwerk.negotiation.models import Proposal
from zielwerk.packs import loading as packs
from zielwerk.rulebook.checking import NO_GOALS
from zielwerk.rulebook.target import Target as Aim
from zielwerk.rulebook.target import TargetKind

LIST = "/arbeit/entwuerfe"
WORDS = "Niemand wartet länger als vier Wochen auf einen Platz"


def aimed(one: Table) -> OverallTarget:
    """The body sets a target for the whole year."""
    aim = Aim(1, TargetKind.WORDS, words=WORDS)
    new = NewTarget(settings.PROGRAMME, YEAR, one.draft.ags, aim)
    return measures.set_target(one.cast.body, new, at=AT)


def without_targets(one: Table) -> None:
    """No measure of the body aims at anything any more."""
    for planned in PlannedMeasure.objects.filter(ags=one.draft.ags, year=YEAR):
        plan = replace(planned.plan, targets=())
        measures.revise(one.cast.body, planned, Revision(planned.version, plan), at=AT)


def first(one: Table) -> Target:
    """The first target of a measure in the text."""
    return next(each for each in one.text.content.targets if each.measure)


def test_a_draft_names_every_target_that_is_planned(table: Table) -> None:
    overall = aimed(table)
    actions.redraft(table.drafter, table.now(), at=AT)
    of_year, *others = table.text.content.targets
    assert (of_year.id, of_year.measure, of_year.words) == (overall.file_number, "", WORDS)
    rules = packs.load(settings.PROGRAMME, YEAR)
    planned = target(rules)
    for each, measure in zip(others, table.text.content.measures, strict=True):
        assert (each.id, each.measure) == (f"{measure.id}.{planned.number}", measure.id)
        assert each.value == planned.value
        label = next(i.label for i in rules.target_indicators if i.code == planned.indicator)
        assert each.indicator == str(label)
        assert each.until
        assert each.assumption == planned.assumption
    page = signed_in(table.drafter).get(f"{LIST}/{table.draft.pk}").content.decode()
    assert f"{WORDS}." in page
    assert f"{WORDS}." in plain(table.text)
    data = signed_in(table.drafter).get(f"{LIST}/{table.draft.pk}/fassungen/2.json").json()
    assert f"targets/{overall.file_number}" in {node["id"] for node in data["nodes"]}


def test_a_target_is_proposed_and_stands_in_the_next_version(table: Table) -> None:
    sent(table)
    aim = first(table)
    door = f"{LIST}/{table.draft.pk}/aendern?stelle=targets/{aim.id}&art=target"
    client = signed_in(table.partner)
    assert f'value="{aim.value}"' in client.get(door).content.decode()
    typed = {
        "value": "999",
        "until": "30.6.2025",
        "assumption": "Zwei Kurse",
        "data_source": "Liste",
    }
    answer = client.post(door, {**typed, "baseline": "", "fassung": "1", "reason": "Mehr geht"})
    assert answer.status_code == 302
    one = Proposal.objects.get()
    assert "999" in one.words_after
    assert "30.06.2025" in one.words_after
    actions.accept_proposal(table.drafter, one, actions.Decision(version=1), at=AT)
    changed = first(table)
    assert (changed.value, changed.until, changed.assumption) == (999, "2025-06-30", "Zwei Kurse")
    assert (changed.indicator, changed.unit, changed.kind) == (aim.indicator, aim.unit, aim.kind)
    page = client.get(f"{LIST}/{table.draft.pk}/vergleich?von=1&bis=2").content.decode()
    assert "999" in page


def test_changed_plans_become_proposals_of_targets_too(table: Table) -> None:
    sent(table)
    overall = aimed(table)
    aim = first(table)
    planned = PlannedMeasure.objects.get(file_number=aim.measure)
    more = replace(planned.plan.targets[0], value=77, curve=())
    plan = replace(planned.plan, targets=(more,))
    measures.revise(table.cast.body, planned, Revision(planned.version, plan), at=AT)
    actions.propose_plans(table.partner, table.now(), at=AT)
    found = {one.node: one for one in Proposal.objects.all()}
    assert set(found) == {f"targets/{aim.id}", f"targets/{overall.file_number}"}
    assert queries.plan_changes(table.now()) == []
    for one in found.values():
        actions.accept_proposal(
            table.drafter, one, actions.Decision(version=table.now().version), at=AT
        )
    assert [each.value for each in table.text.content.targets if each.id == aim.id] == [77]
    assert [each.words for each in table.text.content.targets if not each.measure] == [WORDS]
    planned.refresh_from_db()
    measures.drop(table.cast.body, planned, note="Kein Bedarf", at=AT)
    (change,) = queries.plan_changes(table.now())  # its targets go with it
    assert (change.kind, change.node) == (ChangeKind.DROP, f"measures/{aim.measure}")


def test_the_checks_look_for_goals_in_the_text_and_not_in_the_plans(hessian: Table) -> None:
    def lacking() -> bool:
        found = queries.findings(hessian.now(), AT.date())
        return any(one.said.msgid == NO_GOALS for one in found)

    piece = next(c for c in hessian.text.clauses if c.number == "§ 2").pieces[0]
    words = f"{piece.text} Sie verfolgen die Ziele in § 5."
    change = Change(ChangeKind.WORDING, piece.id, text=words)
    actions.edit(hessian.drafter, hessian.now(), Edit(1, "§ 2", change), at=AT)
    assert not lacking()
    for number, each in enumerate(hessian.text.content.targets, 2):
        drop = Change(ChangeKind.DROP, f"targets/{each.id}")
        actions.edit(hessian.drafter, hessian.now(), Edit(number, "Ziel", drop), at=AT)
    assert lacking()  # though some are planned
    assert f"• {NO_TARGETS}\n" in plain(hessian.text)


def test_without_targets_a_draft_says_there_are_none(hessian: Table) -> None:
    without_targets(hessian)
    actions.redraft(hessian.drafter, hessian.now(), at=AT)
    page = signed_in(hessian.drafter).get(f"{LIST}/{hessian.draft.pk}").content.decode()
    assert NO_TARGETS in page.split("Als Ziele sind dafür vereinbart:")[1]
    assert hessian.text.content.targets == ()


@pytest.mark.parametrize("kind", ["value", "observation", "words"])
def test_each_kind_of_target_has_the_fields_that_it_needs(hessian: Table, kind: str) -> None:
    sent(hessian)
    aim = replace(first(hessian), id=f"neu.{kind}", kind=kind, words="So soll es sein")
    add = Change(ChangeKind.ADD, f"targets/{aim.id}", target=aim)
    one = propose(hessian.partner, hessian, Edit(1, "Ziel", add))
    actions.accept_proposal(hessian.drafter, one, actions.Decision(version=1), at=AT)
    door = f"{LIST}/{hessian.draft.pk}/aendern?stelle=targets/{aim.id}&art=target"
    page = signed_in(hessian.partner).get(door).content.decode()
    assert ('name="value"' in page) == (kind == "value")
    assert ('name="words"' in page) == (kind == "words")
    assert ('name="baseline"' in page) == (kind != "words")
    assert 'name="assumption"' in page


def test_a_plan_stands_beside_the_text_that_knows_it_by_its_id(table: Table) -> None:
    name = renamed(table, "Ganz anders genannt")
    draft = actions.edit(table.drafter, table.now(), name, at=AT)
    planned = PlannedMeasure.objects.get(file_number=name.change.node.partition("/")[2])
    page = f"/arbeit/geplante-massnahmen/{planned.pk}"
    unseen = signed_in(table.partner).get(page).content.decode()
    assert "Ganz anders genannt" not in unseen  # it was not sent yet
    actions.send(table.drafter, draft, at=AT)
    shown = signed_in(table.partner).get(page).content.decode()
    assert "Ganz anders genannt" in shown
    assert "Ziel 1" in shown
    drop = Edit(2, "Maßnahme", Change(ChangeKind.DROP, name.change.node))
    one = propose(table.drafter, table, drop)
    actions.accept_proposal(table.partner, one, actions.Decision(version=2), at=AT)
    assert "Geplant und im Text" not in signed_in(table.partner).get(page).content.decode()


def test_the_targets_of_a_new_measure_are_offered_once_it_stands_in_the_text(table: Table) -> None:
    sent(table)
    plan = PlannedMeasure.objects.filter(ags=table.draft.ags, year=YEAR).first().plan
    new = NewPlan(settings.PROGRAMME, YEAR, table.draft.ags, replace(plan, title="Ganz neu"))
    made = measures.plan(table.cast.body, new, at=AT)
    actions.propose_plans(table.partner, table.now(), at=AT)
    one = Proposal.objects.get()
    assert one.node == f"measures/{made.file_number}"
    actions.accept_proposal(table.drafter, one, actions.Decision(), at=AT)
    actions.propose_plans(table.partner, table.now(), at=AT)
    after = Proposal.objects.exclude(pk=one.pk).get()
    assert after.node == f"targets/{made.file_number}.1"
    actions.accept_proposal(table.drafter, after, actions.Decision(), at=AT)
    assert queries.plan_changes(table.now()) == []
    assert made.file_number in {each.measure for each in table.text.content.targets}
