"""Bodies that merge, split and are renamed in the middle of a year."""

from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests import worlds
from tests.rooms.money import (
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    decided,
    enact,
    enter_needs,
    put_forward,
    scenario,
)
from tests.rooms.succession.undivided import DECIDED_ON, agree
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.actions import Move
from zielwerk.agreements import actions as agreements
from zielwerk.allocation import actions as allocation
from zielwerk.allocation import queries as allocations
from zielwerk.allocation import tables
from zielwerk.config import world
from zielwerk.desk import queries as desk
from zielwerk.desk.queries import year as overview
from zielwerk.ledger import queries as books
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.packs.model import Body, Source, Succession
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.agreement import Measure, Terms
from zielwerk.rulebook.planning import Fund, Holding
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.tasks import Asked, Progress, Work
from zielwerk.succession import actions, queries
from zielwerk.succession.actions import Declaration

pytestmark = pytest.mark.django_db
LFN = "lotsenfonds_nordmark"
FUND = Fund(LFN, YEAR)
JULY = date(YEAR, 7, 1)
HARBOUR, HEATH, NEW, NEWER, NEWEST = "91003", "91005", "91011", "91012", "91013"
AUGUST = DECIDED_ON.replace(month=8)
INVENTED = Source(text="Für die Prüfung erfunden", assumed=True)


def succession(kind: str, predecessors: list[str], successors: list[str]) -> Succession:
    return Succession(
        code=f"{kind}_july",
        label=f"Erfunden: {kind}",
        kind=kind,  # type: ignore[arg-type]
        day=JULY,
        predecessors=tuple(predecessors),
        successors=tuple(successors),
        text="Seit dem 1. Juli nicht vergleichbar.",
        source=INVENTED,
    )


MERGER = succession("merger", [HARBOUR, HEATH], [NEW])
RENAMING = succession("renaming", [HARBOUR], [NEW])
SPLIT = succession("split", [HARBOUR], [NEW, NEWER, NEWEST])


@pytest.fixture(params=[MERGER, RENAMING, SPLIT], ids=lambda each: each.kind)
def change(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[Succession]:
    """A programme in which this happens on 1 July."""
    settings.PROGRAMME = LFN
    succession: Succession = request.param
    known = packs.bodies(LFN)
    ends = {"valid_until": JULY - timedelta(days=1)}
    old = [
        body.model_copy(update=ends) if body.ags in succession.predecessors else body
        for body in known
    ]
    new = [
        known[0].model_copy(
            update={
                "ags": ags,
                "name": f"Landkreis Neu {ags}",
                "short_name": f"Neu {ags}",
                "abbreviations": (),
                "variants": (),
                "valid_from": JULY,
            }
        )
        for ags in succession.successors
    ]
    there: tuple[Body, ...] = (*old, *new)
    changes = (*packs.successions(LFN), succession)
    monkeypatch.setattr(packs, "bodies", lambda *_: there)
    monkeypatch.setattr(packs, "successions", lambda *_: changes)
    naming.names.cache_clear()
    yield succession
    monkeypatch.undo()
    naming.names.cache_clear()


def standing() -> dict[str, Holding]:
    bodies = programmes.standing(FUND).bodies
    return {ags: held for ags, held in bodies.items() if held != Holding()}


def carry_out(change: Succession) -> None:
    shares = dict.fromkeys(change.successors, "1")
    new = Declaration(LFN, change, [YEAR], shares, "Gesetz (Test)")
    actions.decide(HEAD, actions.declare(OFFICER, new, at=AUGUST), at=AUGUST)


def shared_out(change: Succession) -> None:
    enact(LFN)
    decided(LFN, 27 * MILLION + 1_00)
    agree(LFN, HARBOUR, 1_000_01)


def test_predecessors_share_until_then_and_successors_afterwards(change: Succession) -> None:
    shared_out(change)
    before = standing()
    assert set(change.predecessors) <= set(before)
    assert not set(change.successors) & set(before)
    carry_out(change)
    after = standing()
    assert set(change.successors) <= set(after)
    assert not set(change.predecessors) & set(after)
    assert sum(held.total_cents for held in after.values()) == sum(
        held.total_cents for held in before.values()
    )
    agreed = [after[ags].agreed_cents for ags in change.successors]
    assert sum(agreed) == 1_000_01
    assert max(agreed) - min(agreed) <= 1
    assert queries.off_the_books(LFN) == []
    assert list(books.faults()) == []


def test_a_new_scenario_shares_among_the_successors(change: Succession) -> None:
    shared_out(change)
    carry_out(change)
    allocation.decide(HEAD, put_forward(scenario(LFN, 28 * MILLION)), at=AUGUST)
    after = standing()
    assert set(change.successors) <= set(after)
    assert not set(change.predecessors) & set(after)
    assert sum(held.total_cents for held in after.values()) == 28 * MILLION
    assert queries.off_the_books(LFN) == []


def test_whoever_is_a_body_is_on_every_list_of_the_year(change: Succession) -> None:
    """Whoever gets money can be recorded; whoever can be recorded is on page, list and import."""
    there = {body.ags for body in bodies(LFN)}
    assert {*change.predecessors, *change.successors} <= there
    assert {str(row[0]) for row in tables.first_rows(LFN, YEAR)} == there
    assert {body.ags for body in overview.bodies(OFFICER, LFN, YEAR)} == there
    assert set(queries.sharing(LFN, YEAR, ())) < there
    data = enter_needs(LFN)
    assert set(data.values) == there
    shares = {need.ags for need in allocations.needs(FUND, data, {})}
    assert shares == there - {*change.successors}


def test_an_agreement_is_recorded_for_whoever_is_a_body(change: Succession) -> None:
    """Of those who are gone, of those who share and of those who are to succeed."""
    shared_out(change)
    cast = worlds.put(world.enrol_cast)
    kind = packs.load(LFN, YEAR).measure_types[0].code
    for body in bodies(LFN):
        measures = (Measure(kind, "Werkstatt"),)
        frame: dict[str, Any] = world.frame(LFN, YEAR, body.ags)
        terms = Terms(**frame, amount_cents=100_00, measures=measures)
        entered = agreements.HandEntry(terms, "Brief", True)
        intake = agreements.begin_by_hand(cast.officer, entered, at=AUGUST)
        intake = agreements.accept(cast.officer, intake, at=AUGUST)
        assert agreements.confirm(cast.head, intake, at=AUGUST).agreement
    assert list(books.faults()) == []


def test_nothing_is_given_to_who_passed_on_everything(change: Succession) -> None:
    shared_out(change)
    carry_out(change)
    given = Move(AdjustmentKind.REALLOCATION, FUND, HARBOUR, 100_00, "Mehrbedarf")
    with pytest.raises(Refused) as refused:
        adjustments.declare(OFFICER, given, at=AUGUST)
    assert [one.rule for one in refused.value.refusals] == ["programme.no_such_body"]
    adjustments.declare(OFFICER, changed(given, ags=NEW), at=AUGUST)


def test_what_is_recorded_late_for_who_is_gone_passes_on_by_another_act(
    change: Succession,
) -> None:
    """An agreement of the spring that is recorded in the autumn does not stay with nobody."""
    shared_out(change)
    carry_out(change)
    agree(LFN, HARBOUR, 500_00)
    assert standing()[HARBOUR] == Holding(agreed_cents=500_00, uncovered_cents=-500_00)
    assert [each.years for each in queries.pending(LFN, JULY) if each.succession == change] == [
        (YEAR,)
    ]
    carry_out(change)
    assert HARBOUR not in standing()
    assert queries.off_the_books(LFN) == []


def test_nobody_asks_a_body_after_its_last_day(change: Succession) -> None:
    shared_out(change)
    carry_out(change)
    rows = {row.body.ags: row for row in desk.body_years(OFFICER, LFN, YEAR, date(YEAR, 8, 2))}
    for ags in change.predecessors:
        assert Asked.BODY not in rows[ags].asked
        assert not {Work.ALLOCATE, Work.RECORD} & {task.work for task in rows[ags].tasks}
    for ags in change.successors:
        assert rows[ags].facts.succeeded_cents > 0
        assert rows[ags].progress == Progress.ALLOCATED  # the rest is still to be agreed
    early = {row.body.ags: row for row in desk.body_years(OFFICER, LFN, YEAR, date(YEAR, 2, 1))}
    assert Asked.BODY in early[HARBOUR].asked


def test_nobody_is_asked_to_allocate_what_will_pass(change: Succession) -> None:
    shared_out(change)
    rows = {row.body.ags: row for row in desk.body_years(OFFICER, LFN, YEAR, date(YEAR, 8, 2))}
    for ags in change.successors:
        assert not {Work.ALLOCATE, Work.RECORD} & {task.work for task in rows[ags].tasks}


@pytest.fixture
def officer(change: Succession) -> Client:
    return signed_in(worlds.put(world.enrol_cast).officer)


def test_the_desk_says_what_is_to_be_carried_out(change: Succession, officer: Client) -> None:
    shared_out(change)
    door = f"/arbeit/rechtsnachfolgen/neu/{change.code}"
    assert door in officer.get("/arbeit/").content.decode()
    carry_out(change)
    assert door not in officer.get("/arbeit/").content.decode()


def held(ags: str) -> int:
    """What a body has of the year, of all kinds of money, under its earlier name too."""
    kinds = programmes.kinds_of_body(LFN, ags)[YEAR]
    return sum(holding.total_cents for holding in kinds.values())


def test_a_renamed_body_has_one_series(change: Succession, officer: Client) -> None:
    shared_out(change)
    before = held(HARBOUR)
    carry_out(change)
    is_renamed = change is RENAMING
    assert (held(NEW) == before) == is_renamed
    assert bool(packs.breaks_of(LFN, NEW)) == (not is_renamed)
    assert packs.earlier_keys(LFN, NEW) == ((HARBOUR,) if is_renamed else ())


def test_shares_divide_what_is_held(change: Succession) -> None:
    shared_out(change)
    held = queries.standings(LFN, change.predecessors, [YEAR])
    shares = {ags: Fraction(number) for number, ags in enumerate(change.successors, 1)}
    passed = queries.passing(change, held, shares)
    total = sum(
        standing.of(ags).total_cents for standing in held.values() for ags in change.predecessors
    )
    assert sum(each.cents for each in passed) == total
