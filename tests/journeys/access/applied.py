"""Applications that are being examined: of the own body, a neighbour, and another district."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate

from zielwerk.config import world_funding
from zielwerk.config.cast import Cast
from zielwerk.config.world_strategy import PAPER, cast_of
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import NewPaper, NewQuestion
from zielwerk.funding.models import Application
from zielwerk.identity.models import User
from zielwerk.rulebook.application import ApplicationState

QUESTION = ("m/1/concept", "form")


def make(cast: Cast, coordinators: dict[str, User]) -> None:
    """One of each of these bodies, with a paper and an open question."""
    for ags, coordinator in coordinators.items():
        application = _handed_in(cast, coordinator, ags)
        clerk, _ = cast.pair("authority", ags)
        if not queries.questions(application):
            day = localdate() + timedelta(days=9)
            new = NewQuestion(application, QUESTION, "Wie kommt das?", day)
            actions.ask(clerk, new, at=timezone.now())


def _handed_in(cast: Cast, coordinator: User, ags: str) -> Application:
    """The application of a body, handed in; begun where there is none."""
    year = queries.years(settings.PROGRAMME)[0]
    now = world_funding.beginning(settings.PROGRAMME, year)
    found = queries.pursued(settings.PROGRAMME, year, ags)
    if found is None:
        found = world_funding.begin(coordinator, settings.PROGRAMME, year, now)
    if found.state != ApplicationState.DRAFT:
        return _being_examined(cast, coordinator, found)
    world_funding.whole(coordinator, found, now)
    kinds = queries.rules_of(found).application_attachments
    paper = NewPaper(found, kinds[0].code, "anlage.pdf", PAPER + ags.encode())
    actions.attach(coordinator, paper, at=now)
    return actions.hand_in(coordinator, found, at=now)


def _being_examined(cast: Cast, coordinator: User, found: Application) -> Application:
    """An assessed one is taken up again, so that it can be asked about."""
    if found.state != ApplicationState.ASSESSED:
        return found
    stages = queries.rules_of(found).procedure("application")
    first, _ = cast_of(cast, coordinator).pair(stages[-1].side, found.ags)
    return actions.reopen(first, found, note="Neue Unterlagen", at=timezone.now())
