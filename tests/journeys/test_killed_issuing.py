"""The process is killed in the middle of issuing several notices: each is whole or not at all."""

import json
import signal
from collections.abc import Iterator

import pytest

from tests import programs
from tests.served import World, prepared

PUT_FORWARD = """
from datetime import date, timedelta
from django.conf import settings
from django.utils.timezone import now
from zielwerk.config import world_funding, world_strategy
from zielwerk.config.cast import OPERATOR, Cast
from zielwerk.funding import actions as funding, queries as applications
from zielwerk.granting import actions
from zielwerk.granting.models import GrantNotice
from zielwerk.identity.actions import Enrolment, enrol
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import Tranche

programme, year = settings.PROGRAMME, applications.years(settings.PROGRAMME)[0]
user = lambda key: let_in(User.objects.get(email=key + "@vorfuehrung.example.org"), now().date())
officer, clerk, head = user("officer"), user("authority"), user("authority-head")
others = (user("head"), clerk, user("provider"), user("auditor"))
at, pace, numbers = world_funding.beginning(programme, year), timedelta(minutes=5), []
for body in packs.bodies_in(programme, year):
    if applications.pursued(programme, year, body.ags) or len(numbers) == 3:
        continue
    name = f"Koordination {body.ags}"
    person = Enrolment(f"k{body.ags}@example.org", name, "", "body_coordinator", body.ags, body.ags)
    writer = enrol(OPERATOR, person, at=at)
    steering, authority, provider, auditor = others
    desks = {"rp_kassel": (clerk, head)}
    cast = Cast(officer, steering, authority, writer, provider, auditor, desks)
    plan = world_strategy.Plan(body, writer, date(year + 1, 12, 31))
    world_strategy.lay_down(cast, plan, year, at - timedelta(days=7))
    case = world_funding.begin(writer, programme, year, at)
    world_funding.whole(writer, case, at)
    case = funding.hand_in(writer, case, at=at)
    for aspect in world_funding.ASPECTS:
        funding.settle(clerk, funding.Settling(case, aspect, "accepted"), at=at)
    for stage in applications.rules_of(case).procedure("application")[1:-1]:
        case = funding.note(clerk, case, at=at)
    case = funding.assess(clerk, case, at=at)
    notice = GrantNotice.objects.get(application=case)
    ends = [
        AccountKey.planning(Fund(programme, year), place, body.ags).of(Tranche("land", year))
        for place in (Place.OPENING, Place.ALLOCATED)
    ]
    cents = notice.applied_cents
    money = ledger.Posting(*ends, cents, EntryCode.OPENING, date(year, 1, 2), notice.file_number)
    ledger.record_opening(officer, money, at=at)
    numbers.append(actions.put_forward(clerk, notice, at=at).pk)
print(len(numbers))
"""
ISSUE = """
import os, signal
from django.utils.timezone import now
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import Batch, stepping
from zielwerk.granting.models import GrantNotice
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.rulebook.grant.together import code_of

store, kept = stepping.documents.store, []
def until_killed(*given, **named):
    kept.append(given)
    if len(kept) == {after}:
        os.kill(os.getpid(), signal.SIGKILL)
    return store(*given, **named)
stepping.documents.store = until_killed
head = User.objects.get(email="authority-head@vorfuehrung.example.org")
notices = tuple(GrantNotice.objects.filter(state="put_forward").order_by("pk"))
batch = Batch(notices, code_of(queries.entries_of(notices)))
actions.issue_together(let_in(head, now().date()), batch, at=now())
"""
BECAME = """
import json
from zielwerk.core import audit
from zielwerk.desk.queries import accord
from zielwerk.granting.models import GrantNotice, GrantedAmount
from zielwerk.ledger import queries as books
from django.conf import settings

rows = GrantNotice.objects.filter(state__in=("put_forward", "issued")).order_by("pk")
print(json.dumps({
    "states": [row.state for row in rows],
    "whole": all(
        (row.state == "issued")
        == bool(row.document_id and row.content)
        == GrantedAmount.objects.filter(notice=row).exists()
        for row in rows
    ),
    "faults": len(list(books.faults())) + len(list(accord.granted(settings.PROGRAMME)))
    + len(list(audit.verify())),
}))
"""


@pytest.fixture
def world() -> Iterator[World]:
    with prepared() as made:
        yield made


def test_of_three_that_are_issued_at_once_none_is_issued_by_half(world: World) -> None:
    assert world.shell(PUT_FORWARD) == "3"
    before = json.loads(world.shell(BECAME))
    for after in (2, 3):
        words = ("django", "shell", "--verbosity", "0", "-c", ISSUE.format(after=after))
        assert programs.run(words, world.surroundings).returncode == -signal.SIGKILL
        became = json.loads(world.shell(BECAME))
        assert became == before
        assert became["whole"]
        assert became["faults"] == 0
    world.shell(ISSUE.format(after=0))
    became = json.loads(world.shell(BECAME))
    assert set(became["states"]) == {"issued"}
    assert became["whole"]
    assert became["faults"] == 0
