"""A decided text is not checked anew: the page shows what was said and answered then."""

from django.conf import settings

from tests.rooms.money import AT, YEAR
from tests.rooms.negotiation.made import Table, answer_all, later, sent, with_strategy
from tests.stage import signed_in
from zielwerk.config import world_plans
from zielwerk.language import sentence
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.models import CheckRecord
from zielwerk.packs import loading as packs

THEN = "als über Fassung 1 entschieden wurde"


def plan_more(one: Table) -> None:
    """The body gives up all that it planned, and plans something dear."""
    rules = packs.load(settings.PROGRAMME, YEAR)
    kind = next(each.code for each in rules.measure_types if each.has_participants)
    plan = world_plans.complete(rules, "U-25 Robotik", kind, 90_000_000_00)
    ags = one.draft.ags
    measures.plan(one.cast.body, NewPlan(settings.PROGRAMME, YEAR, ags, plan), at=later(9))
    for planned in queries.sources_of(settings.PROGRAMME, YEAR, ags).planned:
        measures.drop(one.cast.body, planned, note="Anders", at=later(9))


def said(one: Table) -> list[str]:
    return [sentence(each.said) for each in queries.findings(one.now(), later(9).date())]


def check_page(one: Table) -> str:
    door = f"/arbeit/entwuerfe/{one.draft.pk}/pruefung"
    return signed_in(one.partner).get(door).content.decode()


def test_what_was_found_and_answered_stays_when_the_text_stands(table: Table) -> None:
    with_strategy(table)
    sent(table)
    answer_all(table)
    before = said(table)
    assert THEN not in check_page(table)
    for stage in queries.lifecycle_of(table.draft).steps[1:]:
        if stage.act not in ("accept", "settle"):
            break
        person = table.partner if stage.side == "body" else table.second
        getattr(actions, stage.act)(person, table.now(), at=AT)
    plan_more(table)
    assert said(table) == before
    page = check_page(table)
    assert THEN in page
    for words in before:
        assert words.replace("\xa0", "&nbsp;") in page or words in page
    assert page.count("So gewollt.") == len(queries.all_answers(table.now()))
    actions.reopen(table.drafter, table.now(), note="Neue Planung", at=later(10))
    assert said(table) != before
    assert THEN not in check_page(table)


def test_what_ended_is_kept_as_it_was_and_once_more_when_it_ends_again(hessian: Table) -> None:
    sent(hessian)
    before = said(hessian)
    actions.end(hessian.drafter, hessian.now(), note="Kein Träger", at=AT)
    plan_more(hessian)
    assert said(hessian) == before
    assert THEN in check_page(hessian)
    actions.resume(hessian.drafter, hessian.now(), at=later(9))
    now = said(hessian)
    assert now != before
    actions.end(hessian.drafter, hessian.now(), note="Nun wirklich", at=later(9))
    assert said(hessian) == now
    assert [row.version for row in CheckRecord.objects.all()] == [1, 1]
