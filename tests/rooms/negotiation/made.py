"""A draft and both its sides, made by the verbs that people use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from tests.rooms.money import AT, YEAR, enact, scenario
from tests.rooms.strategy import made
from zielwerk.config import world, world_plans
from zielwerk.config.cast import BEGAN, OPERATOR, Cast, walk
from zielwerk.drafting.changes import Change, ChangeKind, measure_node
from zielwerk.drafting.model import Document
from zielwerk.identity import actions as identity
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewPlan
from zielwerk.negotiation import actions, queries
from zielwerk.negotiation.actions import Edit, NewAnswer, NewDraft, NewProposal
from zielwerk.negotiation.models import DraftDocument, Proposal
from zielwerk.packs import loading as packs
from zielwerk.rulebook.checking import Severity

TITLES = ("Team-Camp", "Sprachbrücke im Betrieb")


@dataclass(frozen=True)
class Table:
    """The people of both sides, and the draft between them."""

    cast: Cast
    draft: DraftDocument
    drafter: User
    second: User
    partner: User

    def now(self) -> DraftDocument:
        return DraftDocument.objects.get(pk=self.draft.pk)

    @property
    def text(self) -> Document:
        return queries.newest(self.now())


def table() -> Table:
    """Money is decided, two measures are planned, the draft is made and not sent."""
    cast = world.enrol_cast()
    programme, ags = settings.PROGRAMME, cast.body.ags
    enact(programme)
    walk(cast, scenario(programme), AT, timedelta(minutes=1))
    rules = packs.load(programme, YEAR)
    kind = next(each.code for each in rules.measure_types if each.has_participants)
    for title in TITLES:
        plan = world_plans.complete(rules, title, kind, 10_000_00)
        measures.plan(cast.body, NewPlan(programme, YEAR, ags, plan), at=AT)
    side = queries.sides(programme, YEAR).drafting
    drafter, second = cast.pair(side, ags)
    draft = actions.draft(drafter, NewDraft(programme, YEAR, ags), at=AT)
    return Table(cast, draft, drafter, second, cast.body)


def with_strategy(one: Table, at: datetime = AT, year: int = YEAR) -> None:
    """A regional strategy of the body is in force in the year, where the programme has them."""
    if packs.programme(settings.PROGRAMME).strategy is None:
        return
    rules = packs.load(settings.PROGRAMME, year)
    days = {"valid_from": rules.begins, "valid_until": rules.ends}
    made.in_force(one.cast, at, title=f"Strategie {year}", **days)


def sent(one: Table, at: datetime = AT) -> DraftDocument:
    return actions.send(one.drafter, one.now(), at=at)


def answer_all(one: Table, at: datetime = AT) -> None:
    """Answer every question of the check."""
    for finding in queries.findings(one.now(), at.date()):
        if finding.severity is Severity.QUESTION:
            actions.answer_check(
                one.partner, NewAnswer(one.now(), finding.key, "So gewollt."), at=at
            )


def measure(one: Table, number: int = 0) -> str:
    """The node of a measure of the text."""
    return measure_node(one.text.content.measures[number])


def renamed(one: Table, title: str, number: int = 0) -> Edit:
    """A measure with another title."""
    from dataclasses import replace

    old = one.text.content.measures[number]
    change = Change(ChangeKind.MEASURE, measure_node(old), measure=replace(old, title=title))
    return Edit(one.now().version, f"Maßnahme {number + 1}", change)


def propose(who: User, one: Table, edit: Edit, at: datetime = AT) -> Proposal:
    return actions.propose(who, NewProposal(one.now(), edit, "Besser so"), at=at)


def later(days: int) -> datetime:
    return AT + timedelta(days=days)


def another_coordinator(one: Table) -> User:
    """Whoever coordinates another body than the one of the draft."""
    there = packs.bodies_in(settings.PROGRAMME, YEAR)
    body = next(each for each in there if each.ags != one.draft.ags)
    person = identity.Enrolment(
        "other@vorfuehrung.example.org",
        "Jana Feld",
        "Koordination",
        "body_coordinator",
        body.name,
        body.ags,
        is_demo=True,
    )
    return let_in(identity.enrol(OPERATOR, person, at=BEGAN), AT.date())
