"""Strategies of the demo's bodies: one complete, one without a consent, one that runs out.

All other bodies have none. Made by the verbs that people use, partly answered by a link.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings

from zielwerk.config.cast import BEGAN, INVENTED, OPERATOR, Cast, walk
from zielwerk.config.world_money import moment, years
from zielwerk.identity import actions as identity
from zielwerk.identity.models import House, User
from zielwerk.identity.queries import let_in
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.rulebook.consent import Party
from zielwerk.strategy import actions, queries
from zielwerk.strategy.actions import Asked, Attached, NewConsent, NewVersion, Point
from zielwerk.strategy.models import Strategy

PACE = timedelta(minutes=5)
JANA = ("coordinator@vorfuehrung.example.org", "Jana Feld")
POINTS = (
    Point("Ausbildung für alle Jugendlichen", "Niemand verlässt die Schule ohne Anschluss."),
    Point("Abschlüsse nachholen", "Erwachsene ohne Abschluss qualifizieren sich im Betrieb."),
    Point("Sprache am Arbeitsplatz", "Kurse dort, wo gearbeitet wird."),
)
PAPER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


@dataclass(frozen=True)
class Plan:
    """A strategy of the demo: of which body, until when, and how many consents it lacks."""

    body: Body
    coordinator: User
    last: date
    lacking: int = 0


def make(cast: Cast) -> None:
    """The strategies of three bodies, as of the newest year of the demo."""
    if not queries.asks_for(settings.PROGRAMME):
        return
    year = max(years(settings.PROGRAMME))
    at = moment(year, 1, 28)
    plans = _plans(cast, year)
    if queries.is_precondition(settings.PROGRAMME, "agreement"):
        before = year - 1  # what is concluded of that year rested on one, too
        for plan in plans:
            of_before = replace(plan, last=date(before, 12, 31), lacking=0)
            lay_down(cast, of_before, before, moment(before, 1, 12))
    for plan in plans:
        lay_down(cast, plan, year, at)
        at += timedelta(days=1)


def keep(cast: Cast, coordinator: User, year: int, at: datetime) -> None:
    """A strategy of a body that has none, where no agreement is made without one."""
    programme, day = settings.PROGRAMME, date(year, 12, 31)
    there = queries.strategy_in_force(programme, coordinator.ags, day)
    if queries.is_precondition(programme, "agreement") and there is None:
        known = {body.ags: body for body in packs.bodies_in(programme, year)}
        body = known[coordinator.ags]
        lay_down(cast, Plan(body, coordinator, day), year, at)


def _plans(cast: Cast, year: int) -> list[Plan]:
    there = {body.ags: body for body in packs.bodies_in(settings.PROGRAMME, year)}
    home = there.pop(cast.body.ags)
    second, *_, third = there.values()
    of_second, of_third = coordinators(JANA, second, third, year)
    end = date(year, 12, 31)
    later = date(year + 1, 12, 31)
    return [
        Plan(home, cast.body, later, lacking=1),
        Plan(second, of_second, later),
        Plan(third, of_third, end),
    ]


def coordinators(who: tuple[str, str], second: Body, third: Body, year: int) -> tuple[User, User]:
    """One person who coordinates two bodies, as she acts for each of them."""
    role, function = "body_coordinator", f"Koordination {second.short_name}, {third.short_name}"
    enrolment = identity.Enrolment(
        *who,
        function,
        role,
        second.name,
        second.ags,
        is_demo=True,
    )
    person = identity.enrol(OPERATOR, enrolment, at=BEGAN)
    house = House("body", ags=third.ags)
    identity.grant(OPERATOR, identity.NewPost(person, role, third.name, house), at=BEGAN)
    first_post, other_post = person.posts.order_by("pk").values_list("pk", flat=True)
    day = date(year, 1, 12)
    as_first = let_in(User.objects.get(pk=person.pk), day, first_post)
    return as_first, let_in(User.objects.get(pk=person.pk), day, other_post)


def lay_down(cast: Cast, plan: Plan, year: int, at: datetime) -> Strategy:
    """The strategy of a plan, as far on its way as the consents that it lacks let it come."""
    charter = packs.programme(settings.PROGRAMME).strategy
    assert charter
    name = f"strategie-{plan.body.ags}-{year}.pdf"
    new = NewVersion(
        settings.PROGRAMME,
        plan.body.ags,
        f"{charter.short} {year} bis {plan.last.year}",
        date(year, 1, 1),
        plan.last,
        POINTS,
        Attached(name, PAPER + plan.body.ags.encode(), "application/pdf"),
        INVENTED,
        is_invented=True,
    )
    strategy = actions.draft(plan.coordinator, new, at=at)
    wanted = list(queries.wanted(strategy))
    for place, party in enumerate(wanted[: len(wanted) - plan.lacking]):
        _consent(plan.coordinator, strategy, party, at + PACE, by_link=place == 0)
    stages = packs.load(settings.PROGRAMME, year).procedure("strategy")
    waits = plan.lacking and any("strategy_consented" in stage.guards for stage in stages)
    acting = cast_of(cast, plan.coordinator)
    strategy, _ = walk(acting, strategy, at + 2 * PACE, PACE, to_the_end=not waits)
    return strategy


def cast_of(cast: Cast, coordinator: User) -> Cast:
    """The same people, with whoever coordinates the body."""
    return Cast(**{**vars(cast), "body": coordinator})


def _consent(
    coordinator: User, strategy: Strategy, party: Party, at: datetime, *, by_link: bool
) -> None:
    """An actor consents: by a link, or outside and the body enters it."""
    label = str(queries.label_of(strategy, party))
    name, office = "Kim Beispiel (erfunden)", f"Leitung, {label}"
    if by_link:
        office = f"Geschäftsstelle {label} (erfunden)"
        request = actions.NewRequest(strategy, party, office, name)
        sent = actions.ask(coordinator, request, at=at)
        said = actions.Answer(sent.request, True, name, office)
        actions.answer(Asked(sent.request), said, at=at + timedelta(hours=3))
        return
    said_outside = NewConsent(strategy, party, at.date(), name, office)
    actions.record_consent(coordinator, said_outside, at=at)
