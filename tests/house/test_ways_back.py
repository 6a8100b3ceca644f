"""Every procedure of every programme: reasons against somebody, her own way back, what is undone.

Walks the table of steps of every kind of case in every year of every programme that is here.
"""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import override_settings

from tests.stage import AT
from zielwerk.config.cast import OPERATOR
from zielwerk.core import permissions, stages
from zielwerk.core.cases import KINDS, Kind
from zielwerk.packs import loading as packs
from zielwerk.rulebook.lifecycle import UNDO_DAYS, Lifecycle, Step

PROGRAMMES = packs.codes()
# Nobody decides about these: who keeps a note or a table may give it up herself.
UNDECIDED = {"note", "import"}
# What she took down is public again by another person's word alone: that takes two.
NOT_HERS = {("edition", "held")}


def walks() -> Iterator[tuple[str, Kind[object], Lifecycle]]:
    """Each path of each kind, by the programme whose it is."""
    for programme in PROGRAMMES:
        with override_settings(PROGRAMME=programme):
            for kind in KINDS.values():
                for number, table in enumerate(kind.known_tables):
                    yield f"{programme}: {kind.name} {number}", kind, table


WALKS = list(walks())


def is_decided(table: Lifecycle, step: Step) -> bool:
    """Whether a step is taken by a second person."""
    return step.four_eyes or permissions.permission(step.by).barred is not None


def leads_back(table: Lifecycle, step: Step) -> bool:
    """Whether a step undoes what put the case forward: back to the beginning, or to no avail."""
    is_back = step.target in table.initial and step.sources.isdisjoint(table.initial)
    decided = [each for each in table.steps if is_decided(table, each)]
    is_refused = (
        table.is_final(step.target)
        and step.verb not in ("discard", "keep")
        and any(step.sources & each.sources for each in decided)
        and not is_decided(table, step)
    )
    return (is_back or is_refused) and not step.is_undoing


@pytest.mark.parametrize(("name", "kind", "table"), WALKS, ids=[name for name, *_ in WALKS])
class TestEveryProcedure:
    def test_whoever_goes_against_somebody_says_why(
        self, name: str, kind: Kind[object], table: Lifecycle
    ) -> None:
        for step in table.steps:
            if leads_back(table, step) and not step.is_taking_back:
                assert step.is_against, (name, step.verb)
                assert step.notes, (name, step.verb)

    def test_whoever_put_it_forward_can_take_it_back_until_it_is_decided(
        self, name: str, kind: Kind[object], table: Lifecycle
    ) -> None:
        own = {source for step in table.steps if step.is_taking_back for source in step.sources}
        waiting = {
            source
            for step in table.steps
            if step.is_against or is_decided(table, step)
            for source in step.sources
            if not table.is_final(source)
        }
        left = {state for state in waiting if (kind.name, state) not in NOT_HERS}
        assert left - own == set(), name
        # Of a path with one stage that is taken at once nothing waits for anybody.
        is_at_once = sum(bool(step.act) for step in table.steps) == 1 and not waiting
        assert kind.name in UNDECIDED or own or is_at_once or len(table.steps) < 3, name

    def test_discarding_asks_first_and_can_be_undone_for_a_while(
        self, name: str, kind: Kind[object], table: Lifecycle
    ) -> None:
        for step in table.steps:
            if step.verb != "discard":
                continue
            assert step.asks, (name, step.verb)
            back = [each for each in table.possible(step.target) if each.is_undoing]
            assert back, (name, step.verb)
            assert {each.within for each in back} == {UNDO_DAYS}, (name, step.verb)

    def test_a_text_that_is_asked_for_is_kept(
        self, name: str, kind: Kind[object], table: Lifecycle
    ) -> None:
        reason = "Eine Zahl fehlt"
        for step in table.steps:
            if step.notes and step.target not in table.initial:
                case = SimpleNamespace(trail=[], words=[], put_forward_by="", put_forward_for="")
                stages.take_note(case, step, OPERATOR, reason, AT, table.initial)
                kept = [one["note"] for one in (*case.trail, *case.words)]
                assert kept == [reason], (name, step.verb)


def test_there_is_something_to_walk() -> None:
    assert len(PROGRAMMES) >= 3
    against = {
        (kind.name, step.verb)
        for _, kind, table in WALKS
        for step in table.steps
        if step.is_against
    }
    assert against >= {
        ("intake", "send_back"), ("scenario", "send_back"), ("edition", "send_back"),
        ("adjustment", "reject"), ("annulment", "refuse_annulment"), ("correction", "reject"),
        ("succession_act", "reject"), ("year_release", "send_back"),
    }  # fmt: skip


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_each_year_says_for_how_long_and_calls_it_an_assumption(programme: str) -> None:
    for year in packs.years(programme):
        rules = packs.load(programme, year)
        (days,) = [each for each in rules.parameters if each.code == UNDO_DAYS]
        assert int(days.value) > 0
        assert days.source.assumed
