"""Applications and their notices: of the own body, a neighbour, and another district."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate

from tests.journeys import granted
from zielwerk.config import world_funding
from zielwerk.config.cast import Cast, walk
from zielwerk.config.world_strategy import PAPER, cast_of
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import NewAnswer, NewPaper, NewQuestion, Settling
from zielwerk.funding.models import Application
from zielwerk.granting import actions as granting
from zielwerk.granting import queries as grants
from zielwerk.granting.actions import NewAct
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.queries import ActDraft
from zielwerk.identity.models import User
from zielwerk.rulebook.application import ApplicationState

QUESTION = ("m/1/concept", "form")
PACE = timedelta(minutes=5)


def make(cast: Cast, coordinators: dict[str, User]) -> None:
    """One of each of these bodies, with a paper and a question; its notice issued and released."""
    for ags, coordinator in coordinators.items():
        application = _handed_in(cast, coordinator, ags)
        clerk, _ = cast.pair("authority", ags)
        if not queries.questions(application):
            day = localdate() + timedelta(days=9)
            new = NewQuestion(application, QUESTION, "Wie kommt das?", day)
            actions.ask(clerk, new, at=timezone.now())
        _decided(cast_of(cast, coordinator), application)


def _decided(cast: Cast, application: Application) -> None:
    """The notice about an application, issued, and a part of it given back early."""
    if application.state != ApplicationState.ASSESSED:
        for question in queries.open_questions(application):
            actions.answer(cast.body, NewAnswer(question, "So."), at=timezone.now())
        clerk, _ = cast.pair("authority", application.ags)
        for aspect in world_funding.ASPECTS:
            actions.settle(clerk, Settling(application, aspect, "accepted"), at=timezone.now())
        application.refresh_from_db()
        walk(cast, application, timezone.now(), PACE)
    notice = grants.decided_with(application)
    assert notice
    if not notice.is_issued:
        granted.money(cast, notice)
        notice, _ = walk(cast, notice, timezone.now(), PACE)
    act = GrantAct.objects.filter(notice=notice).first() or granting.release(
        cast.body, NewAct(notice, "", _less(notice)), at=timezone.now()
    )
    walk(cast, act, timezone.now(), PACE)


def _less(notice: GrantNotice) -> ActDraft:
    place = next(iter(grants.stands(notice, localdate()).amounts))
    return ActDraft({place: -1_00}, reason="Weniger Plätze.")


def _handed_in(cast: Cast, coordinator: User, ags: str) -> Application:
    """The application of a body, handed in; begun where there is none."""
    year = queries.years(settings.PROGRAMME)[0]
    now = world_funding.beginning(settings.PROGRAMME, year)
    found = queries.pursued(settings.PROGRAMME, year, ags)
    if found is None:
        found = world_funding.begin(coordinator, settings.PROGRAMME, year, now)
    if found.state != ApplicationState.DRAFT:
        return found
    world_funding.whole(coordinator, found, now)
    kinds = queries.rules_of(found).application_attachments
    paper = NewPaper(found, kinds[0].code, "anlage.pdf", PAPER + ags.encode())
    actions.attach(coordinator, paper, at=now)
    return actions.hand_in(coordinator, found, at=now)
