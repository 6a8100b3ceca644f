"""The page of a draft asks the database no more often because there is more to show."""

from dataclasses import replace

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.money import AT, YEAR
from tests.rooms.negotiation.made import (
    Table,
    answer_all,
    measure,
    sent,
    with_strategy,
)
from tests.stage import signed_in
from zielwerk.identity.models import User
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan
from zielwerk.measures.models import PlannedMeasure
from zielwerk.negotiation import actions
from zielwerk.negotiation.actions import NewComment

MOST = 17  # of whoever is to decide: four for what the checks look at, one for the conclusion
MOST_BESIDE = 13  # of the other side
CONSENTS = 1  # more where a strategy is in force whose consents count


def asked(one: Table, user: User) -> int:
    """How often a page of the draft asks, once all that is kept in memory is there."""
    client, page = signed_in(user), f"/arbeit/entwuerfe/{one.draft.pk}"
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return sum("core_personallook" not in query["sql"] for query in queries)


def talk(one: Table, times: int) -> None:
    """The answering side plans more, proposes it, and says something, partly for itself."""
    plan = PlannedMeasure.objects.filter(ags=one.draft.ags, year=YEAR).earliest("pk").plan
    for number in range(times):
        more = replace(plan, title=f"Werkstatt {number} von {times}")
        new = NewPlan(settings.PROGRAMME, YEAR, one.draft.ags, more)
        measures.plan(one.cast.body, new, at=AT)
        comment = NewComment(one.now(), measure(one), "Maßnahme", f"Frage {number}")
        actions.comment(one.partner, comment, at=AT)
        actions.comment_internally(one.partner, comment, at=AT)
    actions.propose_plans(one.partner, one.now(), at=AT)


def test_a_draft_page_asks_as_often_for_much_as_for_little(table: Table) -> None:
    sent(table)
    talk(table, 1)
    few = asked(table, table.partner), asked(table, table.drafter)
    assert few[0] <= MOST
    assert few[1] <= MOST_BESIDE
    talk(table, 20)
    answer_all(table)
    assert (asked(table, table.partner), asked(table, table.drafter)) == few
    with_strategy(table)
    assert asked(table, table.partner) <= few[0] + CONSENTS
