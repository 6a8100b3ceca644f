"""Applications in the states that the demo lacks: of bodies that have none there."""

from datetime import datetime, timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tests.journeys import pages
from tests.journeys.pages import take
from tests.stage import signed_in
from zielwerk.config import world_funding
from zielwerk.config.cast import OPERATOR, Cast, walk
from zielwerk.config.world_strategy import cast_of
from zielwerk.core.cases import kind_of
from zielwerk.funding import actions, queries
from zielwerk.funding.models import Application
from zielwerk.identity.actions import Enrolment, enrol
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Stage
from zielwerk.rulebook.application import ApplicationState, keys_of
from zielwerk.rulebook.procedure import address_of

PACE = timedelta(minutes=5)


def make(cast: Cast) -> None:
    """One after each stage between the first and the last, one assessed, withdrawn, given up."""
    year = queries.years(settings.PROGRAMME)[0]
    at = world_funding.beginning(settings.PROGRAMME, year)
    between = packs.load(settings.PROGRAMME, year).procedure("application")[1:-1]
    waiting = [*range(len(between) + 1)]
    keys = free(year)[: len(waiting) + 3]
    for count, ags in zip(waiting, keys, strict=False):
        application, acting = handed_in(cast, year, ags, at)
        for number in range(count):
            application = next_stage(acting, application, at + (number + 4) * PACE)
    # Where there are few bodies, one pursues nothing any more and begins anew.
    assessed, withdrawn, *more = keys[len(waiting) :]
    discarded = more[0] if more else withdrawn
    application, acting = handed_in(cast, year, assessed, at)
    for aspect in world_funding.ASPECTS:
        settling = actions.Settling(application, aspect, "accepted")
        actions.settle(acting.pair("authority", assessed)[0], settling, at=at + 4 * PACE)
    walk(acting, application, at + 5 * PACE, PACE)
    application, acting = handed_in(cast, year, withdrawn, at)
    actions.withdraw(acting.body, application, note="Kein Träger gefunden", at=at + 4 * PACE)
    given_up = coordinator(discarded) if more else acting.body
    application = world_funding.begin(given_up, settings.PROGRAMME, year, at)
    actions.discard(given_up, application, at=at + PACE)


def free(year: int) -> list[str]:
    """The bodies of a year that pursue no application."""
    bodies = packs.bodies_in(settings.PROGRAMME, year)
    return [one.ags for one in bodies if not queries.pursued(settings.PROGRAMME, year, one.ags)]


def coordinator(ags: str) -> User:
    """Somebody who coordinates a body that nobody in the demo does; the same one again."""
    email = f"{ags}@example.org"
    if there := User.objects.filter(email__iexact=email).first():
        return let_in(there, localdate())
    name, house = f"Kim Beispiel {ags}", (ags, ags)
    new = Enrolment(email, name, "", "body_coordinator", *house, is_demo=True)
    return enrol(OPERATOR, new, at=world_funding.moment(2020, 1, 2))


def handed_in(cast: Cast, year: int, ags: str, at: datetime) -> tuple[Application, Cast]:
    """An application of a body, handed in, and the people with its coordinator."""
    writer = coordinator(ags)
    application = world_funding.begin(writer, settings.PROGRAMME, year, at)
    world_funding.whole(writer, application, at + PACE)
    return actions.hand_in(writer, application, at=at + 3 * PACE), cast_of(cast, writer)


def next_stage(cast: Cast, application: Application, at: datetime) -> Application:
    """Take the next stage of an application, by who takes it."""
    kind = kind_of(application)
    stages = {stage.code: stage for stage in queries.rules_of(application).procedure("application")}
    row = next(row for row in kind.open_steps(application) if row.verb in stages)
    given = {"note": "Keine Einwände"} if row.notes else {}
    first, second = cast.pair(row.side, application.ags)
    who = second if row.four_eyes else first
    taken: Application = kind.verb(row.taken_by)(who, application, **given, at=at)
    return taken


def act(cast: Cast) -> None:
    """Every step of an application, taken at the desks of those who take it."""
    year = queries.years(settings.PROGRAMME)[0]
    row = Application.objects.filter(state=ApplicationState.DISCARDED).latest("pk")
    writer = let_in(User.objects.get(email__iexact=f"{row.ags}@example.org"), localdate())
    acting, body = cast_of(cast, writer), signed_in(writer)
    row = world_funding.begin(writer, settings.PROGRAMME, year, timezone.now())
    page = reverse("funding:application", args=[row.pk])
    take(body, page, "verwerfen")
    take(body, page, "wiederherstellen")
    world_funding.whole(writer, row, timezone.now())
    key = first_measure(row)
    for part, typed in (("angaben", "late_reason"), (f"massnahmen/{key}", f"m.{key}.places")):
        pages.press(body, f"{page}/{part}", f"{page}/{part}", **{typed: "Am Ort, wie besprochen"})
    take(body, page, "einreichen")
    take(body, page, "zuruecknehmen")
    take(body, page, "einreichen")
    first, *between, last = packs.load(settings.PROGRAMME, year).procedure("application")
    take(_desk(acting, (between or [last])[0], row.ags), page, "zurueckgeben", note="Bitte prüfen")
    take(body, page, "einreichen")
    for stage in between:
        take(_desk(acting, stage, row.ags), page, address_of(stage.label), note="Keine Einwände")
    for aspect in world_funding.ASPECTS:
        settling = actions.Settling(row, aspect, "accepted")
        row.refresh_from_db()
        actions.settle(acting.pair("authority", row.ags)[0], settling, at=timezone.now())
    examiner = _desk(acting, last, row.ags)
    take(examiner, page, "pruefung-abschliessen")
    take(examiner, page, "wieder-aufnehmen", note="Neue Unterlagen")
    take(body, page, "zurueckziehen", note="Kein Träger gefunden")
    assert first.side == "body"


def first_measure(application: Application) -> str:
    """The key of its first measure."""
    return keys_of(queries.said(application).answers)[0]


def _desk(cast: Cast, stage: Stage, ags: str) -> Client:
    """Whoever takes a stage, signed in."""
    return signed_in(cast.pair(stage.side, ags)[0])
