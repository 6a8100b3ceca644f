"""Planning a measure: interim states, versions, two people at once, ready, given up, last year."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from tests.rooms.conftest import Together
from tests.stage import moved
from zielwerk.config import world_plans
from zielwerk.config.world import Cast
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.identity.actions import Operator
from zielwerk.measures import actions, queries
from zielwerk.measures.actions import Conflicting, NewPlan, Pasted, Revision, TakeOver
from zielwerk.measures.models import PlannedMeasure, PlannedVersion
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.rulebook.planned import Plan
from zielwerk.rulebook.refusal import Refused

YEAR = 2026
AT = datetime(YEAR, 2, 2, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
OFFICER = Operator("user:301", frozenset({"ministry", "ministry_editor"}))


@pytest.fixture
def rules() -> Year:
    return packs.load(settings.PROGRAMME, YEAR)


@pytest.fixture
def whole(rules: Year) -> Plan:
    """A plan of which nothing is missing."""
    kind = next(each.code for each in rules.measure_types if each.has_participants)
    return world_plans.complete(rules, "Team-Camp", kind, 80_000_00)


def planned(cast: Cast, plan: Plan, year: int = YEAR) -> PlannedMeasure:
    new = NewPlan(settings.PROGRAMME, year, cast.body.ags, plan)
    return actions.plan(cast.body, new, at=AT)


def told(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.rule for one in refused.value.refusals]


def test_whatever_is_missing_is_kept_and_ready_only_when_nothing_is(
    cast: Cast, whole: Plan
) -> None:
    measure = planned(cast, Plan(title="Team-Camp"))
    with pytest.raises(Refused) as refused:
        actions.finish(cast.body, measure, at=AT)
    assert "plan.costs" in told(refused)
    measure = actions.revise(cast.body, measure, Revision(1, whole), at=AT)
    assert (measure.cost_cents, measure.programme_cents) == (100_000_00, 80_000_00)
    assert actions.finish(cast.body, measure, at=AT).state == "ready"


def test_every_saved_change_is_a_version_that_nobody_changes(cast: Cast, whole: Plan) -> None:
    measure = planned(cast, whole)
    measure = actions.revise(cast.officer, measure, Revision(1, replace(whole, seats=9)), at=LATER)
    unchanged = actions.revise(cast.body, measure, Revision(2, measure.plan), at=LATER)
    found = [
        (each.number, each.plan.seats, each.changed_at) for each in queries.versions(unchanged)
    ]
    assert found == [(2, 9, LATER), (1, 12, AT)]
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedVersion.objects.filter(number=1).update(number=7)


def test_who_saves_an_older_form_overwrites_nothing(cast: Cast, whole: Plan) -> None:
    measure = planned(cast, whole)
    actions.revise(cast.officer, measure, Revision(1, replace(whole, seats=20)), at=AT)
    mine = Revision(1, replace(whole, title="Camp", gender="Abends."))
    both = actions.revise(cast.body, fresh(measure), mine, at=LATER).plan
    assert (both.seats, both.title, both.gender) == (20, "Camp", "Abends.")


def test_a_field_that_two_changed_is_kept_only_after_a_choice(cast: Cast, whole: Plan) -> None:
    measure = planned(cast, whole)
    actions.revise(cast.officer, measure, Revision(1, replace(whole, seats=20)), at=AT)
    mine = replace(whole, seats=15)
    with pytest.raises(Conflicting) as refused:
        actions.revise(cast.body, fresh(measure), Revision(1, mine), at=LATER)
    (conflict,) = refused.value.conflicts
    assert (conflict.field, conflict.theirs, conflict.mine) == ("seats", 20, 15)
    assert fresh(measure).seats == 20
    chosen = Revision(1, mine, {"seats": "mine"})
    assert actions.revise(cast.body, fresh(measure), chosen, at=LATER).seats == 15


def fresh(measure: PlannedMeasure) -> PlannedMeasure:
    return PlannedMeasure.objects.get(pk=measure.pk)


def test_ready_is_not_changed_but_taken_back_into_work(cast: Cast, whole: Plan) -> None:
    ready = actions.finish(cast.body, planned(cast, whole), at=AT)
    with pytest.raises(Refused) as refused:
        actions.revise(cast.body, ready, Revision(1, replace(whole, seats=1)), at=AT)
    assert told(refused) == ["measures.ready"]
    again = actions.reopen(cast.body, ready, at=AT)
    assert actions.revise(cast.body, again, Revision(1, replace(whole, seats=1)), at=AT).seats == 1


def test_given_up_with_a_reason_and_planned_again(cast: Cast, whole: Plan) -> None:
    measure = planned(cast, whole)
    with pytest.raises(Refused):
        actions.drop(cast.body, measure, at=AT)
    dropped = actions.drop(cast.body, measure, note="Der Bedarf fehlt", at=AT)
    twin = planned(cast, whole)  # what was given up takes no title away
    assert actions.finish(cast.body, twin, at=AT).state == "ready"
    assert actions.restore(cast.body, dropped, at=AT).state == "draft"


def test_a_title_is_planned_once_for_a_body_and_year(cast: Cast, whole: Plan) -> None:
    planned(cast, whole)
    second = planned(cast, replace(whole, title="team-camp "))
    with pytest.raises(Refused) as refused:
        actions.finish(cast.body, second, at=AT)
    assert told(refused) == ["plan.title_twice"]


def test_a_body_plans_its_own_the_ministry_for_any_and_others_see_or_do_not(
    cast: Cast, whole: Plan
) -> None:
    other = next(
        body.ags for body in packs.bodies_in(settings.PROGRAMME, YEAR) if body.ags != cast.body.ags
    )
    new = NewPlan(settings.PROGRAMME, YEAR, other, whole)
    with pytest.raises(OutOfScope):
        actions.plan(cast.body, new, at=AT)
    measure = actions.plan(cast.officer, new, at=AT)
    for person in (cast.auditor, cast.authority, cast.provider):
        with pytest.raises((NotAllowed, OutOfScope)):
            actions.revise(person, measure, Revision(1, Plan()), at=AT)
    seen = queries.planned_measures(cast.auditor, settings.PROGRAMME)
    assert seen.filter(pk=measure.pk).exists()
    assert not queries.planned_measures(cast.body, settings.PROGRAMME).exists()
    assert queries.planned_measures(moved(cast.body, other), settings.PROGRAMME).exists()


def test_nothing_is_planned_for_a_body_that_there_is_not(cast: Cast) -> None:
    new = NewPlan(settings.PROGRAMME, YEAR, "99999", Plan(title="A"))
    with pytest.raises(Refused) as refused:
        actions.plan(cast.officer, new, at=AT)
    assert told(refused) == ["measures.no_such_body"]


def test_a_table_is_written_as_a_whole(cast: Cast, whole: Plan) -> None:
    plans = [replace(whole, title=f"Kurs {number}") for number in range(10)]
    pasted = Pasted(settings.PROGRAMME, YEAR, cast.body.ags, plans)
    made = actions.paste(cast.body, pasted, at=AT)
    assert [measure.title for measure in made] == [plan.title for plan in plans]
    sums = queries.sums_of(settings.PROGRAMME, YEAR, cast.body.ags)
    assert (sums.count, sums.programme_cents) == (10, 800_000_00)
    assert {sum(years.values()) for years in sums.by_source.values()} == {800_000_00, 200_000_00}
    assert sums.allocated_cents is None


# --- last year ----------------------------------------------------------------------------


@pytest.fixture
def last(cast: Cast, whole: Plan) -> PlannedMeasure:
    before = packs.load(settings.PROGRAMME, YEAR - 1)
    kind = next(each.code for each in before.measure_types if each.has_participants)
    plan = world_plans.complete(before, "Team-Camp", kind, 80_000_00)
    return planned(cast, plan, YEAR - 1)


def take_over(cast: Cast) -> list[PlannedMeasure]:
    wish = TakeOver(settings.PROGRAMME, YEAR, cast.body.ags)
    return actions.take_over(cast.body, wish, at=AT)


def test_what_is_taken_over_moves_by_a_year_and_asks_only_for_what_changed(
    cast: Cast, last: PlannedMeasure, rules: Year
) -> None:
    (measure,) = take_over(cast)
    plan = measure.plan
    assert (plan.title, plan.first_day, plan.last_day) == ("Team-Camp", rules.begins, rules.ends)
    assert {line.budget_year for line in plan.costs} == {YEAR}
    assert measure.carried_from == last
    assert [review.field for review in measure.reviews] == ["costs", "targets"]
    assert measure.cost_cents == last.cost_cents


def test_taken_over_twice_is_there_once(cast: Cast, last: PlannedMeasure) -> None:
    assert len(take_over(cast)) == 1
    assert take_over(cast) == []
    assert PlannedMeasure.objects.filter(year=YEAR).count() == 1


def test_what_is_to_be_reviewed_keeps_it_from_being_ready(cast: Cast, last: PlannedMeasure) -> None:
    (measure,) = take_over(cast)
    assert queries.to_review_count(cast.body, settings.PROGRAMME) == 2
    with pytest.raises(Refused) as refused:
        actions.finish(cast.body, measure, at=AT)
    assert told(refused) == ["measures.to_review"]
    cheaper = replace(measure.plan, costs=measure.plan.costs[:1])
    measure = actions.revise(cast.body, measure, Revision(1, cheaper), at=AT)
    assert [review.field for review in measure.reviews] == ["targets"]
    measure = actions.tick(cast.body, measure, "targets", at=AT)
    assert actions.finish(cast.body, measure, at=AT).state == "ready"
    assert queries.to_review_count(cast.body, settings.PROGRAMME) == 0


def test_what_was_agreed_is_taken_over_where_nothing_was_planned(cast: Cast) -> None:
    agreed = actions.enter(
        cast.officer,
        settings.PROGRAMME,
        YEAR - 1,
        cast.body.ags,
        [("qualification", "Werkhof")],
        at=AT,
    )
    (measure,) = take_over(cast)
    assert (measure.title, measure.carried_measure) == ("Werkhof", agreed[0])
    assert take_over(cast) == []


def test_an_earmark_that_is_gone_asks_to_be_reviewed(cast: Cast) -> None:
    """The rules of 2024 know no digital learning any more, those of 2023 did."""
    before = packs.load(settings.PROGRAMME, 2023)
    plan = world_plans.complete(before, "Robotik", "qualification", 100_00)
    planned(cast, replace(plan, earmark="digital_learning", targets=()), 2023)
    wish = TakeOver(settings.PROGRAMME, 2024, cast.body.ags)
    (measure,) = actions.take_over(cast.body, wish, at=AT)
    assert [review.field for review in measure.reviews] == ["earmark", "costs"]


@pytest.mark.django_db(transaction=True)
def test_two_who_take_over_at_once_take_over_once(together: Together) -> None:
    """Of two at one moment the database lets one through; the other is told."""
    ags = packs.bodies_in(settings.PROGRAMME, YEAR)[0].ags
    wish = TakeOver(settings.PROGRAMME, YEAR, ags)

    def prepared() -> PlannedMeasure:
        before = packs.load(settings.PROGRAMME, YEAR - 1)
        plan = world_plans.complete(before, "Team-Camp", "qualification", 100_00)
        new = NewPlan(settings.PROGRAMME, YEAR - 1, ags, plan)
        return actions.plan(OFFICER, new, at=AT)

    def once() -> int:
        try:
            return len(actions.take_over(OFFICER, wish, at=AT))
        except Refused:
            return 0

    together([prepared])
    assert sum(together([once, once, once])) == 1
    assert together([lambda: PlannedMeasure.objects.filter(year=YEAR).count()]) == [1]
